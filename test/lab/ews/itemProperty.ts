import type { Address, LabItem } from '../mailboxes/item.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import type { Presence, Shape } from './shape.ts';
import { leaf, tag } from './xml.ts';

export interface ItemView {
  readonly mailbox: Mailbox;
  readonly item: LabItem;
  readonly shape: Shape;
}

/** One property of an item: its name for clients, where it shows, and its XML ('' when the item has none). */
export type ItemProperty = readonly [uri: string, presence: Presence, render: (view: ItemView) => string];

/** Properties that FindItem and SyncFolderItems never give, because they would have to open each item. */
export const onlyWithGetItem: ReadonlySet<string> = new Set([
  'item:MimeContent',
  'item:Body',
  'item:TextBody',
  'item:UniqueBody',
  'item:NormalizedBody',
  'item:Attachments',
  'item:InternetMessageHeaders',
  'item:ResponseObjects',
  'message:ToRecipients',
  'message:CcRecipients',
  'message:BccRecipients',
  'message:ReplyTo',
  'calendar:RequiredAttendees',
  'calendar:OptionalAttendees',
  'calendar:Recurrence',
]);

/** A property that is a single value, named as its field is. */
export function value(
  uri: string,
  presence: Presence,
  read: (item: LabItem, mailbox: Mailbox) => string | number | boolean | null,
): ItemProperty {
  const name = `t:${uri.slice(uri.indexOf(':') + 1)}`;
  return [
    uri,
    presence,
    ({ item, mailbox }) => {
      const found = read(item, mailbox);
      return found === null ? '' : leaf(name, found);
    },
  ];
}

export function mailboxXml({ name, email }: Address): string {
  return tag(
    't:Mailbox',
    {},
    leaf('t:Name', name),
    leaf('t:EmailAddress', email),
    leaf('t:RoutingType', 'SMTP'),
    leaf('t:MailboxType', email.endsWith('.example') ? 'OneOff' : 'Mailbox'),
  );
}

export const recipients = (name: string, list: readonly Address[]): string =>
  list.length === 0 ? '' : tag(name, {}, ...list.map(mailboxXml));
