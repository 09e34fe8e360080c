/** Reads and writes the property stream inside an exported item: FastTransfer of [MS-OXCFXICS] 2.2.4. */

/** Markers of the stream (2.2.4.1.4), as far as items have them. */
export const marker = {
  newAttach: 0x40000003,
  endAttach: 0x400e0003,
  startRecipient: 0x40030003,
  endRecipient: 0x40040003,
} as const;

/** The name of a property whose number is 0x8000 or more: a set and a number or text in it. */
interface PropertyName {
  readonly set: string;
  readonly name: number | string;
}

/** A property, or a marker, whose value is empty. */
export interface StreamElement {
  /** Number of the property in the upper half, its type in the lower one. */
  readonly tag: number;
  readonly named: PropertyName | null;
  /** Without the length before it; of a list with the count, and with the lengths of texts. */
  readonly value: Buffer;
}

/** Bytes of the values of types of a fixed size (2.2.4.1.3; a Boolean takes two). */
const fixedSizes: Readonly<Record<number, number>> = {
  0x0002: 2,
  0x0003: 4,
  0x0004: 4,
  0x0005: 8,
  0x0006: 8,
  0x0007: 8,
  0x000a: 4,
  0x000b: 2,
  0x0014: 8,
  0x0040: 8,
  0x0048: 16,
};

/** Strings in Unicode and in code pages (the highest bit), objects, binary values. */
const hasLength = (type: number): boolean =>
  [0x001e, 0x001f, 0x000d, 0x00fb, 0x0102].includes(type) || (type & 0x8000) !== 0;

class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new RangeError('The stream ends within a value.');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** A text that ends in a zero. */
  text(): string {
    let text = '';
    for (;;) {
      const unit = this.take(2).readUInt16LE(0);
      if (unit === 0) return text;
      text += String.fromCharCode(unit);
    }
  }
}

function readName(cursor: Cursor): PropertyName {
  const set = cursor.take(16).toString('hex');
  const kind = cursor.take(1)[0];
  return { set, name: kind === 0 ? cursor.take(4).readUInt32LE(0) : cursor.text() };
}

function readValue(cursor: Cursor, type: number): Buffer {
  if (hasLength(type)) return cursor.take(cursor.take(4).readUInt32LE(0));
  const size = fixedSizes[type & 0x0fff];
  if ((type & 0x1000) !== 0) {
    const count = cursor.take(4).readUInt32LE(0);
    const parts = [uint32(count)];
    for (let index = 0; index < count; index += 1) {
      const element = readValue(cursor, type & 0x0fff);
      if (size === undefined) parts.push(uint32(element.length));
      parts.push(element);
    }
    return Buffer.concat(parts);
  }
  if (size === undefined) throw new RangeError(`There is no property type ${type.toString(16)}.`);
  return cursor.take(size);
}

/** @throws RangeError for what is not such a stream */
export function readElements(stream: Buffer): StreamElement[] {
  const cursor = new Cursor(stream);
  const elements: StreamElement[] = [];
  while (!cursor.isAtEnd) {
    const tag = cursor.take(4).readUInt32LE(0);
    const number = tag >>> 16;
    // Markers have the type of a 32-bit number and no value; their numbers begin with 0x40.
    if ((tag & 0xffff) === 0x0003 && number >> 8 === 0x40) {
      elements.push({ tag, named: null, value: Buffer.alloc(0) });
      continue;
    }
    const named = number >= 0x8000 ? readName(cursor) : null;
    elements.push({ tag, named, value: readValue(cursor, tag & 0xffff) });
  }
  return elements;
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

function nameOf(named: PropertyName | null): Buffer {
  if (!named) return Buffer.alloc(0);
  const name = typeof named.name === 'number' ? uint32(named.name) : Buffer.from(`${named.name}\0`, 'utf16le');
  return Buffer.concat([Buffer.from(named.set, 'hex'), Buffer.of(typeof named.name === 'number' ? 0 : 1), name]);
}

/** Properties and markers as the stream has them; values are copied once only, since attachments are large. */
export function writeElements(elements: readonly StreamElement[]): Buffer {
  return Buffer.concat(
    elements.flatMap(({ tag, named, value }) => [
      uint32(tag),
      nameOf(named),
      ...(hasLength(tag & 0xffff) ? [uint32(value.length)] : []),
      value,
    ]),
  );
}
