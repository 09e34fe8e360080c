import type { LabEvent, LabItem } from '../mailboxes/item.ts';
import { mailboxXml, value } from './itemProperty.ts';
import type { ItemProperty } from './itemProperty.ts';
import { dateTime, leaf, tag } from './xml.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const ofEvent =
  (render: (event: LabEvent, item: LabItem) => string) =>
  ({ item }: { readonly item: LabItem }): string =>
    item.event ? render(item.event, item) : '';

const date = (name: string, read: (event: LabEvent) => Date): ((view: { readonly item: LabItem }) => string) =>
  ofEvent((event) => leaf(name, dateTime(read(event))));

const isMeeting = (item: LabItem): boolean => (item.event?.attendees.length ?? 0) > 0;
const isRecurring = (item: LabItem): boolean => (item.event?.weeks ?? 1) > 1;

function attendees({ attendees: guests }: LabEvent): string {
  if (guests.length === 0) return '';
  const guest = guests.map((one) => tag('t:Attendee', {}, mailboxXml(one), leaf('t:ResponseType', 'Unknown')));
  return tag('t:RequiredAttendees', {}, ...guest);
}

function recurrence({ start, weeks }: LabEvent): string {
  if (weeks === 1) return '';
  const first = `${start.toISOString().slice(0, 10)}Z`;
  const weekday = weekdays[start.getUTCDay()] ?? 'Monday';
  return tag(
    't:Recurrence',
    {},
    tag(
      't:WeeklyRecurrence',
      {},
      leaf('t:Interval', 1),
      leaf('t:DaysOfWeek', weekday),
      leaf('t:FirstDayOfWeek', 'Monday'),
    ),
    tag('t:NumberedRecurrence', {}, leaf('t:StartDate', first), leaf('t:NumberOfOccurrences', weeks)),
  );
}

const duration = ({ start, end }: LabEvent): string => {
  const minutes = Math.round((end.getTime() - start.getTime()) / 60_000);
  const hours = Math.floor(minutes / 60);
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes % 60 > 0 ? `${minutes % 60}M` : ''}`;
};

/** What CalendarItemType adds to ItemType, in its order. */
export const calendarProperties: readonly ItemProperty[] = [
  ['calendar:UID', 'all', ofEvent((event) => leaf('t:UID', event.uid))],
  value('calendar:DateTimeStamp', 'all', (item) => dateTime(item.received)),
  ['calendar:Start', 'default', date('t:Start', (event) => event.start)],
  ['calendar:End', 'default', date('t:End', (event) => event.end)],
  value('calendar:IsAllDayEvent', 'all', () => false),
  value('calendar:LegacyFreeBusyStatus', 'default', () => 'Busy'),
  ['calendar:Location', 'default', ofEvent((event) => leaf('t:Location', event.location))],
  value('calendar:IsMeeting', 'all', isMeeting),
  value('calendar:IsCancelled', 'all', () => false),
  value('calendar:IsRecurring', 'all', () => false),
  value('calendar:MeetingRequestWasSent', 'all', isMeeting),
  value('calendar:IsResponseRequested', 'all', () => true),
  value('calendar:CalendarItemType', 'default', (item) => (isRecurring(item) ? 'RecurringMaster' : 'Single')),
  value('calendar:MyResponseType', 'all', (item) => (isMeeting(item) ? 'Organizer' : 'Unknown')),
  ['calendar:Organizer', 'default', ({ item }) => tag('t:Organizer', {}, mailboxXml(item.from))],
  ['calendar:RequiredAttendees', 'all', ofEvent(attendees)],
  ['calendar:Duration', 'all', ofEvent((event) => leaf('t:Duration', duration(event)))],
  value('calendar:TimeZone', 'all', () => 'UTC'),
  value('calendar:AppointmentSequenceNumber', 'all', () => 0),
  value('calendar:AppointmentState', 'all', (item) => (isMeeting(item) ? 1 : 0)),
  ['calendar:Recurrence', 'all', ofEvent(recurrence)],
  value('calendar:StartTimeZoneId', 'all', () => 'UTC'),
  value('calendar:EndTimeZoneId', 'all', () => 'UTC'),
  value('calendar:IsOrganizer', 'all', () => true),
];
