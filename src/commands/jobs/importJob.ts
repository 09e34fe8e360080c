import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { uniqueName } from '../../connections/connectionNames.ts';
import type { ConnectionList, SaveRequest } from '../../connections/connectionStore.ts';
import { settingsOf } from '../../connections/sourceConnection.ts';
import { targetSettingsOf } from '../../connections/targetConnection.ts';
import { defineJob } from '../../migration/jobDefinition.ts';
import { parseExportedJob } from '../../migration/jobExchange.ts';
import type { ExportedJob } from '../../migration/jobExchange.ts';
import { subjectOf } from '../../migration/jobSubject.ts';
import { importErrorText } from '../importErrorText.ts';
import type { Services } from '../services.ts';

/** Reads the file of an exported job and adds it, with the connections that are not there yet; or nothing at all. */
export async function importJob({ jobs }: Services): Promise<void> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import'),
      filters: { [vscode.l10n.t('Migration jobs')]: ['json'] },
    })) ?? [];
  if (!uri) return;
  const read = await readFile(uri);
  if (!read) return;
  const { store, view, connections } = jobs;
  const undo: (() => Promise<void>)[] = [];
  try {
    const source = await placeOf(connections.source, read.source, (each) => settingsOf(each), undo);
    const target = await placeOf(connections.target, read.target, (each) => targetSettingsOf(each), undo);
    const taken = (await store.list()).definitions.map(({ name }) => name);
    const settings = { ...read.job, source, target, name: uniqueName(read.job.name, taken) };
    const subject = await subjectOf(settings);
    const saved = await store.save({
      ...{ name: settings.name, id: randomUUID() },
      define: (parts) => defineJob(settings, subject, parts),
    });
    await view.reveal(saved.id);
    await vscode.window.showInformationMessage(
      undo.length === 0
        ? vscode.l10n.t('“{0}” was imported.', saved.name)
        : vscode.l10n.t(
            '“{0}” was imported, with connections that were not here. Their secrets are not in the file: enter them under Settings.',
            saved.name,
          ),
    );
  } catch (error) {
    for (const takeBack of undo) await takeBack();
    throw error;
  }
}

async function readFile(uri: vscode.Uri): Promise<ExportedJob | undefined> {
  try {
    return await parseExportedJob(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8'));
  } catch (error) {
    const name = uri.path.split('/').at(-1) ?? '';
    await vscode.window.showErrorMessage(
      `${name}: ${importErrorText(error, vscode.l10n.t('The file is not an export of a migration job. Nothing was imported.'))}`,
    );
    return undefined;
  }
}

interface Store<S, C> {
  list(): Promise<ConnectionList<C>>;
  save(request: SaveRequest<S>): Promise<C>;
  delete(id: string): Promise<void>;
}

/** The connection that leads to the same place by the same account; a new one if there is none. @returns its id */
async function placeOf<S extends { readonly name: string }, C extends S & { readonly id: string }>(
  store: Store<S, C>,
  settings: S,
  settingsOfOne: (connection: C) => S,
  undo: (() => Promise<void>)[],
): Promise<string> {
  const { connections } = await store.list();
  const subject = (each: S): string => JSON.stringify({ ...each, name: '' });
  const same = connections.find((each) => subject(settingsOfOne(each)) === subject(settings));
  if (same) return same.id;
  const taken = connections.map(({ name }) => name);
  const { id } = await store.save({ settings: { ...settings, name: uniqueName(settings.name, taken) } });
  undo.push(() => store.delete(id));
  return id;
}
