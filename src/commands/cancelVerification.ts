import * as vscode from 'vscode';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';

export async function cancelVerification(services: Services, target: unknown): Promise<void> {
  const { verifier } = services;
  const runs = ({ id }: { id: string }): boolean => verifier.progressOf(id) !== undefined;
  const connection = await pickConnection(services, target, vscode.l10n.t('Cancel which verification?'), runs);
  if (connection) verifier.cancel(connection.id);
}
