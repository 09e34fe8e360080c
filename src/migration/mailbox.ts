import { addressKey } from './mailAddress.ts';
import type { Place } from './inputFault.ts';

/** `unknown`: nobody has said yet; the directory of a tenant does not. */
export const mailboxTypes = ['user', 'shared', 'room', 'equipment', 'other', 'unknown'] as const;
export type MailboxType = (typeof mailboxTypes)[number];

/** A mailbox that somebody has chosen to migrate, from whichever way it came. */
export interface SourceMailbox {
  readonly address: string;
  readonly displayName?: string;
  /** Where it shall go, if the file says so. */
  readonly target?: string;
  /** Where it was handed in; unknown for one out of the directory. */
  readonly place?: Place;
}

/** What the directory says of a mailbox. */
export interface DirectoryMailbox {
  readonly address: string;
  readonly displayName: string;
  readonly type: MailboxType;
  readonly department?: string;
  /** Bytes; unknown until somebody has asked the mailbox. */
  readonly size?: number;
}

export interface JoinedMailboxes {
  readonly mailboxes: readonly SourceMailbox[];
  /** Of the added ones, those that were there already. What was there stays as it is. */
  readonly repeated: readonly SourceMailbox[];
}

/** Adds mailboxes from one way to those from another. */
export function joinMailboxes(chosen: readonly SourceMailbox[], added: readonly SourceMailbox[]): JoinedMailboxes {
  const keys = new Set(chosen.map(({ address }) => addressKey(address)));
  const fresh: SourceMailbox[] = [];
  const repeated: SourceMailbox[] = [];
  for (const mailbox of added) {
    const key = addressKey(mailbox.address);
    (keys.has(key) ? repeated : fresh).push(mailbox);
    keys.add(key);
  }
  return { mailboxes: [...chosen, ...fresh], repeated };
}
