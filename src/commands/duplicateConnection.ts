import * as vscode from 'vscode';
import { pickInRooms } from './pickInRooms.ts';
import type { Services } from './services.ts';

/** A new connection with the same settings. Its secret is asked for: nobody copies it out of the key store. */
export async function duplicateConnection(services: Services, target: unknown): Promise<void> {
  const placed = await pickInRooms(services, target, vscode.l10n.t('Duplicate which connection?'));
  await placed?.room.wizards.openDuplicate(placed.connection);
}
