import * as vscode from 'vscode';
import { pickInRooms } from './pickInRooms.ts';
import type { Services } from './services.ts';

export async function showDetails(services: Services, target: unknown): Promise<void> {
  const placed = await pickInRooms(services, target, vscode.l10n.t('Details of which connection?'));
  if (placed) await services.details.open(placed.connection);
}
