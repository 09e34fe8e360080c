import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { StoreError } from '../connections/storeError.ts';

/**
 * The connection as it is now, after something that took its time: its name and the like may have been edited meanwhile.
 * @throws StoreError `missing`, or `changedMeanwhile` when it signs in as somebody else or elsewhere by now
 */
export async function unchanged(store: ConnectionStore, connection: SourceConnection): Promise<SourceConnection> {
  const now = await store.get(connection.id);
  if (subjectOf(now) !== subjectOf(connection)) throw new StoreError('changedMeanwhile');
  return now;
}

function subjectOf({ cloud, tenant, endpoints, signIn: { method, clientId } }: SourceConnection): string {
  return JSON.stringify([cloud, tenant, endpoints, method, clientId]);
}
