import * as vscode from 'vscode';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';

export async function openConnectionSettings(services: Services, target: unknown): Promise<void> {
  const connection = await pickConnection(services, target, vscode.l10n.t('Settings of which connection?'));
  if (connection) await services.wizards.openSettings(connection);
}
