import { createHash } from 'node:crypto';
import type { CommonSettings, Defined } from '../connections/connectionKind.ts';

/** Tells whether a verification still speaks of the connection as it is now. A new name changes nothing of it. */
export function fingerprintOf(connection: Defined<CommonSettings>): string {
  const settings = Object.entries(connection).filter(([key]) => !ofFile.has(key));
  return createHash('sha256')
    .update(JSON.stringify([{ ...Object.fromEntries(settings), name: '' }, connection.secretKey ?? ''], inKeyOrder))
    .digest('hex');
}

/** What a definition's file has besides the settings. */
const ofFile = new Set(['schemaVersion', 'kind', 'id', 'revision', 'basedOn', 'secretKey', 'modifiedAt']);

/** A connection just saved may have its keys in another order than the same one read from its file. */
function inKeyOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
