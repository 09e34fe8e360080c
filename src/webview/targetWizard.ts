import type { TargetConnection } from '../connections/targetConnection.ts';
import { markdownReport } from '../verification/report/markdownReport.ts';
import { reportOf } from '../verification/report/reportModel.ts';
import { findServer } from '../verification/target/findServer.ts';
import { TargetController } from './targetController.ts';
import type { TargetControllerOptions } from './targetController.ts';
import { parseTargetMessage } from './targetMessages.ts';
import type { TargetState } from './targetProtocol.ts';
import type { TargetWizardsOptions } from './targetWizards.ts';
import type { OpenWizard, WizardBeginning } from './wizardManager.ts';
import { WizardPanel } from './wizardPanel.ts';

/** Opens the wizard of a target connection in its tab. */
export function openTargetWizard(
  options: TargetWizardsOptions & Pick<TargetControllerOptions, 'l10nBundle'>,
): (beginning: WizardBeginning<TargetState, TargetConnection>) => OpenWizard {
  const { extensionUri, store, verifier, userAgent, usedBy, versions, onFailure, showSaved, l10nBundle } = options;
  return ({ panel, existing, onClosed, ...beginning }) =>
    new WizardPanel({
      ...{ panel, extensionUri, onFailure, showSaved, onClosed },
      page: 'targetWizard',
      icon: 'server-environment',
      parse: parseTargetMessage,
      makeController: (ui) =>
        new TargetController({
          ...beginning,
          ...{ store, verifier, ui, usedBy, l10nBundle },
          find: (search) => findServer(search, userAgent),
          report: (settings, record) => markdownReport(reportOf({ settings, record, versions })),
          ...(existing && { existing }),
        }),
    });
}
