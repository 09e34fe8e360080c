import { z } from 'zod';

/** Items beside those that a mailbox has by itself. */
const moreItems = z
  .array(
    z.strictObject({
      /** As DistinguishedFolderId names it. */
      folder: z.string(),
      count: z.int().min(1).max(1_000_000).default(1),
      /** What each says to take; what it holds stays as small as ever. */
      bytes: z
        .int()
        .min(1)
        .max(2 ** 31 - 1)
        .optional(),
    }),
  )
  .default([]);

/** What is in a mailbox, as far as a test decides about it; a part of the mailbox's state. */
export const mailboxContents = {
  language: z.enum(['en', 'de']).default('en'),
  moreItems,
  /** A folder that shows what is in the Inbox and below it. */
  searchFolder: z.boolean().default(false),
  /** Folders have no PidTagMessageSize. */
  sizesUntold: z.boolean().default(false),
  /** null: the mailbox has no archive. */
  archive: z
    .strictObject({ items: z.int().min(0).max(1_000_000).default(40), moreItems })
    .nullable()
    .default(null),
};

export interface Contents {
  readonly language: 'en' | 'de';
  readonly moreItems: z.output<typeof moreItems>;
  readonly searchFolder: boolean;
  readonly sizesUntold: boolean;
}

export const usualContents: Contents = { language: 'en', moreItems: [], searchFolder: false, sizesUntold: false };

/** Of folders that Exchange makes itself, by their distinguished names. */
export const germanNames: Readonly<Record<string, string>> = {
  msgfolderroot: 'Oberste Ebene des Informationsspeichers',
  inbox: 'Posteingang',
  drafts: 'Entwürfe',
  sentitems: 'Gesendete Elemente',
  deleteditems: 'Gelöschte Elemente',
  junkemail: 'Junk-E-Mail',
  outbox: 'Postausgang',
  archive: 'Archiv',
  calendar: 'Kalender',
  contacts: 'Kontakte',
  tasks: 'Aufgaben',
  notes: 'Notizen',
  conversationhistory: 'Aufgezeichnete Unterhaltungen',
};
