import type { ConnectionList, SaveRequest } from '../connections/connectionStore.ts';
import type { ConnectionSettings, SourceConnection } from '../connections/sourceConnection.ts';
import { StoreError } from '../connections/storeError.ts';
import type { TargetConnection, TargetSettings } from '../connections/targetConnection.ts';
import type { AnyCheckId, CheckProgress, VerificationRecord } from '../verification/verification.ts';
import type { ConnectionModel } from './connectionRow.ts';
import type { TreeNode } from './connectionsModel.ts';

/** A connection of whatever kind. */
export type AnyConnection = SourceConnection | TargetConnection;
type AnySettings = ConnectionSettings | TargetSettings;

/**
 * Where the connections of one kind live, as far as commands treat all kinds alike. What a room gives it also takes: a
 * connection is handed back to the room that it came from.
 */
export interface Room {
  readonly kind: 'office365' | 'exchangeServer';
  readonly viewId: string;
  readonly store: {
    list(): Promise<ConnectionList<AnyConnection>>;
    get(id: string): Promise<AnyConnection>;
    save(request: SaveRequest<AnySettings>): Promise<AnyConnection>;
    secretKeys(): Promise<ReadonlySet<string>>;
    watch(): Promise<void>;
    /** Something may have changed: whoever shows it reads it again. */
    refresh(): void;
    readonly onDidChange: (listener: (event: undefined) => void) => { dispose(): void };
    delete(id: string): Promise<void>;
  };
  readonly verifier: {
    verify(id: string): Promise<VerificationRecord>;
    cancel(id: string): void;
    progressOf(id: string): ReadonlyMap<string, CheckProgress> | undefined;
    readonly onDidChange: (listener: (id: string) => void) => { dispose(): void };
  };
  readonly view: {
    readonly selection: readonly TreeNode<AnyConnection>[];
    reveal(id: string, options?: { readonly expand?: boolean }): Promise<void>;
    refresh(): void;
  };
  readonly wizards: {
    openNew(): Promise<void>;
    openNewAndWait(): Promise<AnyConnection | undefined>;
    openSettings(connection: AnyConnection): Promise<void>;
    openDuplicate(connection: AnyConnection): Promise<void>;
  };
  /** In the order in which they are shown. */
  readonly checkIds: readonly AnyCheckId[];
  /** What a person may want to know of a connection besides its name and status: names and values. */
  facts(model: ConnectionModel<AnyConnection>): readonly (readonly [name: string, value: string])[];
  settingsOf(connection: AnyConnection): AnySettings;
  /** What tells connections of the same name apart: the tenant, the server. */
  placeOf(connection: AnyConnection): string;
}

/** A connection with the room that it lives in. */
export interface Placed {
  readonly room: Room;
  readonly connection: AnyConnection;
}

/** The connection with this id, in whichever room it lives. @throws StoreError `missing`, or why it cannot be read */
export async function placedById(rooms: readonly Room[], id: string): Promise<Placed> {
  for (const room of rooms) {
    try {
      return { room, connection: await room.store.get(id) };
    } catch (error) {
      if (!(error instanceof StoreError) || error.reason !== 'missing') throw error;
    }
  }
  throw new StoreError('missing');
}
