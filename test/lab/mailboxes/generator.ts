import { createHash } from 'node:crypto';
import { binaryFile, csvFile, inlinePicture } from './attachments.ts';
import type { Address, ItemKind, LabAttachment, LabEvent, LabItem } from './item.ts';
import { itemClasses } from './itemClasses.ts';
import { Random } from './random.ts';
import type { LabFolder } from './tree.ts';
import { correspondents, noteTexts, places, sentences, subjects, taskNames } from './words.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Items are spread over this time; fixed, so that every run makes the same mailbox. */
const oldest = Date.UTC(2024, 0, 8, 8);
const newest = Date.UTC(2026, 10, 20, 8);

const noValues: ReadonlyMap<string, string> = new Map();

export interface ItemPlace {
  readonly owner: Address;
  readonly folder: LabFolder;
  readonly ordinal: number;
  /** How many items the folder was made with; later ordinals arrived afterwards. */
  readonly initialCount: number;
}

function kindOf({ folder, ordinal }: ItemPlace): ItemKind {
  const folderClass = folder.folderClass ?? '';
  if (folderClass.startsWith('IPF.Appointment')) return 'appointment';
  if (folderClass.startsWith('IPF.Contact')) return 'contact';
  if (folderClass.startsWith('IPF.Task')) return 'task';
  if (folderClass.startsWith('IPF.StickyNote')) return 'note';
  return folder.distinguished === 'inbox' && ordinal % 12 === 5 ? 'meetingRequest' : 'message';
}

function receivedAt({ ordinal, initialCount }: ItemPlace): Date {
  if (ordinal >= initialCount) return new Date(newest + (ordinal - initialCount + 1) * minuteMs);
  const step = Math.floor((newest - oldest) / Math.max(initialCount, 1) / 1000) * 1000;
  return new Date(oldest + ordinal * step);
}

function subjectOf(kind: ItemKind, random: Random, ordinal: number): string {
  if (kind === 'task') return random.pick(taskNames);
  if (kind === 'note') return random.pick(noteTexts);
  if (kind === 'contact') return random.pick(correspondents).name;
  const subject = `${random.pick(subjects)} #${ordinal + 1}`;
  return kind === 'message' && random.oneIn(3) ? `Re: ${subject}` : subject;
}

function attachmentsOf(kind: ItemKind, random: Random, id: string): LabAttachment[] {
  if (kind !== 'message') return [];
  const picture = random.oneIn(4) ? [inlinePicture(random, `${id}@picture`)] : [];
  const table = random.oneIn(3) ? [csvFile(random, 'Stückliste.csv')] : [];
  const archive = random.oneIn(6) ? [binaryFile(random, 'drawings.zip')] : [];
  return [...picture, ...table, ...archive];
}

function eventOf(kind: ItemKind, random: Random, received: Date, ordinal: number, id: string): LabEvent | null {
  if (kind !== 'appointment' && kind !== 'meetingRequest') return null;
  const day = Math.floor(received.getTime() / dayMs) * dayMs + dayMs;
  const start = day + (8 + random.below(9)) * 60 * minuteMs;
  const isMeeting = kind === 'meetingRequest' || ordinal % 2 === 1;
  const guests = isMeeting ? [random.pick(correspondents), random.pick(correspondents)] : [];
  return {
    start: new Date(start),
    end: new Date(start + (30 + 30 * random.below(4)) * minuteMs),
    location: random.pick(places),
    uid: `040000008200E00074C5B7101A82E008${id.toUpperCase()}`,
    attendees: guests.filter((guest, index) => guests.indexOf(guest) === index),
    weeks: kind === 'appointment' && ordinal % 4 === 1 ? 10 : 1,
  };
}

const escapeHtml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Makes one item; the same place gives the same item on every run. */
export function makeItem(place: ItemPlace): LabItem {
  const { owner, folder, ordinal } = place;
  const seed = `${owner.email} ${folder.number} ${ordinal}`;
  const id = createHash('sha256').update(seed).digest('hex').slice(0, 32);
  const random = new Random(seed);
  const kind = kindOf(place);
  const isOwn =
    ['drafts', 'sentitems', 'calendar'].includes(folder.distinguished ?? '') || kind === 'task' || kind === 'note';
  const received = receivedAt(place);
  const subject = subjectOf(kind, random, ordinal);
  const attachments = attachmentsOf(kind, random, id);
  const paragraphs = Array.from({ length: 1 + random.below(6) }, () => random.pick(sentences));
  const picture = attachments.find((attachment) => attachment.contentId !== null);
  const image = picture ? `<p><img src="cid:${picture.contentId ?? ''}" alt="Logo"></p>` : '';
  const html = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>${paragraphs
    .map((sentence) => `<p>${escapeHtml(sentence)}</p>`)
    .join('')}${image}</body></html>`;
  const text = paragraphs.join('\r\n\r\n');
  const stranger = random.pick(correspondents);
  return {
    kind,
    itemClass: itemClasses[kind],
    folder,
    ordinal,
    subject,
    html,
    text,
    received,
    from: isOwn ? owner : stranger,
    to: [isOwn ? stranger : owner],
    cc: kind === 'message' && random.oneIn(5) ? [random.pick(correspondents)] : [],
    isRead: !random.oneIn(4),
    isDraft: folder.distinguished === 'drafts',
    importance: random.oneIn(10) ? 'High' : 'Normal',
    categories: random.oneIn(8) ? ['Blue category', 'Größe L'] : [],
    attachments,
    messageId: `<${id}@mail.${owner.email.split('@')[1] ?? 'example'}>`,
    inReplyTo: subject.startsWith('Re: ') ? `<${id.split('').reverse().join('')}@mail.example>` : null,
    size: 2_000 + Buffer.byteLength(html) + attachments.reduce((sum, attachment) => sum + attachment.size, 0),
    event: eventOf(kind, random, received, ordinal, id),
    extended: noValues,
    revision: 0,
    written: null,
  };
}
