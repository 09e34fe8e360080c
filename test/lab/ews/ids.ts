import { createHash } from 'node:crypto';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import type { LabItem } from '../mailboxes/item.ts';
import type { LabFolder } from '../mailboxes/tree.ts';

/**
 * Exchange Online's ids, base64 of: 00 03, the mailbox's GUID as text with its u16 length, 00, then a MAPI entry id with
 * its u16 length: flags (4), store GUID (16), kind (2), replica GUID (16), folder counter (6), pad (2), and for items
 * replica GUID (16), item counter (6), pad (2). An attachment's id follows its item's with a count and a u16 length.
 */
export interface DecodedId {
  readonly mailboxGuid: string;
  readonly folder: number;
  readonly ordinal: number | null;
  readonly attachment: number | null;
}

const folderEntryLength = 46;
const itemEntryLength = 70;
const headLength = 2 + 2 + 36 + 1 + 2;

const replica = (mailboxGuid: string): Buffer => createHash('md5').update(mailboxGuid).digest();

function counter(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUIntBE(value, 0, 6);
  return bytes;
}

function encode(mailboxGuid: string, folder: number, ordinal: number | null): Buffer {
  const head = Buffer.alloc(headLength);
  head.writeUInt16LE(0x0300, 0);
  head.writeUInt16LE(36, 2);
  head.write(mailboxGuid, 4, 'latin1');
  head.writeUInt16LE(ordinal === null ? folderEntryLength : itemEntryLength, 41);
  const kind = ordinal === null ? 1 : 7;
  const guid = replica(mailboxGuid);
  return Buffer.concat([
    head,
    Buffer.alloc(4),
    Buffer.from(mailboxGuid.replaceAll('-', ''), 'hex'),
    Buffer.of(kind, 0),
    guid,
    counter(folder),
    // Counters of items start at 1; 0 would be no object at all.
    ...(ordinal === null ? [] : [guid, counter(ordinal + 1)]),
  ]);
}

export function folderId(mailbox: Mailbox, folder: LabFolder): string {
  return encode(mailbox.guid, folder.number, null).toString('base64');
}

export function itemId(mailbox: Mailbox, item: LabItem): string {
  return encode(mailbox.guid, item.folder.number, item.ordinal).toString('base64');
}

export function attachmentId(mailbox: Mailbox, item: LabItem, index: number): string {
  const tail = Buffer.concat([
    Buffer.of(1, 16, 0),
    createHash('md5').update(`attachment ${index}`).digest().fill(0, 14),
  ]);
  tail.writeUInt16BE(index, tail.length - 2);
  return Buffer.concat([encode(mailbox.guid, item.folder.number, item.ordinal), tail]).toString('base64');
}

/** @param kind the first byte Exchange writes for the kind of object: 2 folder, 9 message, 15 calendar item */
export function changeKey(mailbox: Mailbox, kind: number, version: number): string {
  return Buffer.concat([
    Buffer.of(kind, 0, 0, 0, 22, 0, 0, 0),
    replica(mailbox.guid),
    counter(version).subarray(0, 6),
  ]).toString('base64');
}

/** @returns undefined when the text is not an id that the lab gave out */
export function decodeId(id: string): DecodedId | undefined {
  const bytes = Buffer.from(id, 'base64');
  if (bytes.toString('base64') !== id || bytes.length < headLength + folderEntryLength) return undefined;
  const mailboxGuid = bytes.toString('latin1', 4, 40);
  const entryLength = bytes.readUInt16LE(41);
  const isItem = entryLength === itemEntryLength;
  if (!isItem && entryLength !== folderEntryLength) return undefined;
  const end = headLength + entryLength;
  if (bytes.length < end) return undefined;
  const folder = bytes.readUIntBE(headLength + 38, 6);
  const ordinal = isItem ? bytes.readUIntBE(headLength + 62, 6) - 1 : null;
  const known = encode(mailboxGuid, folder, ordinal);
  if (!known.equals(bytes.subarray(0, end))) return undefined;
  return { mailboxGuid, folder, ordinal, attachment: bytes.length > end ? bytes.readUInt16BE(bytes.length - 2) : null };
}

/** The MAPI entry id inside an id; undefined when the text is not an id that the lab gave out. */
export function entryIdOf(id: string): Buffer | undefined {
  if (!decodeId(id)) return undefined;
  const bytes = Buffer.from(id, 'base64');
  return bytes.subarray(headLength, headLength + bytes.readUInt16LE(41));
}

/** The id that clients of EWS use for a MAPI entry id; undefined when it is none of the lab's. */
export function idOfEntry(entry: Buffer): string | undefined {
  if (entry.length !== folderEntryLength && entry.length !== itemEntryLength) return undefined;
  const hex = entry.toString('hex', 4, 20);
  const guid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const ordinal = entry.length === itemEntryLength ? entry.readUIntBE(62, 6) - 1 : null;
  const id = encode(guid, entry.readUIntBE(38, 6), ordinal).toString('base64');
  return entryIdOf(id)?.equals(entry) ? id : undefined;
}
