import * as vscode from 'vscode';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { SecretMissingError } from '../verification/connectionVerifier.ts';
import type { VerificationRecord } from '../verification/verification.ts';
import { sourceConnectionsViewId } from '../views/sourceConnections.ts';
import { offerSignIn, tellFailure } from './offerRemedies.ts';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';

/** @param target a row, an id, or nothing: then the user picks. */
export async function verifyConnection(services: Services, target: unknown): Promise<void> {
  const { view } = services;
  const connection = await pickConnection(services, target, vscode.l10n.t('Verify which connection?'));
  if (!connection) return;
  if (target === undefined) await view.reveal(connection.id);
  const record = await verifyOne(services, connection);
  if (record?.outcome !== 'failed') return;
  await tellFailure(services, connection, record, () => view.reveal(connection.id, { expand: true }));
}

/** Verifies with progress in the view. Undefined when there was no secret to do it with; the user has been told. */
async function verifyOne(
  { verifier, wizards }: Services,
  connection: SourceConnection,
): Promise<VerificationRecord | undefined> {
  try {
    return await vscode.window.withProgress({ location: { viewId: sourceConnectionsViewId } }, () =>
      verifier.verify(connection.id),
    );
  } catch (error) {
    if (!(error instanceof SecretMissingError)) throw error;
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
