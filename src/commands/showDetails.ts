import * as vscode from 'vscode';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';

export async function showDetails(services: Services, target: unknown): Promise<void> {
  const connection = await pickConnection(services, target, vscode.l10n.t('Details of which connection?'));
  if (connection) await services.details.open(connection);
}
