import type { LabItem } from './item.ts';

/** Record kinds of the stream: Config, TransferBuffer, IsInterfaceOk, TellPartnerVersion. */
const opcode = { config: 1, transfer: 2, interface: 3, version: 4 } as const;

/** Transfer buffers hold at most this many bytes. */
const bufferSize = 31 * 1024;

/** Markers of a FastTransfer stream ([MS-OXCFXICS] 2.2.4.1.4). */
const newAttach = 0x40000003;
const endAttach = 0x400e0003;

/** Property tags ([MS-OXPROPS]): the property's number, then its type. */
const tags = {
  messageClass: 0x001a001f,
  subject: 0x0037001f,
  sender: 0x0c1f001f,
  deliveryTime: 0x0e060040,
  internetMessageId: 0x1035001f,
  html: 0x10130102,
  attachData: 0x37010102,
  attachName: 0x3707001f,
} as const;

function record(kind: number, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(kind, 0);
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data]);
}

/** A property tag in stream order: type first, then number. */
function tag(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(value & 0xffff, 0);
  bytes.writeUInt16LE(value >>> 16, 2);
  return bytes;
}

function sized(propertyTag: number, value: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(value.length, 0);
  return Buffer.concat([tag(propertyTag), length, value]);
}

const text = (propertyTag: number, value: string): Buffer => sized(propertyTag, Buffer.from(`${value}\0`, 'utf16le'));

/** FILETIME: 100 ns steps since 1601. */
function time(propertyTag: number, date: Date): Buffer {
  const value = Buffer.alloc(8);
  value.writeBigUInt64LE((BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n, 0);
  return Buffer.concat([tag(propertyTag), value]);
}

function content(item: LabItem): Buffer {
  return Buffer.concat([
    text(tags.messageClass, item.itemClass),
    text(tags.subject, item.subject),
    time(tags.deliveryTime, item.received),
    text(tags.internetMessageId, item.messageId),
    text(tags.sender, item.from.email),
    sized(tags.html, Buffer.from(item.html)),
    ...item.attachments.flatMap((attachment) => [
      tag(newAttach),
      text(tags.attachName, attachment.name),
      sized(tags.attachData, attachment.content()),
      tag(endAttach),
    ]),
  ]);
}

/** IID of IMessage, as the stream names the kind of object it carries. */
const messageInterface = Buffer.from('0703020000000000c000000000000046', 'hex');

/**
 * The opaque stream that ExportItems gives for an item: records {u32 opcode, u32 length, data}, little-endian.
 * @param version the server's version, three numbers
 */
export function exportStream(item: LabItem, version: readonly [number, number, number]): Buffer {
  const partner = Buffer.alloc(6);
  version.forEach((part, index) => partner.writeUInt16LE(part & 0xffff, index * 2));
  const whole = content(item);
  const buffers: Buffer[] = [];
  for (let at = 0; at < whole.length; at += bufferSize) {
    buffers.push(record(opcode.transfer, whole.subarray(at, at + bufferSize)));
  }
  return Buffer.concat([
    record(opcode.config, Buffer.from('0000000001000000', 'hex')),
    record(opcode.interface, Buffer.concat([Buffer.of(1, 0, 0, 0), messageInterface, Buffer.alloc(4)])),
    record(opcode.version, partner),
    ...buffers,
  ]);
}
