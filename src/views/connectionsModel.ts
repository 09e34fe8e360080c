import type { CommonSettings, Defined } from '../connections/connectionKind.ts';
import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { UnreadableDefinition } from '../connections/definitionFiles.ts';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { StoreError } from '../connections/storeError.ts';
import type { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import type { CheckResult } from '../verification/verification.ts';
import type { VerificationFiles } from '../verification/verificationFiles.ts';
import type { ConnectionModel } from './connectionRow.ts';

/** A connection of whatever kind. */
type Any = Defined<CommonSettings>;

/** A row of the top level. VS Code knows it by this object, so the object stays while what it shows is replaced. */
export interface ConnectionNode<C extends Any = SourceConnection> {
  readonly kind: 'connection';
  model: ConnectionModel<C>;
}

export interface CheckNode {
  readonly kind: 'check';
  readonly connectionId: string;
  readonly check: CheckResult;
}

export interface UnreadableNode {
  readonly kind: 'unreadable';
  definition: UnreadableDefinition;
}

export type TopNode<C extends Any = SourceConnection> = ConnectionNode<C> | UnreadableNode;
export type TreeNode<C extends Any = SourceConnection> = TopNode<C> | CheckNode;

/** Where what the view shows comes from, as far as showing goes. */
export interface ModelSources<C extends Any = SourceConnection> {
  readonly store: Pick<ConnectionStore<CommonSettings, C>, 'list' | 'secretKeys' | 'onDidChange' | 'watch'>;
  readonly records: VerificationFiles;
  readonly verifier: Pick<ConnectionVerifier<CommonSettings, C>, 'progressOf' | 'onDidChange'>;
}

/** All rows of the top level, by name; what cannot be read comes last. @throws StoreError */
export async function loadNodes<C extends Any>(sources: ModelSources<C>): Promise<TopNode<C>[]> {
  const { store } = sources;
  const [{ connections, unreadable }, keys] = await Promise.all([store.list(), storedKeys(store)]);
  const nodes = await Promise.all(
    connections.map(async (connection): Promise<ConnectionNode<C>> => {
      return { kind: 'connection', model: await modelOf(sources, connection, keys) };
    }),
  );
  const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return [
    ...nodes.sort((a, b) => compare(a.model.connection.name, b.model.connection.name)),
    ...unreadable.map((definition): UnreadableNode => ({ kind: 'unreadable', definition })),
  ];
}

/** What is to be shown of one connection. */
export async function loadModel<C extends Any>(sources: ModelSources<C>, connection: C): Promise<ConnectionModel<C>> {
  return modelOf(sources, connection, await storedKeys(sources.store));
}

async function modelOf<C extends Any>(
  { records, verifier }: ModelSources<C>,
  connection: C,
  keys: ReadonlySet<string> | undefined,
): Promise<ConnectionModel<C>> {
  const record = await records.read(connection.id);
  return {
    connection,
    hasSecret: connection.secretKey !== undefined && (keys?.has(connection.secretKey) ?? true),
    verifying: verifier.progressOf(connection.id) !== undefined,
    ...(record && { record }),
  };
}

/** Undefined when the key store does not tell: no reason to hide the connections or to call their secrets missing. */
async function storedKeys(store: Pick<ConnectionStore, 'secretKeys'>): Promise<ReadonlySet<string> | undefined> {
  try {
    return await store.secretKeys();
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

/** The checks below a connection: those of the run that is under way, else of the last one. */
export function checkNodes<C extends Any>(
  { model: { connection, record } }: ConnectionNode<C>,
  verifier: Pick<ConnectionVerifier, 'progressOf'>,
): CheckNode[] {
  const progress = verifier.progressOf(connection.id);
  const checks =
    progress === undefined
      ? (record?.checks ?? [])
      : [...progress.values()].flatMap((event) => (event.state === 'done' ? [event.result] : []));
  return checks.map((check) => ({ kind: 'check', connectionId: connection.id, check }));
}
