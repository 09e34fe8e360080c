import * as vscode from 'vscode';
import { SecretMissingError } from '../verification/connectionVerifier.ts';
import type { VerificationRecord } from '../verification/verification.ts';
import { sourceConnectionsViewId } from '../views/sourceConnectionsView.ts';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';

/** @param target a row, an id, or nothing: then the user picks. */
export async function verifyConnection(services: Services, target: unknown): Promise<void> {
  const { store, view } = services;
  const connection =
    typeof target === 'string' && target !== 'selection'
      ? await store.get(target)
      : await pickConnection(services, target, vscode.l10n.t('Verify which connection?'));
  if (!connection) return;
  if (target === undefined) await view.reveal(connection.id);
  const record = await verifyOne(services, connection.id);
  if (record?.outcome === 'failed') await tellFailure(services, connection.id, connection.name, record);
}

/** Verifies with progress in the view. Undefined when there was no secret to do it with; the user has been told. */
async function verifyOne({ verifier, wizards }: Services, id: string): Promise<VerificationRecord | undefined> {
  try {
    return await vscode.window.withProgress({ location: { viewId: sourceConnectionsViewId } }, () =>
      verifier.verify(id),
    );
  } catch (error) {
    if (!(error instanceof SecretMissingError)) throw error;
    const { connection } = error;
    if (connection.signIn.method === 'account') {
      await offerSignIn(
        connection.id,
        vscode.l10n.t('Nobody has signed in to “{0}” on this machine.', connection.name),
      );
      return undefined;
    }
    const settings = vscode.l10n.t('Settings…');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('The secret of “{0}” is not stored on this machine. Enter it under Settings.', connection.name),
      settings,
    );
    if (chosen === settings) await wizards.openSettings(connection);
    return undefined;
  }
}

async function tellFailure(
  { view, wizards, store }: Services,
  id: string,
  name: string,
  record: VerificationRecord,
): Promise<void> {
  const finding = record.checks.flatMap(({ findings }) => findings).find(({ severity }) => severity === 'error');
  if (finding?.code === 'sign-in-expired') {
    await offerSignIn(id, finding.title);
    return;
  }
  const details = vscode.l10n.t('Show Details');
  const settings = vscode.l10n.t('Settings…');
  const renew = vscode.l10n.t('Renew Certificate…');
  const chosen = await vscode.window.showErrorMessage(
    vscode.l10n.t('“{0}” failed: {1}', name, finding?.title ?? ''),
    ...(finding?.code === 'certificate-refused' ? [renew] : []),
    details,
    settings,
  );
  if (chosen === renew) await vscode.commands.executeCommand('exchangeMigration.renewCertificate', id);
  if (chosen === details) await view.reveal(id, { expand: true });
  if (chosen === settings) await wizards.openSettings(await store.get(id));
}

async function offerSignIn(id: string, text: string): Promise<void> {
  const signIn = vscode.l10n.t('Sign In Again');
  const chosen = await vscode.window.showWarningMessage(text, signIn);
  if (chosen === signIn) await vscode.commands.executeCommand('exchangeMigration.signInAgain', id);
}
