import { Buffer } from 'node:buffer';
import * as vscode from 'vscode';
import { exportConnections } from '../connections/connectionExchange.ts';
import { defaultUri, fileNameOf } from './defaultUri.ts';
import { pickConnections } from './pickConnection.ts';
import type { Services } from './services.ts';

/** Writes definitions to a file. Secrets stay: whoever imports the file enters them again. */
export async function exportConnection(services: Services, target: unknown): Promise<void> {
  const connections = await pickConnections(services, target, vscode.l10n.t('Export which connections?'));
  const [first] = connections;
  if (!first) return;
  const name = connections.length === 1 ? fileNameOf(first.name) : 'connections';
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export'),
    filters: { [vscode.l10n.t('Connection definitions')]: ['json'] },
    ...defaultUri(`${name}.json`),
  });
  if (!uri) return;
  try {
    await vscode.workspace.fs.writeFile(uri, Buffer.from(exportConnections(connections), 'utf8'));
  } catch {
    await vscode.window.showErrorMessage(vscode.l10n.t('The file could not be written: {0}', uri.fsPath));
    return;
  }
  await vscode.window.showInformationMessage(
    connections.length === 1
      ? vscode.l10n.t('“{0}” was exported, without its secret: {1}', first.name, uri.fsPath)
      : vscode.l10n.t('{0} definitions exported, without secrets: {1}', connections.length, uri.fsPath),
  );
}
