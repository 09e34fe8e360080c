import type * as vscode from 'vscode';
import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { DefinitionFiles } from '../connections/definitionFiles.ts';
import type { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import type { VerificationFiles } from '../verification/verificationFiles.ts';
import type { SourceConnectionsView } from '../views/sourceConnectionsView.ts';
import type { WizardManager } from '../webview/wizardManager.ts';

/** What commands work with. Each takes the few it needs. */
export interface Services {
  readonly store: ConnectionStore;
  readonly files: DefinitionFiles;
  readonly records: VerificationFiles;
  readonly verifier: ConnectionVerifier;
  readonly view: SourceConnectionsView;
  readonly wizards: WizardManager;
  readonly log: vscode.LogOutputChannel;
  /** Versions of the extension and of VS Code, for reports. */
  readonly versions: string;
}
