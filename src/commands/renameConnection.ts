import * as vscode from 'vscode';
import { sameName } from '../connections/connectionNames.ts';
import { pickInRooms } from './pickInRooms.ts';
import type { Services } from './services.ts';

export async function renameConnection(services: Services, target: unknown): Promise<void> {
  const placed = await pickInRooms(services, target, vscode.l10n.t('Rename which connection?'));
  if (!placed) return;
  const { room, connection } = placed;
  const { store } = room;
  const { connections } = await store.list();
  const others = connections.filter(({ id }) => id !== connection.id).map(({ name }) => name);
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename connection'),
    value: connection.name,
    validateInput: (value) => nameError(value, others),
  });
  if (name === undefined || name.trim() === connection.name) return;
  await store.save({
    settings: { ...room.settingsOf(connection), name: name.trim() },
    id: connection.id,
    basedOn: connection.revision,
  });
}

function nameError(name: string, others: readonly string[]): string | undefined {
  if (name.trim() === '') return vscode.l10n.t('Enter a name.');
  if (name.trim().length > 120) return vscode.l10n.t('At most 120 characters.');
  if (others.some((other) => sameName(other, name))) return vscode.l10n.t('Another connection has this name.');
  return undefined;
}
