import type { Address, LabAttachment, LabEvent, LabItem } from './item.ts';

const crlf = '\r\n';

/** Base64 in lines of 76 characters (RFC 2045, 6.8). */
const base64 = (content: Uint8Array): string =>
  (
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,76}/g) ?? ['']
  ).join(crlf);

/** Text of a header, as encoded words of at most 75 characters when it is not ASCII (RFC 2047). */
function encodeHeader(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    // 45 bytes become 60 characters; with =?utf-8?B? and ?= it stays below 75.
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join(`${crlf} `);
}

function mailbox({ name, email }: Address): string {
  return /^[\x20-\x7e]*$/.test(name) ? `"${name}" <${email}>` : `${encodeHeader(name)} <${email}>`;
}

/** RFC 5322 date in UTC. */
const mailDate = (date: Date): string => date.toUTCString().replace('GMT', '+0000');

interface Part {
  readonly headers: readonly string[];
  readonly body: string;
}

const textPart = (contentType: string, text: string): Part => ({
  headers: [`Content-Type: ${contentType}; charset="utf-8"`, 'Content-Transfer-Encoding: base64'],
  body: base64(Buffer.from(text)),
});

function filePart(attachment: LabAttachment): Part {
  const isInline = attachment.contentId !== null;
  const name = encodeURIComponent(attachment.name);
  return {
    headers: [
      `Content-Type: ${attachment.contentType}; name="${encodeHeader(attachment.name)}"`,
      `Content-Disposition: ${isInline ? 'inline' : 'attachment'}; filename*=utf-8''${name}; size=${attachment.size}`,
      ...(isInline ? [`Content-ID: <${attachment.contentId}>`] : []),
      'Content-Transfer-Encoding: base64',
    ],
    body: base64(attachment.content()),
  };
}

/** Wraps parts in a multipart; one alone stays as it is. */
function multipart(subtype: string, boundary: string, parts: readonly Part[], parameters = ''): Part {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const body = parts.map((part) => `--${boundary}${crlf}${part.headers.join(crlf)}${crlf}${crlf}${part.body}${crlf}`);
  return {
    headers: [`Content-Type: multipart/${subtype}; boundary="${boundary}"${parameters}`],
    body: `${body.join('')}--${boundary}--`,
  };
}

/** Escapes a text value of iCalendar and vCard (RFC 5545, 3.3.11; RFC 6350, 3.4). */
const escapeText = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** Content lines of at most 75 bytes (RFC 5545, 3.1). */
function fold(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  for (const character of line) {
    if (Buffer.byteLength(piece + character) > 74) {
      pieces.push(piece);
      piece = ' ';
    }
    piece += character;
  }
  return [...pieces, piece].join(crlf);
}

const stamp = (date: Date): string => `${date.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

function calendar(item: LabItem, event: LabEvent): string {
  const isRequest = item.kind === 'meetingRequest' || event.attendees.length > 0;
  return [
    'BEGIN:VCALENDAR',
    `METHOD:${isRequest ? 'REQUEST' : 'PUBLISH'}`,
    'PRODID:Microsoft Exchange Server 2010',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    `ORGANIZER;CN="${item.from.name}":mailto:${item.from.email}`,
    ...event.attendees.map((guest) => `ATTENDEE;ROLE=REQ-PARTICIPANT;CN="${guest.name}":mailto:${guest.email}`),
    `DESCRIPTION:${escapeText(item.text)}`,
    ...(event.weeks > 1 ? [`RRULE:FREQ=WEEKLY;COUNT=${event.weeks}`] : []),
    `UID:${event.uid}`,
    `SUMMARY:${escapeText(item.subject)}`,
    `DTSTART:${stamp(event.start)}`,
    `DTEND:${stamp(event.end)}`,
    `DTSTAMP:${stamp(item.received)}`,
    `LOCATION:${escapeText(event.location)}`,
    'SEQUENCE:0',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(fold)
    .join(crlf);
}

function vcard(item: LabItem): string {
  return [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `FN:${escapeText(item.subject)}`,
    `N:${escapeText(item.subject)};;;;`,
    `EMAIL;TYPE=INTERNET:${item.from.email}`,
    `REV:${stamp(item.received)}`,
    'END:VCARD',
    '',
  ]
    .map(fold)
    .join(crlf);
}

function message(item: LabItem): string {
  const boundary = (name: string): string => `_${name}_${item.messageId.slice(1, 33)}_`;
  const meeting = item.event ? [{ ...textPart('text/calendar; method=REQUEST', calendar(item, item.event)) }] : [];
  const pictures = item.attachments.filter((attachment) => attachment.contentId !== null);
  const files = item.attachments.filter((attachment) => attachment.contentId === null);
  const alternative = multipart('alternative', boundary('alt'), [
    textPart('text/plain', item.text),
    textPart('text/html', item.html),
    ...meeting,
  ]);
  const related = multipart(
    'related',
    boundary('rel'),
    [alternative, ...pictures.map(filePart)],
    '; type="multipart/alternative"',
  );
  const mixed = multipart('mixed', boundary('mix'), [related, ...files.map(filePart)]);
  const list = (addresses: readonly Address[]): string => addresses.map(mailbox).join(`,${crlf} `);
  return [
    `From: ${mailbox(item.from)}`,
    `To: ${list(item.to)}`,
    ...(item.cc.length > 0 ? [`CC: ${list(item.cc)}`] : []),
    `Subject: ${encodeHeader(item.subject)}`,
    `Date: ${mailDate(item.received)}`,
    `Message-ID: ${item.messageId}`,
    ...(item.inReplyTo === null ? [] : [`In-Reply-To: ${item.inReplyTo}`]),
    ...(item.importance === 'Normal' ? [] : [`Importance: ${item.importance.toLowerCase()}`]),
    'MIME-Version: 1.0',
    ...mixed.headers,
    '',
    mixed.body,
    '',
  ].join(crlf);
}

/** The item in the Internet format that Exchange gives for its kind: a message, iCalendar or vCard; as it came, if it came so. */
export function mimeOf(item: LabItem): Buffer {
  if (item.written?.form === 'mime') return item.written.content;
  if (item.kind === 'contact') return Buffer.from(vcard(item));
  if (item.kind === 'appointment' && item.event) return Buffer.from(calendar(item, item.event));
  return Buffer.from(message(item));
}
