import { isUtf8 } from 'node:buffer';
import type { Pace } from '../pace.ts';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type CsvEncoding = (typeof encodings)[number];

export interface EncodingFound {
  readonly encoding: CsvEncoding;
  /** The file does not say so and its bytes allow for others: a person should look at the letters. */
  readonly isGuess: boolean;
}

/** Bytes that are decoded, or judged, at a stretch. */
const pieceLength = 256 * 1024;
const judgedLength = 4 * 1024 * 1024;

/** How a file's letters are written: by its byte order mark, else by its bytes. @throws what `pace` throws */
export async function findEncoding(bytes: Uint8Array, pace: Pace): Promise<EncodingFound> {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', isGuess: false };
  if (startsWith(bytes, 0xff, 0xfe)) return { encoding: 'utf-16le', isGuess: false };
  if (startsWith(bytes, 0xfe, 0xff)) return { encoding: 'utf-16be', isGuess: false };
  const wide = wideEncoding(bytes.subarray(0, 4096));
  if (wide !== undefined) return { encoding: wide, isGuess: true };
  for (let at = 0; at < bytes.length;) {
    const end = characterStart(bytes, Math.min(at + judgedLength, bytes.length), at);
    if (!isUtf8(bytes.subarray(at, end))) return { encoding: 'windows-1252', isGuess: true };
    at = end;
    if (pace.isOver) await pace.next(0);
  }
  return { encoding: 'utf-8', isGuess: false };
}

/** Decodes a file piece by piece; the byte order mark is left out. */
export function* decodedPieces(bytes: Uint8Array, encoding: CsvEncoding): Generator<string> {
  const decoder = encoding === 'windows-1252' ? undefined : new TextDecoder(encoding);
  for (let at = 0; at < bytes.length; at += pieceLength) {
    const piece = bytes.subarray(at, at + pieceLength);
    yield decoder?.decode(piece, { stream: true }) ?? decodeWindows1252(piece);
  }
  yield decoder?.decode() ?? '';
}

function startsWith(bytes: Uint8Array, ...mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** Text in UTF-16 without its mark: ASCII has a zero in each pair, always on the same side. No other text has zeros. */
function wideEncoding(sample: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [first = 0, second = 0] = zeros;
  if (first + second < sample.length / 8) return undefined;
  return second > first ? 'utf-16le' : 'utf-16be';
}

/** The last place at or before `end` where a UTF-8 character begins, so that none is judged by its half. */
function characterStart(bytes: Uint8Array, end: number, start: number): number {
  let at = end;
  while (at < bytes.length && at > start && end - at < 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at > start ? at : end;
}

/** What 0x80 to 0x9f are in Windows-1252 (WHATWG, Encoding, index windows-1252). */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** TextDecoder takes Windows-1252 for Latin-1 in many versions of Node, VS Code's among them (nodejs/node#56542). */
function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin1.replace(/[\u0080-\u009f]/g, (letter) => upper[letter.charCodeAt(0) - 0x80] ?? letter);
}
