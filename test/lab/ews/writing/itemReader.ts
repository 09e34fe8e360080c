import { randomUUID } from 'node:crypto';
import { importCalendar, importContact } from '../../mailboxes/importText.ts';
import { importMime } from '../../mailboxes/importMime.ts';
import { itemClasses, kindOfClass } from '../../mailboxes/itemClasses.ts';
import type { Address, ItemKind, LabAttachment, LabEvent, NewItem } from '../../mailboxes/item.ts';
import { extendedKey } from '../extendedProperties.ts';
import { ResponseError, SoapFault } from '../fault.ts';
import { child, childText } from '../xmlReader.ts';
import type { XmlElement } from '../xmlReader.ts';

const kinds: Readonly<Record<string, ItemKind>> = {
  't:Message': 'message',
  't:PostItem': 'message',
  't:CalendarItem': 'appointment',
  't:Contact': 'contact',
  't:Task': 'task',
};

/** Properties that only the server sets. */
const readOnly: ReadonlySet<string> = new Set(
  [
    'ItemId ParentFolderId DateTimeReceived Size IsSubmitted IsDraft IsFromMe IsResend IsUnmodified DateTimeSent',
    'DateTimeCreated ResponseObjects DisplayCc DisplayTo HasAttachments EffectiveRights LastModifiedName LastModifiedTime',
    'WebClientReadFormQueryString WebClientEditFormQueryString ConversationId UniqueBody InstanceKey NormalizedBody',
    'Preview TextBody IconIndex BlockStatus HasBlockedImages RightsManagementLicenseData',
  ]
    .join(' ')
    .split(' ')
    .map((name) => `t:${name}`),
);

const isTrue = (text: string | undefined): boolean => text === 'true' || text === '1';
const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function mailboxOf(element: XmlElement): Address {
  const email = childText(element, 't:EmailAddress') ?? '';
  return { name: childText(element, 't:Name') ?? email, email };
}

const mailboxes = (list: XmlElement | undefined): Address[] | undefined => list?.children.map(mailboxOf);

function attachmentOf(element: XmlElement): LabAttachment {
  if (element.name !== 't:FileAttachment') {
    throw new SoapFault('ErrorInvalidOperation', `The simulated server does not make ${element.name.slice(2)}s.`);
  }
  const content = Buffer.from(childText(element, 't:Content') ?? '', 'base64');
  return {
    name: childText(element, 't:Name') ?? 'attachment',
    contentType: childText(element, 't:ContentType') ?? 'application/octet-stream',
    contentId: childText(element, 't:ContentId') ?? null,
    size: content.length,
    content: () => content,
  };
}

function eventOf(element: XmlElement, known: LabEvent | null): LabEvent | null {
  if (element.name !== 't:CalendarItem') return known;
  const start = childText(element, 't:Start');
  const end = childText(element, 't:End');
  if (!known && (start === undefined || end === undefined)) {
    throw new ResponseError('ErrorRequiredPropertyMissing', 'A calendar item has to have a start and an end.');
  }
  const attendees = ['t:RequiredAttendees', 't:OptionalAttendees'].flatMap((name) =>
    (child(element, name)?.children ?? []).flatMap((guest) => mailboxes(guest) ?? []),
  );
  return {
    start: start === undefined ? (known?.start ?? new Date(0)) : new Date(start),
    end: end === undefined ? (known?.end ?? new Date(0)) : new Date(end),
    location: childText(element, 't:Location') ?? known?.location ?? '',
    uid: childText(element, 't:UID') ?? known?.uid ?? randomUUID().replaceAll('-', '').toUpperCase(),
    attendees: attendees.length > 0 ? attendees : (known?.attendees ?? []),
    weeks: known?.weeks ?? 1,
  };
}

/** The item that MimeContent is of, in the format of its kind. @throws ResponseError */
function fromMime(element: XmlElement, kind: ItemKind, now: Date): NewItem | undefined {
  const text = childText(element, 't:MimeContent');
  if (text === undefined) return undefined;
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) {
    throw new ResponseError('ErrorMimeContentInvalidBase64String', 'The MIME content is not a valid Base64 string.');
  }
  if (kind === 'task') {
    throw new ResponseError('ErrorUnsupportedMimeConversion', 'The conversion of the MIME content is not supported.');
  }
  const content = Buffer.from(text, 'base64');
  const item =
    kind === 'appointment'
      ? importCalendar(content, now)
      : kind === 'contact'
        ? importContact(content, now)
        : importMime(content, now);
  if (!item) throw new ResponseError('ErrorMimeContentInvalid', 'The MIME content is invalid.');
  return item;
}

