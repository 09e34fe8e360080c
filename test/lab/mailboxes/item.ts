import type { LabFolder } from './tree.ts';

export type ItemKind = 'message' | 'meetingRequest' | 'appointment' | 'contact' | 'task' | 'note';

export interface Address {
  readonly name: string;
  readonly email: string;
}

export interface LabAttachment {
  readonly name: string;
  readonly contentType: string;
  /** Set for pictures that the HTML body shows. */
  readonly contentId: string | null;
  readonly size: number;
  readonly content: () => Buffer;
}

/** When an appointment or a meeting takes place. */
export interface LabEvent {
  readonly start: Date;
  readonly end: Date;
  readonly location: string;
  readonly uid: string;
  readonly attendees: readonly Address[];
  /** How many times it takes place, once a week; 1 for a single one. */
  readonly weeks: number;
}

export interface LabItem {
  readonly kind: ItemKind;
  readonly itemClass: string;
  readonly folder: LabFolder;
  /** Its place in the folder, oldest first, from 0. */
  readonly ordinal: number;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly received: Date;
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly isRead: boolean;
  readonly isDraft: boolean;
  readonly importance: 'Low' | 'Normal' | 'High';
  readonly categories: readonly string[];
  readonly attachments: readonly LabAttachment[];
  readonly messageId: string;
  readonly inReplyTo: string | null;
  /** Bytes that the item takes in the store. */
  readonly size: number;
  /** For appointments and meeting requests. */
  readonly event: LabEvent | null;
  /** Values that clients gave it, by extendedKey; beside those that follow from the rest. */
  readonly extended: ReadonlyMap<string, string>;
  /** How often it was changed since it was made. */
  readonly revision: number;
  /** In what form a client wrote it, to be given back as it came; null for what the lab made itself. */
  readonly written: { readonly form: 'stream' | 'mime'; readonly content: Buffer } | null;
}

/** What a client writes: an item before it has a place. */
export type NewItem = Omit<LabItem, 'folder' | 'ordinal' | 'revision'>;
