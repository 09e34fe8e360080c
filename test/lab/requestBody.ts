import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body.
 * @param limit bytes; what is beyond it is read, and thrown away
 * @returns undefined for a body that is larger than the limit
 * @throws when the client goes away before it has sent it all
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('A stream without encoding gives buffers.');
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  }
  return length <= limit ? Buffer.concat(chunks).toString('utf8') : undefined;
}
