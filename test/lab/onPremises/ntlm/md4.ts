/**
 * MD4 (RFC 1320), which NTLM makes its password hash with. OpenSSL 3 keeps it in its legacy provider, which Node does not
 * load, so node:crypto cannot be asked for it.
 */

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

interface Round {
  readonly mix: (x: number, y: number, z: number) => number;
  readonly constant: number;
  /** Which word of the block each of the sixteen steps takes. */
  readonly order: readonly number[];
  /** Bits by which the four steps of a group rotate. */
  readonly shifts: readonly [number, number, number, number];
}

const rounds: readonly Round[] = [
  {
    mix: (x, y, z) => (x & y) | (~x & z),
    constant: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
  },
  {
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    constant: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    mix: (x, y, z) => x ^ y ^ z,
    constant: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
];

type Registers = readonly [a: number, b: number, c: number, d: number];

function block(before: Registers, words: Buffer): Registers {
  let [a, b, c, d] = before;
  for (const { mix, constant, order, shifts } of rounds) {
    order.forEach((word, step) => {
      const sum = (a + mix(b, c, d) + words.readUInt32LE(word * 4) + constant) | 0;
      // Each step makes a new value of the first register, and the registers take turns.
      [a, b, c, d] = [d, rotate(sum, shifts[step % 4] ?? 0), b, c];
    });
  }
  return [(before[0] + a) | 0, (before[1] + b) | 0, (before[2] + c) | 0, (before[3] + d) | 0];
}

/** @returns 16 bytes */
export function md4(message: Uint8Array): Buffer {
  const padded = Buffer.alloc(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8);
  let registers: Registers = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let at = 0; at < padded.length; at += 64) registers = block(registers, padded.subarray(at, at + 64));
  const digest = Buffer.alloc(16);
  registers.forEach((register, index) => digest.writeInt32LE(register, index * 4));
  return digest;
}
