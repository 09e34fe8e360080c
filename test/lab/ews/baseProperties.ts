import { createHash } from 'node:crypto';
import { mimeOf } from '../mailboxes/mime.ts';
import type { LabItem } from '../mailboxes/item.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { attachmentXml } from './attachmentXml.ts';
import { effectiveRights } from './folderXml.ts';
import { changeKey, folderId, itemId } from './ids.ts';
import { value } from './itemProperty.ts';
import type { ItemProperty } from './itemProperty.ts';
import { dateTime, escapeXml, leaf, tag } from './xml.ts';

const names = (list: readonly { readonly name: string }[]): string => list.map((one) => one.name).join('; ');
const received = (item: LabItem): string => dateTime(item.received);

export function itemIdXml(mailbox: Mailbox, item: LabItem): string {
  const kind = item.kind === 'appointment' ? 15 : 9;
  const key = changeKey(mailbox, kind, item.folder.number * 1_000_000 + item.ordinal + item.revision * 10_000_000_000);
  return tag('t:ItemId', { Id: itemId(mailbox, item), ChangeKey: key });
}

function conversationId(mailbox: Mailbox, item: LabItem): string {
  const topic = item.subject.replace(/^Re: /, '');
  const head = Buffer.from(`\0\x04\x24\0${mailbox.guid}\0\x10\0`, 'latin1');
  return Buffer.concat([head, createHash('md5').update(topic).digest()]).toString('base64');
}

function headersXml(item: LabItem): string {
  const header = (name: string, text: string): string =>
    tag('t:InternetMessageHeader', { HeaderName: name }, escapeXml(text));
  return tag(
    't:InternetMessageHeaders',
    {},
    header('Message-ID', item.messageId),
    header('Date', item.received.toUTCString().replace('GMT', '+0000')),
    header('Subject', item.subject),
    header('MIME-Version', '1.0'),
  );
}

const responseObjects = tag(
  't:ResponseObjects',
  {},
  ...['t:ReplyToItem', 't:ReplyAllToItem', 't:ForwardItem'].map((name) => tag(name, {})),
);

/** The properties of every kind of item before its extended ones, in the order of ItemType in types.xsd. */
export const baseProperties: readonly ItemProperty[] = [
  [
    'item:MimeContent',
    'named',
    ({ item }) => tag('t:MimeContent', { CharacterSet: 'UTF-8' }, mimeOf(item).toString('base64')),
  ],
  ['item:ItemId', 'id', ({ mailbox, item }) => itemIdXml(mailbox, item)],
  [
    'item:ParentFolderId',
    'default',
    ({ mailbox, item }) => tag('t:ParentFolderId', { Id: folderId(mailbox, item.folder), ChangeKey: 'AQAAAA==' }),
  ],
  value('item:ItemClass', 'default', (item) => item.itemClass),
  value('item:Subject', 'default', (item) => item.subject),
  value('item:Sensitivity', 'default', () => 'Normal'),
  [
    'item:Body',
    'default',
    ({ item, shape }) =>
      shape.bodyType === 'Text'
        ? tag('t:Body', { BodyType: 'Text', IsTruncated: 'false' }, escapeXml(item.text))
        : tag('t:Body', { BodyType: 'HTML', IsTruncated: 'false' }, escapeXml(item.html)),
  ],
  [
    'item:Attachments',
    'default',
    ({ mailbox, item }) =>
      item.attachments.length === 0
        ? ''
        : tag('t:Attachments', {}, ...item.attachments.map((_, index) => attachmentXml(mailbox, item, index, false))),
  ],
  value('item:DateTimeReceived', 'default', received),
  value('item:Size', 'default', (item) => item.size),
  [
    'item:Categories',
    'default',
    ({ item }) =>
      item.categories.length === 0
        ? ''
        : tag('t:Categories', {}, ...item.categories.map((name) => leaf('t:String', name))),
  ],
  value('item:Importance', 'default', (item) => item.importance),
  value('item:InReplyTo', 'all', (item) => item.inReplyTo),
  value('item:IsSubmitted', 'all', () => false),
  value('item:IsDraft', 'all', (item) => item.isDraft),
  value('item:IsFromMe', 'all', () => false),
  value('item:IsResend', 'all', () => false),
  value('item:IsUnmodified', 'all', () => true),
  ['item:InternetMessageHeaders', 'all', ({ item }) => (item.kind === 'message' ? headersXml(item) : '')],
  value('item:DateTimeSent', 'default', received),
  value('item:DateTimeCreated', 'default', received),
  ['item:ResponseObjects', 'all', ({ item }) => (item.kind === 'message' && !item.isDraft ? responseObjects : '')],
  value('item:ReminderIsSet', 'all', () => false),
  value('item:DisplayCc', 'all', (item) => names(item.cc)),
  value('item:DisplayTo', 'all', (item) => names(item.to)),
  value('item:HasAttachments', 'default', (item) => item.attachments.some((one) => one.contentId === null)),
];

/** Those after the extended properties. */
export const lateBaseProperties: readonly ItemProperty[] = [
  value('item:Culture', 'all', () => 'en-US'),
  ['item:EffectiveRights', 'all', () => effectiveRights(false)],
  value('item:LastModifiedName', 'all', (_, mailbox) => mailbox.owner.name),
  value('item:LastModifiedTime', 'all', received),
  value('item:IsAssociated', 'all', () => false),
  value(
    'item:WebClientReadFormQueryString',
    'all',
    (item, mailbox) =>
      `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(itemId(mailbox, item))}&exvsurl=1&viewmodel=ReadMessageItem`,
  ),
  ['item:ConversationId', 'all', ({ mailbox, item }) => tag('t:ConversationId', { Id: conversationId(mailbox, item) })],
  [
    'item:UniqueBody',
    'named',
    ({ item }) => tag('t:UniqueBody', { BodyType: 'HTML', IsTruncated: 'false' }, escapeXml(item.html)),
  ],
  ['item:Flag', 'all', () => tag('t:Flag', {}, leaf('t:FlagStatus', 'NotFlagged'))],
  value('item:InstanceKey', 'all', (item) => Buffer.from(`${item.folder.number}/${item.ordinal}`).toString('base64')),
  [
    'item:NormalizedBody',
    'named',
    ({ item }) => tag('t:NormalizedBody', { BodyType: 'HTML', IsTruncated: 'false' }, escapeXml(item.html)),
  ],
  value('item:Preview', 'named', (item) => item.text.slice(0, 255)),
  [
    'item:TextBody',
    'named',
    ({ item }) => tag('t:TextBody', { BodyType: 'Text', IsTruncated: 'false' }, escapeXml(item.text)),
  ],
];
