import * as vscode from 'vscode';
import { pickInRooms } from './pickInRooms.ts';
import type { Placed } from '../views/room.ts';
import type { Services } from './services.ts';

export async function cancelVerification(services: Services, target: unknown): Promise<void> {
  const runs = ({ room, connection }: Placed): boolean => room.verifier.progressOf(connection.id) !== undefined;
  const placed = await pickInRooms(services, target, vscode.l10n.t('Cancel which verification?'), runs);
  placed?.room.verifier.cancel(placed.connection.id);
}
