import { createHash } from 'node:crypto';
import { itemClasses } from './itemClasses.ts';
import type { Address, LabAttachment, NewItem } from './item.ts';
import { parametersOf, readMime, textOf } from './mimeReader.ts';
import type { MimePart } from './mimeReader.ts';

/** The addresses of a header (RFC 5322, 3.4), without groups and comments. */
function addresses(header: string | undefined): Address[] {
  const list = (header ?? '').match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? [];
  return list
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [, name = '', email] = /^(.*?)\s*<([^>]*)>$/.exec(one) ?? [];
      if (email === undefined) return { name: one, email: one };
      return { name: name.replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1') || email, email };
    });
}

const leaves = (part: MimePart): MimePart[] => (part.parts.length === 0 ? [part] : part.parts.flatMap(leaves));

function attachmentOf(part: MimePart): LabAttachment {
  const { parameters } = parametersOf(part.headers.get('content-disposition') ?? '');
  const { content, contentType } = part;
  return {
    name: parameters.get('filename') ?? part.parameters.get('name') ?? 'attachment',
    contentType,
    contentId: part.headers.get('content-id')?.replace(/^<(.*)>$/, '$1') ?? null,
    size: content.length,
    content: () => content,
  };
}

const isBody = ({ contentType, headers }: MimePart, wanted: string): boolean =>
  contentType === wanted && !/^attachment/i.test(headers.get('content-disposition') ?? '');

/** Whole words of HTML as text, for a message that has no text of its own. */
const plain = (html: string): string =>
  html
    .replace(/<(style|script|head)[^]*?<\/\1>/gi, '')
    .replace(/<\/(p|div|tr|h\d)>|<br[^>]*>/gi, '\r\n')
    .replace(/<[^>]*>/g, '')
    .trim();

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const importances: Readonly<Record<string, NewItem['importance']>> = { low: 'Low', high: 'High' };

/**
 * Makes a message of its Internet format.
 * @param now what a message without a date is dated
 * @returns undefined for what is not a message
 */
export function importMime(message: Buffer, now: Date): NewItem | undefined {
  const root = readMime(message);
  if (!root) return undefined;
  const parts = leaves(root);
  const htmlPart = parts.find((part) => isBody(part, 'text/html'));
  const textPart = parts.find((part) => isBody(part, 'text/plain'));
  const html = htmlPart ? textOf(htmlPart) : undefined;
  const text = textPart ? textOf(textPart) : plain(html ?? '');
  const header = (name: string): string | undefined => root.headers.get(name);
  const date = new Date(header('date') ?? '');
  const digest = createHash('sha256').update(message).digest('hex').slice(0, 32);
  return {
    kind: 'message',
    itemClass: itemClasses.message,
    subject: header('subject') ?? '',
    html: html ?? `<html><body><pre>${escape(text)}</pre></body></html>`,
    text,
    received: Number.isNaN(date.getTime()) ? now : date,
    from: addresses(header('from') ?? header('sender'))[0] ?? { name: '', email: '' },
    to: addresses(header('to')),
    cc: addresses(header('cc')),
    isRead: true,
    isDraft: true,
    importance: importances[header('importance')?.toLowerCase() ?? ''] ?? 'Normal',
    categories: (header('keywords') ?? '')
      .split(/[,;]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    attachments: parts
      .filter((part) => part !== htmlPart && part !== textPart && part.contentType !== 'text/calendar')
      .map(attachmentOf),
    messageId: header('message-id') ?? `<${digest}@import>`,
    inReplyTo: header('in-reply-to') ?? null,
    size: message.length,
    event: null,
    extended: new Map(),
    written: { form: 'mime', content: message },
  };
}
