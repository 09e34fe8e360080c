import { mailboxXml, value } from './itemProperty.ts';
import type { ItemProperty } from './itemProperty.ts';
import { dateTime, escapeXml, tag } from './xml.ts';

/** What ContactItemType adds to ItemType, in its order. */
export const contactProperties: readonly ItemProperty[] = [
  value('contacts:FileAs', 'default', (item) => item.subject),
  value('contacts:DisplayName', 'default', (item) => item.subject),
  value('contacts:GivenName', 'all', (item) => item.subject.split(' ')[0] ?? ''),
  value('contacts:CompanyName', 'default', (item) => item.from.email.split('@')[1] ?? null),
  [
    'contacts:EmailAddresses',
    'default',
    ({ item }) =>
      tag(
        't:EmailAddresses',
        {},
        tag('t:Entry', { Key: 'EmailAddress1', Name: item.from.name, RoutingType: 'SMTP' }, escapeXml(item.from.email)),
      ),
  ],
  [
    'contacts:PhoneNumbers',
    'default',
    ({ item }) =>
      tag('t:PhoneNumbers', {}, tag('t:Entry', { Key: 'BusinessPhone' }, `+49 30 555 ${item.ordinal + 100}`)),
  ],
  value('contacts:Surname', 'all', (item) => item.subject.split(' ').slice(1).join(' ') || null),
  value('contacts:HasPicture', 'all', () => false),
];

/** What TaskType adds to ItemType, in its order. */
export const taskProperties: readonly ItemProperty[] = [
  value('task:ChangeCount', 'all', () => 1),
  value('task:DueDate', 'default', (item) => dateTime(item.received)),
  value('task:IsComplete', 'all', (item) => item.isRead),
  value('task:IsRecurring', 'all', () => false),
  value('task:IsTeamTask', 'all', () => false),
  value('task:Owner', 'all', (item) => item.from.name),
  value('task:PercentComplete', 'default', (item) => (item.isRead ? 100 : 0)),
  value('task:StartDate', 'default', (item) => dateTime(item.received)),
  value('task:Status', 'default', (item) => (item.isRead ? 'Completed' : 'NotStarted')),
  value('task:StatusDescription', 'all', (item) => (item.isRead ? 'Completed' : 'Not Started')),
];

/** Notes are plain messages to EWS; only the few properties that they have are given. */
export const noteProperties: readonly ItemProperty[] = [
  ['message:From', 'default', ({ item }) => tag('t:From', {}, mailboxXml(item.from))],
  value('message:InternetMessageId', 'default', (item) => item.messageId),
  value('message:IsRead', 'default', () => true),
];
