import { deflateSync, crc32 } from 'node:zlib';
import type { LabAttachment } from './item.ts';
import type { Random } from './random.ts';

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.length);
  return frame;
}

/** A square PNG of one colour (RFC 2083: 8-bit RGB, no filter). */
function png(side: number, rgb: readonly [number, number, number]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.from([0, ...Array.from({ length: side }, () => rgb).flat()]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => line)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', pixels),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export function inlinePicture(random: Random, contentId: string): LabAttachment {
  const content = png(24, [random.below(256), random.below(256), 120]);
  return { name: 'logo.png', contentType: 'image/png', contentId, size: content.length, content: () => content };
}

/** Lines of numbers as a text file; made only when somebody reads it. */
export function csvFile(random: Random, name: string): LabAttachment {
  const lines = 20 + random.below(400);
  const first = random.below(90_000) + 10_000;
  const line = (n: number): string => `${first + n};${(n * 37) % 10};EUR\r\n`;
  const content = (): Buffer => Buffer.from(Array.from({ length: lines }, (_, n) => line(n)).join(''));
  return { name, contentType: 'text/csv', contentId: null, size: lines * line(0).length, content };
}

/** Bytes without a pattern, as a compressed archive would be; made only when somebody reads it. */
export function binaryFile(random: Random, name: string): LabAttachment {
  const size = 2_000 + random.below(30_000);
  const seed = random.below(251) + 1;
  const content = (): Buffer => {
    const bytes = Buffer.alloc(size);
    for (let i = 0, x = seed; i < size; i += 1) {
      x = (x * 1_103_515 + 12_345) & 0x7fffffff;
      bytes[i] = x >> 16;
    }
    return bytes;
  };
  return { name, contentType: 'application/octet-stream', contentId: null, size, content };
}
