import type * as vscode from 'vscode';
import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { DefinitionFiles } from '../connections/definitionFiles.ts';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import type { Identity } from '../identity/identity.ts';
import type { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import type { HistoryFiles } from '../verification/historyFiles.ts';
import type { LaterChecks } from '../verification/laterChecks.ts';
import type { VerificationFiles } from '../verification/verificationFiles.ts';
import type { Room } from '../views/room.ts';
import type { ConnectionsView } from '../views/connectionsView.ts';
import type { DetailsManager } from '../webview/detailsManager.ts';
import type { JobRoom } from './jobs/jobRoom.ts';
import type { SignInWay } from '../webview/protocol.ts';
import type { SourceWizards } from '../webview/sourceWizards.ts';

/** What commands work with. Each takes the few it needs. */
export interface Services {
  /** Of all kinds of connections, for commands that treat them alike. The rest is of the source. */
  readonly rooms: { readonly source: Room; readonly target: Room };
  readonly jobs: JobRoom;
  readonly store: ConnectionStore;
  readonly files: DefinitionFiles<SourceConnection>;
  readonly records: VerificationFiles;
  readonly histories: HistoryFiles;
  readonly verifier: ConnectionVerifier;
  readonly view: ConnectionsView;
  readonly wizards: SourceWizards;
  readonly details: DetailsManager;
  readonly loadIdentity: () => Promise<Identity>;
  readonly laterChecks: LaterChecks;
  /** How an account signs in here unless the user wants otherwise. */
  readonly signInWay: SignInWay;
  readonly log: vscode.LogOutputChannel;
  /** Versions of the extension and of VS Code, for reports. */
  readonly versions: string;
  readonly extensionUri: vscode.Uri;
  /** Of this extension, as VS Code knows it. */
  readonly extensionId: string;
}
