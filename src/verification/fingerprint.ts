import { createHash } from 'node:crypto';
import { settingsOf } from '../connections/sourceConnection.ts';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { targetSettingsOf } from '../connections/targetConnection.ts';
import type { TargetConnection } from '../connections/targetConnection.ts';

/** Tells whether a verification still speaks of the connection as it is now. A new name changes nothing of it. */
export function fingerprintOf(connection: SourceConnection | TargetConnection): string {
  const all = connection.kind === 'exchangeServer' ? targetSettingsOf(connection) : settingsOf(connection);
  const settings = { ...all, name: '' };
  return createHash('sha256')
    .update(JSON.stringify([settings, connection.secretKey ?? ''], inKeyOrder))
    .digest('hex');
}

/** A connection just saved may have its keys in another order than the same one read from its file. */
function inKeyOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
