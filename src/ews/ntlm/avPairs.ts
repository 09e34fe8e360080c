/** Ids of the attributes in a challenge's target information (MS-NLMP 2.2.2.1). */
export const avId = { end: 0, flags: 6, timestamp: 7, targetName: 9, channelBindings: 10 } as const;

/** The message is protected by a MIC (MS-NLMP 2.2.2.1, MsvAvFlags). */
export const flagMic = 2;

export interface AvPair {
  readonly id: number;
  readonly value: Buffer;
}

/** Takes target information apart, without its end mark. @returns undefined when it is malformed */
export function readAvPairs(bytes: Buffer): readonly AvPair[] | undefined {
  const pairs: AvPair[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const [id, length] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
    if (id === avId.end) return pairs;
    if (at + 4 + length > bytes.length) return undefined;
    pairs.push({ id, value: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
  }
  return undefined; // The end mark is mandatory.
}

export function writeAvPairs(pairs: readonly AvPair[]): Buffer {
  const parts = [...pairs, { id: avId.end, value: Buffer.alloc(0) }].map(({ id, value }) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(value.length, 2);
    return Buffer.concat([head, value]);
  });
  return Buffer.concat(parts);
}
