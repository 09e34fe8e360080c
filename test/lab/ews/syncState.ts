import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { ResponseError } from './fault.ts';

const schema = z.strictObject({
  /** What is synchronised: a mailbox's folders or the items of one folder, with its id. */
  of: z.string(),
  /** How many of them, in their lasting order, the client has. */
  known: z.int().min(0),
});

/** The opaque text that a client keeps between two calls; gzip and base64, as Exchange's is. */
export function writeSyncState(of: string, known: number): string {
  return gzipSync(JSON.stringify({ of, known }), { level: 1 }).toString('base64');
}

const invalid = (): ResponseError =>
  new ResponseError('ErrorInvalidSyncStateData', 'Synchronization state data is corrupt or otherwise invalid.');

/**
 * How many objects the client has according to its state; none without a state.
 * @throws ResponseError for a state that the lab did not give out, or gave out for something else
 */
export function readSyncState(text: string | undefined, of: string): number {
  if (text === undefined || text === '') return 0;
  try {
    const state = schema.parse(JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8')));
    if (state.of === of) return state.known;
  } catch {
    throw invalid(); // Not base64, not gzip, not JSON or not the lab's: all the same to Exchange.
  }
  throw invalid();
}
