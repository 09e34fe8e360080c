import * as vscode from 'vscode';
import { StoreError } from '../connections/storeError.ts';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';

export async function deleteConnection(services: Services, target: unknown): Promise<void> {
  const { store, records, verifier, log } = services;
  const connection = await pickConnection(services, target, vscode.l10n.t('Delete which connection?'));
  if (!connection) return;
  const confirm = vscode.l10n.t('Delete');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete the connection “{0}”?', connection.name),
    {
      modal: true,
      detail: vscode.l10n.t('Its definition and its stored secret are removed. Nothing changes in the tenant.'),
    },
    confirm,
  );
  if (chosen !== confirm) return;
  verifier.cancel(connection.id);
  try {
    await store.delete(connection.id);
  } catch (error) {
    if (!(error instanceof StoreError) || error.reason !== 'secretStorage') throw error;
    log.warn('A connection was deleted; its secret was not.');
    await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The connection “{0}” is deleted, but the system’s key store did not remove its secret. Revoke the secret in the tenant if it is no longer needed.',
        connection.name,
      ),
    );
  }
  await records.remove(connection.id);
}
