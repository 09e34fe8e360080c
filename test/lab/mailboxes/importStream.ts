import { createHash } from 'node:crypto';
import { marker, readElements } from './fastTransfer.ts';
import type { StreamElement } from './fastTransfer.ts';
import type { Address, LabAttachment, LabEvent, NewItem } from './item.ts';
import { messageFlag, names, readText, readTexts, readTime, recipientType, tags } from './itemProperties.ts';
import { kindOfClass } from './itemClasses.ts';
import { unpackStream } from './streamContainer.ts';
import type { StreamVersion } from './streamContainer.ts';

/** The properties of a message, a recipient or an attachment. */
class Properties {
  readonly #elements: readonly StreamElement[];

  constructor(elements: readonly StreamElement[]) {
    this.#elements = elements;
  }

  bytes(tag: number, name?: { readonly set: string; readonly name: number | string }): Buffer | undefined {
    return this.#elements.find(
      (one) =>
        (name ? (one.tag & 0xffff) === (tag & 0xffff) : one.tag === tag) &&
        one.named?.set === name?.set &&
        one.named?.name === name?.name,
    )?.value;
  }

  text(tag: number, name?: { readonly set: string; readonly name: number | string }): string | undefined {
    const value = this.bytes(tag, name);
    return value && readText(value);
  }

  number(tag: number, name?: { readonly set: string; readonly name: number | string }): number | undefined {
    return this.bytes(tag, name)?.readInt32LE(0);
  }

  time(tag: number): Date | undefined {
    const value = this.bytes(tag);
    return value && readTime(value);
  }
}

interface Parts {
  readonly message: Properties;
  readonly recipients: readonly Properties[];
  readonly attachments: readonly Properties[];
}

/** Shares the elements out by the markers around recipients and attachments. */
function partsOf(elements: readonly StreamElement[]): Parts {
  const message: StreamElement[] = [];
  const recipients: StreamElement[][] = [];
  const attachments: StreamElement[][] = [];
  let target = message;
  for (const element of elements) {
    if (element.tag === marker.startRecipient) recipients.push((target = []));
    else if (element.tag === marker.newAttach) attachments.push((target = []));
    else if (element.tag === marker.endRecipient || element.tag === marker.endAttach) target = message;
    else target.push(element);
  }
  const read = (list: StreamElement[]): Properties => new Properties(list);
  return { message: read(message), recipients: recipients.map(read), attachments: attachments.map(read) };
}

function attachmentOf(properties: Properties): LabAttachment {
  const content = properties.bytes(tags.attachData) ?? Buffer.alloc(0);
  return {
    name: properties.text(tags.attachName) ?? 'attachment',
    contentType: properties.text(tags.attachContentType) ?? 'application/octet-stream',
    contentId: properties.text(tags.attachContentId) ?? null,
    size: content.length,
    content: () => content,
  };
}

function eventOf(message: Properties, attendees: readonly Address[]): LabEvent | null {
  const [start, end] = [message.time(tags.startDate), message.time(tags.endDate)];
  if (!start || !end) return null;
  return {
    start,
    end,
    location: message.text(tags.namedText, names.location) ?? '',
    uid: (message.bytes(tags.namedBytes, names.globalObjectId) ?? Buffer.alloc(0)).toString('hex').toUpperCase(),
    attendees,
    weeks: message.number(tags.namedNumber, names.weeks) ?? 1,
  };
}

export interface ImportedItem {
  readonly item: NewItem;
  /** Of the server that has exported it. */
  readonly version: StreamVersion;
}

/**
 * Reads an exported item's stream.
 * @throws RangeError for what is not such a stream, or breaks off
 */
export function importStream(stream: Buffer): ImportedItem {
  const { version, content } = unpackStream(stream);
  const { message, recipients, attachments } = partsOf(readElements(content));
  const itemClass = message.text(tags.messageClass);
  if (itemClass === undefined) throw new RangeError('The stream is of no item: it has no message class.');
  const flags = message.number(tags.messageFlags) ?? messageFlag.read;
  const address = (one: Properties): Address => ({
    name: one.text(tags.displayName) ?? '',
    email: one.text(tags.emailAddress) ?? '',
  });
  const of = (kind: number): Address[] =>
    recipients.filter((one) => one.number(tags.recipientType) === kind).map(address);
  const email = message.text(tags.sender) ?? '';
  const item: NewItem = {
    kind: kindOfClass(itemClass),
    itemClass,
    subject: message.text(tags.subject) ?? '',
    html: message.bytes(tags.html)?.toString('utf8') ?? '',
    text: message.text(tags.body) ?? '',
    received: message.time(tags.deliveryTime) ?? new Date(0),
    from: { name: message.text(tags.senderName) ?? email, email },
    to: of(recipientType.to),
    cc: of(recipientType.cc),
    isRead: (flags & messageFlag.read) !== 0,
    isDraft: (flags & messageFlag.unsent) !== 0,
    importance: (['Low', 'Normal', 'High'] as const)[message.number(tags.importance) ?? 1] ?? 'Normal',
    categories: readTexts(message.bytes(tags.namedTexts, names.keywords) ?? Buffer.alloc(0)),
    attachments: attachments.map(attachmentOf),
    messageId:
      message.text(tags.internetMessageId) ??
      `<${createHash('sha256').update(content).digest('hex').slice(0, 32)}@import>`,
    inReplyTo: message.text(tags.inReplyTo) ?? null,
    size: content.length,
    event: eventOf(message, of(recipientType.attendee)),
    extended: new Map(),
    written: { form: 'stream', content: stream },
  };
  return { item, version };
}
