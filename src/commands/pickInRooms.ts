import * as vscode from 'vscode';
import { StoreError } from '../connections/storeError.ts';
import { isTreeNode } from './pickConnection.ts';
import type { Placed, Room } from './room.ts';
import type { Services } from './services.ts';

interface PlacedItem extends vscode.QuickPickItem {
  readonly placed: Placed;
}

/**
 * The connection of whatever kind that a command is about: the row it was called on, the one selected in a view (for a
 * key, which names the view), the id that a button of this program gave it, else the one that the user picks.
 * @param title what the pick asks, such as "Verify which connection?"
 * @returns undefined when the user cancels or there is none to pick.
 */
export async function pickInRooms(
  services: Pick<Services, 'rooms'>,
  target: unknown,
  title: string,
  accepts: (placed: Placed) => boolean = () => true,
): Promise<Placed | undefined> {
  const rooms = Object.values(services.rooms);
  const byKey = rooms.find(({ viewId }) => target === `selection of ${viewId}`);
  const node = byKey ? byKey.view.selection[0] : target;
  if (isTreeNode(node) && node.kind === 'connection') return placedById(rooms, node.model.connection.id);
  if (byKey) return undefined;
  if (typeof target === 'string') return placedById(rooms, target);
  const all = (await Promise.all(rooms.map(placedIn))).flat().filter(accepts);
  if (all.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There is no connection to choose.'));
    return undefined;
  }
  return (await vscode.window.showQuickPick(itemsOf(all), { title, matchOnDescription: true }))?.placed;
}

/** @throws StoreError when it is in none of the rooms, or cannot be read */
async function placedById(rooms: readonly Room[], id: string): Promise<Placed> {
  for (const room of rooms) {
    try {
      return { room, connection: await room.store.get(id) };
    } catch (error) {
      if (!(error instanceof StoreError) || error.reason !== 'missing') throw error;
    }
  }
  throw new StoreError('missing');
}

async function placedIn(room: Room): Promise<readonly Placed[]> {
  const { connections } = await room.store.list();
  return connections.map((connection) => ({ room, connection }));
}

function itemsOf(all: readonly Placed[]): readonly PlacedItem[] {
  return all
    .map((placed) => ({
      label: placed.connection.name,
      description: placed.room.placeOf(placed.connection),
      placed,
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
