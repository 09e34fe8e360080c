import type { CommonSettings, Defined } from '../connections/connectionKind.ts';
import type { ConnectionList, SaveRequest } from '../connections/connectionStore.ts';
import type { CheckProgress, VerificationRecord } from '../verification/verification.ts';
import type { TreeNode } from '../views/connectionsModel.ts';

/** A connection of whatever kind. */
export type AnyConnection = Defined<CommonSettings>;

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
    save(request: SaveRequest<CommonSettings>): Promise<AnyConnection>;
    delete(id: string): Promise<void>;
  };
  readonly verifier: {
    verify(id: string): Promise<VerificationRecord>;
    cancel(id: string): void;
    progressOf(id: string): ReadonlyMap<string, CheckProgress> | undefined;
  };
  readonly view: {
    readonly selection: readonly TreeNode<AnyConnection>[];
    reveal(id: string, options?: { readonly expand?: boolean }): Promise<void>;
    refresh(): void;
  };
  readonly wizards: {
    openNew(): Promise<void>;
    openSettings(connection: AnyConnection): Promise<void>;
    openDuplicate(connection: AnyConnection): Promise<void>;
  };
  settingsOf(connection: AnyConnection): CommonSettings;
  /** What tells connections of the same name apart: the tenant, the server. */
  placeOf(connection: AnyConnection): string;
}

/** A connection with the room that it lives in. */
export interface Placed {
  readonly room: Room;
  readonly connection: AnyConnection;
}
