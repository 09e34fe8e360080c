import * as vscode from 'vscode';
import type { ConnectionStore } from '../connections/connectionStore.ts';
import { targetSettingsOf } from '../connections/targetConnection.ts';
import type { TargetConnection, TargetSettings } from '../connections/targetConnection.ts';
import type { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import type { UsedBy } from './placeChange.ts';
import { emptyTargetForm, targetFormOf } from './targetForm.ts';
import { parseTargetState } from './targetMessages.ts';
import type { TargetState } from './targetProtocol.ts';
import { pageTexts } from './webviewPage.ts';
import { WizardManager } from './wizardManager.ts';

export interface TargetWizardsOptions {
  readonly extensionUri: vscode.Uri;
  readonly store: ConnectionStore<TargetSettings, TargetConnection>;
  readonly verifier: ConnectionVerifier<TargetSettings, TargetConnection>;
  readonly userAgent: string;
  readonly usedBy: UsedBy;
  readonly versions: string;
  readonly memory: vscode.Memento;
  readonly onFailure: (error: unknown) => void;
  /** Takes the user to what a wizard has saved. */
  readonly showSaved: (connection: TargetConnection) => Promise<void>;
}

/** The wizards of target connections. */
export function targetWizards(options: TargetWizardsOptions): WizardManager<TargetState, TargetConnection> {
  const { extensionUri, store, memory, onFailure } = options;
  return new WizardManager({
    ...{ extensionUri, store, memory, onFailure },
    kind: {
      viewType: 'exchangeMigration.targetConnectionWizard',
      heading: (existing) =>
        existing ? vscode.l10n.t('Settings of {0}', existing.name) : vscode.l10n.t('New Exchange server connection'),
      fresh: (draftId, from, name) => {
        const form = from ? targetFormOf(targetSettingsOf(from)) : emptyTargetForm;
        return { draftId, step: 'server', form: { ...form, ...(name !== undefined && { name }) } };
      },
      parseState: parseTargetState,
      load: async () => {
        const { openTargetWizard } = await import('./targetWizard.ts');
        return openTargetWizard({ ...options, l10nBundle: pageTexts() });
      },
    },
    onEnded: () => undefined,
  });
}
