import { createHash } from 'node:crypto';
import { settingsOf } from '../connections/sourceConnection.ts';
import type { SourceConnection } from '../connections/sourceConnection.ts';

/** Tells whether a verification still speaks of the connection as it is now. A new name changes nothing of it. */
export function fingerprintOf(connection: SourceConnection): string {
  const settings = { ...settingsOf(connection), name: '' };
  return createHash('sha256')
    .update(JSON.stringify([settings, connection.secretKey ?? '']))
    .digest('hex');
}
