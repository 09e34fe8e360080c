import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ConnectionSecret } from '../connections/secret.ts';
import type { ConnectionStore } from '../connections/connectionStore.ts';
import { settingsOf } from '../connections/sourceConnection.ts';
import type { ConnectionSettings, SourceConnection } from '../connections/sourceConnection.ts';
import type { Identity } from '../identity/identity.ts';
import type { KeyWorkshop } from '../identity/certificate/keyWorkshop.ts';
import type { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import type { Later } from '../verification/later.ts';
import { emptyForm, formOf } from './credentialsForm.ts';
import { parsePageState } from './pageMessages.ts';
import type { UsedBy } from './placeChange.ts';
import type { PageState, SignInWay } from './protocol.ts';
import { pageTexts } from './webviewPage.ts';
import { WizardManager } from './wizardManager.ts';
import type { WizardEnd } from './wizardPanel.ts';

export interface SourceWizardsOptions {
  readonly extensionUri: vscode.Uri;
  readonly store: ConnectionStore;
  readonly verifier: ConnectionVerifier;
  readonly keys: KeyWorkshop;
  readonly loadIdentity: () => Promise<Identity>;
  readonly signInWay: SignInWay;
  readonly usedBy: UsedBy;
  readonly versions: string;
  readonly memory: vscode.Memento;
  readonly onFailure: (error: unknown) => void;
  readonly later: Later;
  /** Has an administrator grant the app of these settings its permission. @returns whether it was granted */
  readonly grantPermission: (settings: ConnectionSettings, secret: ConnectionSecret) => Promise<boolean>;
  /** Takes the user to what a wizard has saved. */
  readonly showSaved: (connection: SourceConnection) => Promise<void>;
  /** @param againAt when it is to be verified again, in milliseconds since 1970 */
  readonly onAgain: (connection: SourceConnection, againAt: number) => void;
}

export type SourceWizards = WizardManager<PageState, SourceConnection>;

/** The wizards of source connections. */
export function sourceWizards(options: SourceWizardsOptions): SourceWizards {
  const { extensionUri, store, memory, onFailure, onAgain } = options;
  return new WizardManager({
    ...{ extensionUri, store, memory, onFailure },
    kind: {
      viewType: 'exchangeMigration.sourceConnectionWizard',
      heading: (existing) =>
        existing ? vscode.l10n.t('Settings of {0}', existing.name) : vscode.l10n.t('New Office 365 connection'),
      fresh: (draftId, from, name) => {
        const form = from ? formOf(settingsOf(from)) : emptyForm;
        return {
          ...{ draftId, attemptId: randomUUID(), step: 'credentials', advancedOpen: false },
          form: { ...form, ...(name !== undefined && { name }) },
        };
      },
      parseState: parsePageState,
      load: () => loadWizard(options),
    },
    onEnded: (end, again) => {
      if (end.saved) {
        if (end.againAt !== undefined) onAgain(end.saved, end.againAt);
      } else if (end.hasRegistered) {
        remindOfApp(end, again).catch(onFailure);
      }
    },
  });
}

const loadWizard = async (options: SourceWizardsOptions) => {
  const [{ openSourceWizard }, identity] = await Promise.all([import('./sourceWizard.ts'), options.loadIdentity()]);
  return openSourceWizard({ ...options, ...identity, l10nBundle: pageTexts() });
};

/** Nobody else knows of an app that was registered for a connection that was not saved. */
async function remindOfApp(
  { draft }: WizardEnd<PageState, SourceConnection>,
  again: () => Promise<void>,
): Promise<void> {
  const open = vscode.l10n.t('Open Again');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'What was registered in {0} stands there still. Open the wizard again to use it or to remove it.',
      draft.form.tenant,
    ),
    open,
  );
  if (chosen === open) await again();
}
