import * as vscode from 'vscode';
import { settingsOf } from '../connections/sourceConnection.ts';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { isMailAddress } from '../connections/settingForms.ts';
import { withHttp } from '../ews/transport/withHttp.ts';
import type { SignedInAccount } from '../identity/account/accountFlows.ts';
import { accountSubject } from '../identity/account/accountSignIn.ts';
import { explainAccountSignIn } from '../verification/findings/account.ts';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';
import { showDeviceCode } from './showDeviceCode.ts';
import { unchanged } from './unchanged.ts';
import { withCancel } from './withCancel.ts';

/** Signs the account of a connection in again and verifies: for when its sign-in was revoked, or never made here. */
export async function signInAgain(services: Services, target: unknown): Promise<void> {
  const title = vscode.l10n.t('Sign in to which connection?');
  const connection = await pickConnection(services, target, title, usesAccount);
  if (!connection || !usesAccount(connection)) return;
  const account = await withCancel(vscode.l10n.t('Waiting for the sign-in to “{0}”…', connection.name), (signal) =>
    signIn(services, connection, signal),
  );
  if (account === undefined) return;
  await keep(services, connection, account);
  await vscode.commands.executeCommand('exchangeMigration.verifyConnection', connection.id);
}

function usesAccount({ signIn: { method } }: SourceConnection): boolean {
  return method === 'account';
}

/** @returns undefined when it was cancelled or failed; the user has been told why. */
async function signIn(
  { loadIdentity, signInWay, wizards }: Services,
  connection: SourceConnection,
  signal: AbortSignal,
): Promise<SignedInAccount | undefined> {
  const { accountSignIn } = await loadIdentity();
  try {
    return await withHttp(connection.additionalCa?.pem, signal, (http) =>
      accountSignIn.by(
        signInWay,
        { subject: accountSubject(connection), http, signal },
        { onWaiting: () => undefined, onCode: (code) => void showDeviceCode(code) },
      ),
    );
  } catch (error) {
    if (signal.aborted) return undefined;
    const settings = vscode.l10n.t('Settings…');
    const { title } = explainAccountSignIn(error, connection);
    const text = vscode.l10n.t('“{0}” is not signed in: {1}', connection.name, title);
    // Not waited for: the progress shall not stay as long as the message.
    void vscode.window.showErrorMessage(text, settings).then(async (chosen) => {
      if (chosen === settings) await wizards.openSettings(connection);
    });
    return undefined;
  }
}

async function keep({ store }: Services, connection: SourceConnection, account: SignedInAccount): Promise<void> {
  const { userName, tokenCache } = account;
  const now = await unchanged(store, connection);
  const { clientId } = now.signIn;
  await store.save({
    settings: {
      ...settingsOf(now),
      signIn: { method: 'account', clientId, ...(isMailAddress(userName) && { userName }) },
    },
    id: now.id,
    basedOn: now.revision,
    secret: { method: 'account', tokenCache },
  });
}
