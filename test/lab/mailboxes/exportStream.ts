import { writeElements } from './fastTransfer.ts';
import type { StreamElement } from './fastTransfer.ts';
import type { Address, LabEvent, LabItem } from './item.ts';
import { bytes, mark, messageFlag, names, number, recipientType, tags, text, texts, time } from './itemProperties.ts';
import { packStream } from './streamContainer.ts';
import type { StreamVersion } from './streamContainer.ts';

const recipient =
  (kind: number) =>
  ({ name, email }: Address): StreamElement[] => [
    mark('startRecipient'),
    number(tags.recipientType, kind),
    text(tags.displayName, name),
    text(tags.emailAddress, email),
    mark('endRecipient'),
  ];

function eventElements({ start, end, location, uid, weeks }: LabEvent): StreamElement[] {
  return [
    time(tags.startDate, start),
    time(tags.endDate, end),
    text(tags.namedText, location, names.location),
    // The UID that EWS shows is the global object id in hexadecimal digits.
    bytes(tags.namedBytes, Buffer.from(uid, 'hex'), names.globalObjectId),
    number(tags.namedNumber, weeks, names.weeks),
  ];
}

function elementsOf(item: LabItem): StreamElement[] {
  return [
    text(tags.messageClass, item.itemClass),
    number(tags.importance, ['Low', 'Normal', 'High'].indexOf(item.importance)),
    text(tags.subject, item.subject),
    time(tags.deliveryTime, item.received),
    number(tags.messageFlags, (item.isRead ? messageFlag.read : 0) | (item.isDraft ? messageFlag.unsent : 0)),
    text(tags.internetMessageId, item.messageId),
    ...(item.inReplyTo === null ? [] : [text(tags.inReplyTo, item.inReplyTo)]),
    text(tags.senderName, item.from.name),
    text(tags.sender, item.from.email),
    text(tags.body, item.text),
    bytes(tags.html, Buffer.from(item.html)),
    ...(item.categories.length === 0 ? [] : [texts(tags.namedTexts, item.categories, names.keywords)]),
    ...(item.event ? eventElements(item.event) : []),
    ...item.to.flatMap(recipient(recipientType.to)),
    ...item.cc.flatMap(recipient(recipientType.cc)),
    ...(item.event?.attendees ?? []).flatMap(recipient(recipientType.attendee)),
    ...item.attachments.flatMap((attachment) => [
      mark('newAttach'),
      text(tags.attachName, attachment.name),
      text(tags.attachContentType, attachment.contentType),
      ...(attachment.contentId === null ? [] : [text(tags.attachContentId, attachment.contentId)]),
      bytes(tags.attachData, attachment.content()),
      mark('endAttach'),
    ]),
  ];
}

/**
 * The opaque stream that ExportItems gives for an item; what was uploaded comes back as it came.
 * @param version of the server
 */
export function exportStream(item: LabItem, version: StreamVersion): Buffer {
  if (item.written?.form === 'stream') return item.written.content;
  return packStream({ version, content: writeElements(elementsOf(item)) });
}
