import { marker } from './fastTransfer.ts';
import type { StreamElement } from './fastTransfer.ts';

/** Property tags ([MS-OXPROPS]): the property's number, then its type. */
export const tags = {
  messageClass: 0x001a001f,
  importance: 0x00170003,
  subject: 0x0037001f,
  startDate: 0x00600040,
  endDate: 0x00610040,
  senderName: 0x0c1a001f,
  sender: 0x0c1f001f,
  recipientType: 0x0c150003,
  deliveryTime: 0x0e060040,
  messageFlags: 0x0e070003,
  body: 0x1000001f,
  html: 0x10130102,
  internetMessageId: 0x1035001f,
  inReplyTo: 0x1042001f,
  displayName: 0x3001001f,
  emailAddress: 0x3003001f,
  attachData: 0x37010102,
  attachName: 0x3707001f,
  attachContentType: 0x370e001f,
  attachContentId: 0x3712001f,
  /** Of named properties: the number is of no account, the type is. */
  namedText: 0x8000001f,
  namedTexts: 0x8000101f,
  namedBytes: 0x80000102,
  namedNumber: 0x80000003,
} as const;

/** Named properties: their set, and their name in it. */
export const names = {
  keywords: { set: '2903020000000000c000000000000046', name: 'Keywords' },
  location: { set: '0220060000000000c000000000000046', name: 0x8208 },
  globalObjectId: { set: '90dad86e0b451b1098da00aa003f1305', name: 0x0003 },
  /** The lab's own: how many weeks a recurring appointment takes place. */
  weeks: { set: '4c61622077656b73000000000000000a', name: 1 },
} as const;

/** PidTagMessageFlags. */
export const messageFlag = { read: 1, unsent: 8 } as const;

/** PidTagRecipientType. The lab marks attendees, who may be others than the message's recipients, by a bit of its own. */
export const recipientType = { to: 1, cc: 2, attendee: 0x10001 } as const;

const fileTimeEpoch = 11_644_473_600_000n;

const element = (tag: number, value: Buffer, named: StreamElement['named'] = null): StreamElement => ({
  tag,
  named,
  value,
});

export const mark = (kind: keyof typeof marker): StreamElement => element(marker[kind], Buffer.alloc(0));

export const text = (tag: number, value: string, named: StreamElement['named'] = null): StreamElement =>
  element(tag, Buffer.from(`${value}\0`, 'utf16le'), named);

export const bytes = (tag: number, value: Buffer, named: StreamElement['named'] = null): StreamElement =>
  element(tag, value, named);

export function number(tag: number, value: number, named: StreamElement['named'] = null): StreamElement {
  const four = Buffer.alloc(4);
  four.writeInt32LE(value | 0);
  return element(tag, four, named);
}

/** FILETIME: 100 ns steps since 1601. */
export function time(tag: number, date: Date): StreamElement {
  const value = Buffer.alloc(8);
  value.writeBigUInt64LE((BigInt(date.getTime()) + fileTimeEpoch) * 10_000n);
  return element(tag, value);
}

export function texts(tag: number, values: readonly string[], named: StreamElement['named']): StreamElement {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(values.length);
  const parts = values.flatMap((value) => {
    const encoded = Buffer.from(`${value}\0`, 'utf16le');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(encoded.length);
    return [length, encoded];
  });
  return element(tag, Buffer.concat([count, ...parts]), named);
}

export const readText = (value: Buffer): string => value.toString('utf16le').replace(/\0$/, '');
export const readTime = (value: Buffer): Date => new Date(Number(value.readBigUInt64LE(0) / 10_000n - fileTimeEpoch));

/** The texts of a list. */
export function readTexts(value: Buffer): string[] {
  const found: string[] = [];
  for (let at = 4; at + 4 <= value.length;) {
    const length = value.readUInt32LE(at);
    found.push(readText(value.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return found;
}
