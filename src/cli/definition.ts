import * as l10n from '@vscode/l10n';
import { parseExport } from '../connections/connectionExchange.ts';
import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import { readExportedFile } from './exportedFile.ts';
import { printable } from './printable.ts';
import { UsageError } from './usageError.ts';

/** The connection of a file of exported definitions: the one, or the one with this name. @throws UsageError */
export async function readDefinition(file: string, name: string | undefined): Promise<ConnectionSettings> {
  const all = await readAll(file);
  const [first] = all;
  if (name === undefined && first !== undefined && all.length === 1) return first;
  const [found, ...others] = all.filter((connection) => connection.name === name);
  if (found !== undefined && others.length === 0) return found;
  const names = all.map((connection) => `  ${printable(connection.name)}`).join('\n');
  if (name === undefined) {
    throw new UsageError(`${l10n.t('{0} holds several connections. Choose one with --name:', file)}\n${names}`);
  }
  const count = found === undefined ? l10n.t('no connection') : l10n.t('more than one connection');
  throw new UsageError(`${l10n.t('{0} holds {1} with the name of --name. It holds:', file, count)}\n${names}`);
}

async function readAll(file: string): Promise<readonly ConnectionSettings[]> {
  const otherFile = l10n.t('this is not an export of connection definitions. Make one with “Export…” in VS Code.');
  const { kind, connections } = await readExportedFile(file, parseExport, otherFile);
  if (kind === 'source') return connections;
  throw new UsageError(l10n.t('{0} holds target connections. Verify those in VS Code.', file));
}
