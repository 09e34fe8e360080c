import { createHash } from 'node:crypto';
import { itemClasses } from './itemClasses.ts';
import type { Address, NewItem } from './item.ts';

/** Reads iCalendar (RFC 5545) and vCard (RFC 6350), as far as the lab's appointments and contacts have them. */

interface Line {
  readonly name: string;
  readonly parameters: string;
  readonly value: string;
}

function linesOf(content: Buffer): Line[] {
  const unfolded = content.toString('utf8').replace(/\r?\n[ \t]/g, '');
  return [...unfolded.matchAll(/^([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":])*)*):(.*?)\r?$/gm)].map(
    ([, name = '', parameters = '', value = '']) => ({ name: name.toUpperCase(), parameters, value }),
  );
}

const unescape = (text: string): string => text.replace(/\\[nN]/g, '\r\n').replace(/\\(.)/g, '$1');

/** A time in UTC, or a day. */
function timeOf(text: string | undefined): Date | undefined {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(text ?? '') ?? [];
  return year === undefined ? undefined : new Date(`${year}-${month ?? ''}-${day ?? ''}T${hour}:${minute}:${second}Z`);
}

function addressOf({ parameters, value }: Line): Address {
  const email = value.replace(/^mailto:/i, '');
  const [, quoted, plain] = /;CN=(?:"([^"]*)"|([^;:]*))/i.exec(parameters) ?? [];
  return { name: quoted ?? plain ?? email, email };
}

function blank(kind: 'appointment' | 'contact', content: Buffer, now: Date): NewItem {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 32);
  return {
    ...{ kind, itemClass: itemClasses[kind], subject: '', html: '', text: '', received: now, to: [], cc: [] },
    ...{ from: { name: '', email: '' }, isRead: true, isDraft: false, importance: 'Normal', categories: [] },
    ...{ attachments: [], messageId: `<${digest}@import>`, inReplyTo: null, size: content.length, event: null },
    ...{ extended: new Map<string, string>(), written: { form: 'mime', content } },
  };
}

/** @returns undefined for what has no event with a start */
export function importCalendar(content: Buffer, now: Date): NewItem | undefined {
  const lines = linesOf(content);
  const value = (name: string): string | undefined => lines.find((line) => line.name === name)?.value;
  const start = timeOf(value('DTSTART'));
  if (!start) return undefined;
  const organizer = lines.find((line) => line.name === 'ORGANIZER');
  const text = unescape(value('DESCRIPTION') ?? '');
  return {
    ...blank('appointment', content, timeOf(value('DTSTAMP')) ?? now),
    subject: unescape(value('SUMMARY') ?? ''),
    text,
    html: `<html><body><pre>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</pre></body></html>`,
    ...(organizer ? { from: addressOf(organizer) } : {}),
    event: {
      start,
      end: timeOf(value('DTEND')) ?? start,
      location: unescape(value('LOCATION') ?? ''),
      uid: value('UID') ?? '',
      attendees: lines.filter((line) => line.name === 'ATTENDEE').map(addressOf),
      weeks: Number(/^FREQ=WEEKLY;COUNT=(\d+)$/.exec(value('RRULE') ?? '')?.[1] ?? 1),
    },
  };
}

/** @returns undefined for what is no card with a name */
export function importContact(content: Buffer, now: Date): NewItem | undefined {
  const lines = linesOf(content);
  const value = (name: string): string | undefined => lines.find((line) => line.name === name)?.value;
  const name = value('FN');
  if (name === undefined) return undefined;
  const subject = unescape(name);
  return {
    ...blank('contact', content, timeOf(value('REV')) ?? now),
    subject,
    from: { name: subject, email: value('EMAIL') ?? '' },
  };
}
