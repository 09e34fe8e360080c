/** The container of an exported item: records {u32 opcode, u32 length, data}, little-endian. */

/** Kinds of records: Config, TransferBuffer, IsInterfaceOk, TellPartnerVersion. */
const opcode = { config: 1, transfer: 2, interface: 3, version: 4 } as const;

/** Transfer buffers hold at most this many bytes. */
const bufferSize = 31 * 1024;

/** IID of IMessage, as the stream names the kind of object it carries. */
const messageInterface = Buffer.from('0703020000000000c000000000000046', 'hex');

/** Version of a server: three numbers. */
export type StreamVersion = readonly [number, number, number];

export interface ItemStream {
  /** Of the server that has exported the item; zeros when the stream does not tell. */
  readonly version: StreamVersion;
  /** The transfer buffers' content in one. */
  readonly content: Buffer;
}

function record(kind: number, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(kind, 0);
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data]);
}

export function packStream({ version, content }: ItemStream): Buffer {
  const partner = Buffer.alloc(6);
  version.forEach((part, index) => partner.writeUInt16LE(part & 0xffff, index * 2));
  const buffers: Buffer[] = [];
  for (let at = 0; at < content.length; at += bufferSize) {
    buffers.push(record(opcode.transfer, content.subarray(at, at + bufferSize)));
  }
  return Buffer.concat([
    record(opcode.config, Buffer.from('0000000001000000', 'hex')),
    record(opcode.interface, Buffer.concat([Buffer.of(1, 0, 0, 0), messageInterface, Buffer.alloc(4)])),
    record(opcode.version, partner),
    ...buffers,
  ]);
}

/** @throws RangeError for what is no such container, or breaks off */
export function unpackStream(stream: Buffer): ItemStream {
  let version: StreamVersion = [0, 0, 0];
  const buffers: Buffer[] = [];
  for (let at = 0; at < stream.length;) {
    if (at + 8 > stream.length) throw new RangeError('The stream ends within the head of a record.');
    const kind = stream.readUInt32LE(at);
    const length = stream.readUInt32LE(at + 4);
    const data = stream.subarray(at + 8, at + 8 + length);
    if (data.length < length) throw new RangeError('The stream ends within a record.');
    at += 8 + length;
    if (kind === opcode.transfer) buffers.push(data);
    else if (kind === opcode.version && length >= 6) {
      version = [data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4)];
    } else if (kind !== opcode.config && kind !== opcode.interface) {
      throw new RangeError(`There is no kind of record ${kind}.`);
    }
  }
  if (buffers.length === 0) throw new RangeError('The stream has no content.');
  return { version, content: Buffer.concat(buffers) };
}
