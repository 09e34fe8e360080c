/** Length of the base64 text of so many bytes (RFC 4648, 4). */
export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** Encodes pieces of any length as base64 text, in ASCII. */
export async function* encodeBase64(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    const all = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const whole = all.length - (all.length % 3);
    rest = Buffer.from(all.subarray(whole)); // A copy: whoever made the piece may use its memory again.
    if (whole > 0) yield Buffer.from(all.toString('base64', 0, whole), 'ascii');
  }
  if (rest.length > 0) yield Buffer.from(rest.toString('base64'), 'ascii');
}
