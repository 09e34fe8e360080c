import * as vscode from 'vscode';
import { isTreeNode, sayThereIsNone } from './pickConnection.ts';
import { placedById } from '../views/room.ts';
import type { AnyConnection, Placed, Room } from '../views/room.ts';
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
    await sayThereIsNone();
    return undefined;
  }
  return (await vscode.window.showQuickPick(itemsOf(all), { title, matchOnDescription: true }))?.placed;
}

/** Several connections of one kind. */
export async function pickSeveral(room: Room, title: string): Promise<readonly AnyConnection[]> {
  const all = await placedIn(room);
  if (all.length === 0) {
    await sayThereIsNone();
    return [];
  }
  const marked = itemsOf(all).map((item) => ({ ...item, picked: all.length === 1 }));
  const picked = await vscode.window.showQuickPick(marked, { title, canPickMany: true, matchOnDescription: true });
  return (picked ?? []).map(({ placed }) => placed.connection);
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
