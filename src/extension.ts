import * as path from 'node:path';
import * as coreL10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { jobRoom, jobsUsing, jobStore } from './commands/jobs/jobRoom.ts';
import { sourceRoom, targetRoom } from './commands/rooms.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { reportFailure } from './commands/reportFailure.ts';
import { tellCheckedAgain } from './commands/tellCheckedAgain.ts';
import { tellOverwritten } from './commands/tellOverwritten.ts';
import type { Services } from './commands/services.ts';
import { watchConnections } from './commands/watchConnections.ts';
import { ConnectionStore } from './connections/connectionStore.ts';
import { DefinitionFiles } from './connections/definitionFiles.ts';
import { sourceKind } from './connections/sourceConnection.ts';
import { vscodeSecretVault } from './connections/vscodeSecretVault.ts';
import { EwsLibrary } from './ews/library/ewsLibrary.ts';
import { openInBrowser } from './identity/account/vscodeBrowser.ts';
import { keyWorkshop } from './identity/certificate/keyWorkshop.ts';
import type { MsalBundle, SignInWithMsal } from './identity/signIn.ts';
import { ConnectionVerifier } from './verification/connectionVerifier.ts';
import { later } from './verification/later.ts';
import { LaterChecks } from './verification/laterChecks.ts';
import { HistoryFiles } from './verification/historyFiles.ts';
import { sourceChecks } from './verification/sourceChecks.ts';
import { VerificationFiles } from './verification/verificationFiles.ts';
import { ReportDocuments } from './views/reportDocuments.ts';
import { sourceConnectionsView } from './views/sourceConnections.ts';
import { DetailsManager } from './webview/detailsManager.ts';
import { signInWay } from './webview/signInWay.ts';
import { sourceWizards } from './webview/sourceWizards.ts';

/** Builds every service once and registers every contribution. Reads no secret, no file and no network. */
export function activate(context: vscode.ExtensionContext): void {
  // The rooms that do not know VS Code take their texts from the same bundle.
  if (vscode.l10n.bundle) coreL10n.config({ contents: vscode.l10n.bundle });
  const version = String((context.extension.packageJSON as { version: unknown }).version); // VS Code types it as any.
  const versions = `Exchange Migration ${version}, VS Code ${vscode.version}`;
  const log = vscode.window.createOutputChannel('Exchange Migration', { log: true });
  const fail = (error: unknown): void => void reportFailure(log, error);
  const storage = context.globalStorageUri.fsPath;
  const bundled = (name: string): string => path.join(context.extensionPath, 'dist', name);

  const vault = vscodeSecretVault(context.secrets);
  const files = new DefinitionFiles(path.join(storage, 'connections'), sourceKind);
  const store = new ConnectionStore(files, sourceKind, vault);
  const records = new VerificationFiles(path.join(storage, 'verifications'));
  const histories = new HistoryFiles(records.folder);
  const library = new EwsLibrary(bundled('ewsWorker.js'));
  const userAgent = `ExchangeMigration/${version}`;
  const loadMsal = async (): Promise<MsalBundle> => import('./identity/signIn.ts');
  const deadlineMs = (): number => setting('verification.checkTimeout', 15) * 1000;
  const loadSignIn = async (): Promise<SignInWithMsal> => (await loadMsal()).signInWithMsal;
  const checks = sourceChecks({ library, loadSignIn, userAgent, deadlineMs });
  const verifier = new ConnectionVerifier({ store, records, histories, checks });
  const keys = keyWorkshop(bundled('certificateWorker.js'));
  const loadIdentity = once(async () => {
    const { makeIdentity } = await import('./identity/identity.ts');
    const clientId = (): string => setting('registration.clientId', ''); // package.json has the default.
    return makeIdentity({ loadMsal, keys, userAgent, openBrowser: openInBrowser, clientId });
  });
  const view = sourceConnectionsView({ store, records, verifier });
  const laterChecks = new LaterChecks({
    later,
    verify: (id) => verifier.verify(id),
    tell: (id, record) => void tellCheckedAgain(services, id, record).catch(fail),
    onFailure: fail,
  });
  const common = { extensionUri: context.extensionUri, memory: context.workspaceState, versions, onFailure: fail };
  const jobs = jobStore(storage);
  const usedBy = (connectionId: string): Promise<readonly string[]> => jobsUsing(jobs, connectionId);
  const wizards = sourceWizards({
    ...{ ...common, usedBy, store, verifier, keys, loadIdentity, signInWay: signInWay(), later },
    grantPermission: async (settings, secret) =>
      (await import('./commands/grantPermission.ts')).grantPermissionTo(services, settings, secret),
    showSaved: ({ id }) => view.reveal(id),
    onAgain: ({ id }, againAt) => laterChecks.schedule(id, againAt - Date.now()),
  });
  const target = targetRoom({ ...common, usedBy, storage, vault, records, histories, library, userAgent, deadlineMs });
  const rooms = { source: sourceRoom({ store, verifier, view, wizards }), target: target.room };
  const connections = { source: store, target: target.store };
  const job = jobRoom({ ...common, jobs, storage, rooms, connections, records, loadSignIn, userAgent });
  const all = { rooms: Object.values(rooms), records };
  const details = new DetailsManager({ ...common, ...all, histories });
  const services: Services = {
    ...{ store, files, records, histories, verifier, view, wizards, details, loadIdentity, laterChecks, log, versions },
    ...{
      rooms,
      jobs: job.room,
      signInWay: signInWay(),
      extensionUri: context.extensionUri,
      extensionId: context.extension.id,
    },
  };

  context.subscriptions.push(
    log,
    ...[store, records, view, wizards, details, laterChecks, ...target.parts, ...job.parts],
    new ReportDocuments({ ...all, versions }),
    { dispose: () => verifier.cancelAll() },
    { dispose: () => library.dispose() },
    // Another window stored or removed a secret: a row's status may change.
    context.secrets.onDidChange(() => Object.values(rooms).forEach((room) => room.store.refresh())),
    store.onDidOverwrite((connection) => tellOverwritten(connection)),
    watchConnections(services),
    ...registerCommands(services),
  );
}

/** @returns `make`, which is called at the first call only */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

function setting<T>(name: string, otherwise: T): T {
  return vscode.workspace.getConfiguration('exchangeMigration').get(name, otherwise);
}
