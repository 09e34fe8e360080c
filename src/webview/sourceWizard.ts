import type { SourceConnection } from '../connections/sourceConnection.ts';
import type { Identity } from '../identity/identity.ts';
import { parsePageMessage } from './pageMessages.ts';
import type { PageState } from './protocol.ts';
import type { SourceWizardsOptions } from './sourceWizards.ts';
import { WizardController } from './wizardController.ts';
import type { OpenWizard, WizardBeginning } from './wizardManager.ts';
import { WizardPanel } from './wizardPanel.ts';
import type { WizardOptions } from './wizardOptions.ts';

/** Opens the wizard of a source connection in its tab. */
export function openSourceWizard(
  options: SourceWizardsOptions & Identity & Pick<WizardOptions, 'l10nBundle'>,
): (beginning: WizardBeginning<PageState, SourceConnection>) => OpenWizard {
  const { extensionUri, onFailure, showSaved } = options;
  return ({ panel, state, existing, heading, restored, additionalCa, keepAdditionalCa, onClosed }) =>
    new WizardPanel({
      ...{ panel, extensionUri, onFailure, showSaved, onClosed },
      page: 'wizard',
      icon: 'mail',
      parse: parsePageMessage,
      makeController: (ui) =>
        new WizardController({
          ...options,
          ...{ ui, state, heading, restored, additionalCa, keepAdditionalCa },
          grantPermission: async (settings, secret) => {
            try {
              return await options.grantPermission(settings, secret);
            } catch (error) {
              onFailure(error);
              return false;
            }
          },
          ...(existing && { existing }),
        }),
    });
}
