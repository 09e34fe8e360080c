import { Buffer } from 'node:buffer';
import * as vscode from 'vscode';
import { exportConnections } from '../connections/connectionExchange.ts';
import type { Exported } from '../connections/connectionExchange.ts';
import type { AnyConnection } from '../views/room.ts';
import { defaultUri, fileNameOf } from './defaultUri.ts';
import { pickInRooms, pickSeveral } from './pickInRooms.ts';
import type { Services } from './services.ts';

/** Writes the definition of a row, or those source connections that the user picks, to a file. */
export async function exportConnection(services: Services, target: unknown): Promise<void> {
  const title = vscode.l10n.t('Export which connections?');
  if (target === undefined) {
    await exportAll(await pickSeveral(services.rooms.source, title));
    return;
  }
  const placed = await pickInRooms(services, target, title);
  if (placed) await exportAll([placed.connection]);
}

/** The same for target connections. */
export async function exportTargetConnections({ rooms }: Services): Promise<void> {
  await exportAll(await pickSeveral(rooms.target, vscode.l10n.t('Export which connections?')));
}

/** Secrets stay: whoever imports the file enters them again. @param connections of one kind */
async function exportAll(connections: readonly AnyConnection[]): Promise<void> {
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
    await vscode.workspace.fs.writeFile(uri, Buffer.from(exportConnections(ofOneKind(connections)), 'utf8'));
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

function ofOneKind(connections: readonly AnyConnection[]): Exported {
  const targets = connections.filter((connection) => connection.kind === 'exchangeServer');
  if (targets.length > 0) return { kind: 'target', connections: targets };
  return { kind: 'source', connections: connections.filter((connection) => connection.kind === 'office365') };
}
