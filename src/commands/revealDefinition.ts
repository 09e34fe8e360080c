import * as vscode from 'vscode';
import type { UnreadableDefinition } from '../connections/definitionFiles.ts';
import { isTreeNode } from './pickConnection.ts';
import type { Services } from './services.ts';

/** Shows the file of a definition that cannot be read: in the file manager, or as text where there is none. */
export async function revealDefinition({ rooms }: Services, target: unknown): Promise<void> {
  const path = await pathOf(rooms, target);
  if (path === undefined) return;
  const uri = vscode.Uri.file(path);
  const desktop = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  await vscode.commands.executeCommand(desktop ? 'revealFileInOS' : 'vscode.open', uri);
}

async function pathOf(rooms: Services['rooms'], target: unknown): Promise<string | undefined> {
  if (isTreeNode(target) && target.kind === 'unreadable') return target.definition.path;
  const lists = await Promise.all(Object.values(rooms).map(({ store }) => store.list()));
  const unreadable = lists.flatMap((list) => list.unreadable);
  if (unreadable.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('All definition files can be read.'));
    return undefined;
  }
  const items = unreadable.map((definition: UnreadableDefinition) => ({ label: definition.fileName, definition }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Reveal which definition file?') });
  return picked?.definition.path;
}
