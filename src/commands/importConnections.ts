import { Buffer } from 'node:buffer';
import * as vscode from 'vscode';
import { parseExport } from '../connections/connectionExchange.ts';
import type { Exported } from '../connections/connectionExchange.ts';
import { uniqueName } from '../connections/connectionNames.ts';
import type { AnyConnection, Room } from '../views/room.ts';
import { importErrorText } from './importErrorText.ts';
import type { Services } from './services.ts';

/** Reads a file of exported definitions and adds all of them, or none. */
export async function importConnections({ rooms }: Services): Promise<void> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import'),
      filters: { [vscode.l10n.t('Connection definitions')]: ['json'] },
    })) ?? [];
  if (!uri) return;
  const exported = await readFile(uri);
  if (!exported) return;
  const room = rooms[exported.kind];
  const added = await addAll(room, exported.connections);
  const [first] = added;
  if (first) await offerSecret(room, added, first);
}

async function readFile(uri: vscode.Uri): Promise<Exported | undefined> {
  try {
    return parseExport(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8'));
  } catch (error) {
    await vscode.window.showErrorMessage(
      `${uri.path.split('/').at(-1) ?? ''}: ${importErrorText(error, vscode.l10n.t('The file is not an export of connection definitions. Nothing was imported.'))}`,
    );
    return undefined;
  }
}

/** Saves one after the other; if one cannot be saved, those before it are taken back. */
async function addAll({ store }: Room, all: Exported['connections']): Promise<AnyConnection[]> {
  const taken = (await store.list()).connections.map(({ name }) => name);
  const added: AnyConnection[] = [];
  try {
    for (const settings of all) {
      const name = uniqueName(settings.name, taken);
      added.push(await store.save({ settings: { ...settings, name } }));
      taken.push(name);
    }
  } catch (error) {
    for (const { id } of added) await store.delete(id);
    throw error;
  }
  return added;
}

async function offerSecret(
  { wizards, view }: Room,
  added: readonly AnyConnection[],
  first: AnyConnection,
): Promise<void> {
  await view.reveal(first.id);
  const enter = vscode.l10n.t('Enter Secret');
  const chosen = await vscode.window.showInformationMessage(
    added.length === 1
      ? vscode.l10n.t('“{0}” was imported. Its secret is not in the file: enter it under Settings.', first.name)
      : vscode.l10n.t(
          '{0} definitions imported. Their secrets are not in the file: enter them under Settings.',
          added.length,
        ),
    ...(added.length === 1 ? [enter] : []),
  );
  if (chosen === enter) await wizards.openSettings(first);
}