function blank(kind: ItemKind, owner: Address, now: Date): NewItem {
  return {
    ...{
      kind,
      itemClass: itemClasses[kind],
      subject: '',
      html: '',
      text: '',
      received: now,
      from: owner,
      to: [],
      cc: [],
    },
    ...{ isRead: true, isDraft: kind === 'message', importance: 'Normal', categories: [], attachments: [], size: 0 },
    ...{ messageId: `<${randomUUID()}@mail.${owner.email.split('@')[1] ?? 'example'}>`, inReplyTo: null, event: null },
    ...{ extended: new Map<string, string>(), written: null },
  };
}

function bodyOf(element: XmlElement): Partial<Pick<NewItem, 'html' | 'text'>> {
  const body = child(element, 't:Body');
  if (!body) return {};
  const { text } = body;
  if (body.attributes.get('BodyType') === 'Text') {
    return { text, html: `<html><body><pre>${escape(text)}</pre></body></html>` };
  }
  return { html: text, text: text.replace(/<[^>]*>/g, '').trim() };
}

function extendedOf(element: XmlElement): Map<string, string> {
  const found = new Map<string, string>();
  for (const property of element.children.filter((one) => one.name === 't:ExtendedProperty')) {
    const uri = child(property, 't:ExtendedFieldURI');
    const value = child(property, 't:Value');
    if (!uri || !value) throw new SoapFault('ErrorInvalidOperation', 'The simulated server has no lists of values.');
    found.set(extendedKey(uri.attributes), value.text);
  }
  return found;
}

/** What extended properties say of a message that has no other place for it: PidTagMessageFlags, times. */
function overrides(extended: ReadonlyMap<string, string>): Partial<NewItem> {
  const value = (tag: number, type: string): string | undefined =>
    extended.get(
      extendedKey(
        new Map([
          ['PropertyTag', String(tag)],
          ['PropertyType', type],
        ]),
      ),
    );
  const flags = value(0x0e07, 'Integer');
  const time = value(0x0e06, 'SystemTime') ?? value(0x0039, 'SystemTime');
  return {
    ...(flags === undefined ? {} : { isRead: (Number(flags) & 1) !== 0, isDraft: (Number(flags) & 8) !== 0 }),
    ...(time === undefined ? {} : { received: new Date(time) }),
  };
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

const given = <T extends object>(values: T): Given<T> =>
  // Object.fromEntries forgets the names; these are the ones of T that have a value.
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;

/**
 * Reads an item that a client creates.
 * @param owner whom it is from, unless it says otherwise
 * @throws ResponseError for what Exchange refuses, SoapFault for what the lab cannot do
 */
export function readItem(element: XmlElement, owner: Address): NewItem {
  const wrong = element.children.find((one) => readOnly.has(one.name));
  if (wrong) throw new ResponseError('ErrorInvalidPropertySet', `${wrong.name.slice(2)} cannot be set.`);
  const now = new Date();
  const kind = kinds[element.name] ?? 'message';
  const base = fromMime(element, kind, now) ?? blank(kind, owner, now);
  const itemClass = childText(element, 't:ItemClass') ?? (element.name === 't:PostItem' ? 'IPM.Post' : base.itemClass);
  const ofClass = kindOfClass(itemClass);
  if (ofClass !== kind && kind !== 'message') {
    throw new ResponseError('ErrorObjectTypeChanged', 'The item class is not one of this kind of item.');
  }
  const extended = extendedOf(element);
  const sender = child(child(element, 't:From') ?? child(element, 't:Sender'), 't:Mailbox');
  const importance = childText(element, 't:Importance');
  const isRead = childText(element, 't:IsRead');
  const item: NewItem = {
    ...base,
    kind: ofClass,
    itemClass,
    ...bodyOf(element),
    ...given({
      subject: child(element, 't:Subject')?.text ?? childText(element, 't:DisplayName'),
      to: mailboxes(child(element, 't:ToRecipients')),
      cc: mailboxes(child(element, 't:CcRecipients')),
      categories: child(element, 't:Categories')?.children.map((one) => one.text),
      attachments: child(element, 't:Attachments')?.children.map(attachmentOf),
      messageId: childText(element, 't:InternetMessageId'),
      inReplyTo: childText(element, 't:InReplyTo'),
      isRead: isRead === undefined ? undefined : isTrue(isRead),
    }),
    ...(sender ? { from: mailboxOf(sender) } : {}),
    ...(importance === 'Low' || importance === 'High' ? { importance } : {}),
    ...overrides(extended),
    event: eventOf(element, base.event),
    extended,
  };
  const attached = item.attachments.reduce((sum, one) => sum + one.size, 0);
  return item.size > 0 ? item : { ...item, size: 1_000 + Buffer.byteLength(item.html) + attached };
}
