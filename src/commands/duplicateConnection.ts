import * as vscode from 'vscode';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';

/** A new connection with the same settings. Its secret is asked for: nobody copies it out of the key store. */
export async function duplicateConnection(services: Services, target: unknown): Promise<void> {
  const connection = await pickConnection(services, target, vscode.l10n.t('Duplicate which connection?'));
  if (connection) await services.wizards.openDuplicate(connection);
}
