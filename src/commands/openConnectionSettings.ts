import * as vscode from 'vscode';
import { pickInRooms } from './pickInRooms.ts';
import type { Services } from './services.ts';

export async function openConnectionSettings(services: Services, target: unknown): Promise<void> {
  const placed = await pickInRooms(services, target, vscode.l10n.t('Settings of which connection?'));
  await placed?.room.wizards.openSettings(placed.connection);
}
