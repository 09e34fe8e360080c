import type { RequestVersion } from '../soap.ts';

/** What the extension host and the EWS worker say to each other. */

export interface Folder {
  readonly id: string;
  readonly displayName: string;
  readonly totalCount: number;
  readonly parentId: string;
}

export interface FolderPage {
  readonly folders: readonly Folder[];
  readonly last: boolean;
}

export interface ItemSummary {
  readonly id: string;
  readonly sizeBytes: number;
}

export interface ItemPage {
  readonly items: readonly ItemSummary[];
  readonly last: boolean;
}

/** The typed operations, by name: what each takes and gives. */
export interface Operations {
  /** Folders of the whole mailbox below its root, one page. */
  findFolders: {
    readonly request: { readonly offset: number; readonly pageSize: number };
    readonly result: FolderPage;
  };
  /** Items of one folder, one page. */
  findItems: {
    readonly request: { readonly folderId: string; readonly offset: number; readonly pageSize: number };
    readonly result: ItemPage;
  };
}

export type OperationName = keyof Operations;

export interface Call<Name extends OperationName = OperationName> {
  readonly type: 'call';
  readonly call: number;
  readonly operation: Name;
  readonly request: Operations[Name]['request'];
  /** Mailbox to act as; absent: the token's own user. */
  readonly impersonate?: string;
  /** Mailbox to open when it is not the one acted as: the account has Full Access to it. */
  readonly mailbox: string;
  readonly requestVersion: RequestVersion;
}

export type ToWorker =
  | Call
  /** The answer to `send`. `xml` is absent when there is none: the host then fails the call itself. */
  | { readonly type: 'answer'; readonly call: number; readonly xml?: string };

export type FromWorker =
  /** The host is to send this envelope on the session of the call. */
  | { readonly type: 'send'; readonly call: number; readonly envelope: string }
  | { readonly type: 'result'; readonly call: number; readonly result: unknown }
  /** Exchange's error code of the response message; empty: the answer could not be understood. */
  | {
      readonly type: 'failed';
      readonly call: number;
      readonly code: string;
      readonly message: string;
      readonly backOffMs?: number;
    };
