import * as vscode from 'vscode';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import type { ConnectionNode, TreeNode } from '../views/connectionsModel.ts';
import type { Services } from './services.ts';

interface ConnectionItem extends vscode.QuickPickItem {
  readonly connection: SourceConnection;
}

/**
 * The source connection that a command is about: the row it was called on, the id that a button of this program gave it,
 * else the one that the user picks.
 * @param title what the pick asks, such as "Verify which connection?"
 * @returns undefined when the user cancels or there is none to pick.
 */
export async function pickConnection(
  { store }: Pick<Services, 'store'>,
  target: unknown,
  title: string,
  accepts: (connection: SourceConnection) => boolean = () => true,
): Promise<SourceConnection | undefined> {
  if (isConnectionNode(target)) return store.get(target.model.connection.id);
  if (typeof target === 'string') return store.get(target);
  const items = await connectionItems(store, accepts);
  if (items.length === 0) {
    await sayThereIsNone();
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  return picked?.connection;
}

async function connectionItems(
  store: Services['store'],
  accepts: (connection: SourceConnection) => boolean,
): Promise<ConnectionItem[]> {
  const { connections } = await store.list();
  return connections
    .filter(accepts)
    .map((connection) => ({ label: connection.name, description: connection.tenant, connection }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

export async function sayThereIsNone(): Promise<void> {
  const create = vscode.l10n.t('New Connection…');
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('There is no connection to choose.'), create);
  if (chosen === create) await vscode.commands.executeCommand('exchangeMigration.newOffice365Connection');
}

function isConnectionNode(value: unknown): value is ConnectionNode {
  return isTreeNode(value) && value.kind === 'connection';
}

/** VS Code hands the tree's own nodes back. */
export function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
