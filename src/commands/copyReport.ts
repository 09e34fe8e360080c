import * as vscode from 'vscode';
import { markdownReport } from '../verification/report.ts';
import { pickConnection } from './pickConnection.ts';
import type { Services } from './services.ts';

export async function copyReport(services: Services, target: unknown): Promise<void> {
  const { records, versions } = services;
  const connection = await pickConnection(services, target, vscode.l10n.t('Copy the report of which connection?'));
  if (!connection) return;
  const record = await records.read(connection.id);
  if (record === undefined) {
    await offerVerification(connection.name, connection.id);
    return;
  }
  await vscode.env.clipboard.writeText(markdownReport({ settings: connection, record, versions }));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Report of “{0}” copied.', connection.name), 5000);
}

async function offerVerification(name: string, id: string): Promise<void> {
  const verify = vscode.l10n.t('Verify');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('“{0}” has not been verified yet, so there is nothing to report.', name),
    verify,
  );
  if (chosen === verify) await vscode.commands.executeCommand('exchangeMigration.verifyConnection', id);
}
