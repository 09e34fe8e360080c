import { mailboxXml, recipients, value } from './itemProperty.ts';
import type { ItemProperty } from './itemProperty.ts';
import { dateTime, leaf, tag } from './xml.ts';

/** What MessageType adds to ItemType, in its order. */
export const messageProperties: readonly ItemProperty[] = [
  ['message:Sender', 'default', ({ item }) => tag('t:Sender', {}, mailboxXml(item.from))],
  ['message:ToRecipients', 'default', ({ item }) => recipients('t:ToRecipients', item.to)],
  ['message:CcRecipients', 'default', ({ item }) => recipients('t:CcRecipients', item.cc)],
  value('message:IsReadReceiptRequested', 'default', () => false),
  value('message:IsDeliveryReceiptRequested', 'default', () => false),
  value('message:ConversationTopic', 'all', (item) => item.subject.replace(/^Re: /, '')),
  ['message:From', 'default', ({ item }) => tag('t:From', {}, mailboxXml(item.from))],
  value('message:InternetMessageId', 'default', (item) => item.messageId),
  value('message:IsRead', 'default', (item) => item.isRead),
  value('message:IsResponseRequested', 'all', () => false),
  value('message:References', 'all', (item) => item.inReplyTo),
  [
    'message:ReceivedBy',
    'all',
    ({ item, mailbox }) => (item.isDraft ? '' : tag('t:ReceivedBy', {}, mailboxXml(mailbox.owner))),
  ],
  [
    'message:ReceivedRepresenting',
    'all',
    ({ item, mailbox }) => (item.isDraft ? '' : tag('t:ReceivedRepresenting', {}, mailboxXml(mailbox.owner))),
  ],
];

/** What MeetingMessageType and MeetingRequestMessageType add to MessageType, in their order. */
export const meetingRequestProperties: readonly ItemProperty[] = [
  ...messageProperties,
  value('meeting:IsDelegated', 'all', () => false),
  value('meeting:IsOutOfDate', 'all', () => false),
  value('meeting:HasBeenProcessed', 'default', () => true),
  value('meeting:ResponseType', 'all', () => 'NoResponseReceived'),
  ['calendar:UID', 'all', ({ item }) => (item.event ? leaf('t:UID', item.event.uid) : '')],
  value('meetingRequest:MeetingRequestType', 'default', () => 'NewMeetingRequest'),
  value('meetingRequest:IntendedFreeBusyStatus', 'all', () => 'Busy'),
  ['calendar:Start', 'default', ({ item }) => (item.event ? leaf('t:Start', dateTime(item.event.start)) : '')],
  ['calendar:End', 'default', ({ item }) => (item.event ? leaf('t:End', dateTime(item.event.end)) : '')],
  value('calendar:IsAllDayEvent', 'all', () => false),
  value('calendar:LegacyFreeBusyStatus', 'all', () => 'Tentative'),
  ['calendar:Location', 'default', ({ item }) => (item.event ? leaf('t:Location', item.event.location) : '')],
  value('calendar:IsMeeting', 'all', () => true),
  value('calendar:IsCancelled', 'all', () => false),
  value('calendar:IsRecurring', 'all', () => false),
  value('calendar:CalendarItemType', 'all', () => 'Single'),
  value('calendar:MyResponseType', 'all', () => 'NoResponseReceived'),
  ['calendar:Organizer', 'default', ({ item }) => tag('t:Organizer', {}, mailboxXml(item.from))],
];
