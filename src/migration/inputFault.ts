/** Where something stands that a person handed in. All numbers count from 1. */
export type Place =
  | {
      readonly in: 'file';
      /** As a spreadsheet counts: blank rows and the header count, a line break in quotes does not. */
      readonly row: number;
      /** Of the row's beginning, as a text editor counts. */
      readonly line: number;
      readonly column?: number;
      /** The column's name in the header. */
      readonly header?: string;
    }
  | { readonly in: 'list'; readonly line: number; /** In UTF-16 units. */ readonly position: number };

/** What is wrong with a row or an entry. What has a fault is not taken. */
export type Problem =
  | { readonly reason: 'quoteNotClosed' }
  | { readonly reason: 'textAfterQuote' }
  | { readonly reason: 'rowTooLong'; /** In characters. */ readonly limit: number }
  | { readonly reason: 'tooManyCells'; readonly expected: number; readonly found: number }
  | { readonly reason: 'addressMissing' }
  | { readonly reason: 'notAnAddress'; readonly value: string }
  | { readonly reason: 'targetNotAnAddress'; readonly value: string }
  | { readonly reason: 'unreadableCharacter'; readonly value: string }
  | { readonly reason: 'mailboxTwice'; readonly address: string; readonly first: Place }
  | { readonly reason: 'foreignDomain'; readonly address: string; readonly domain: string };

export type InputFault = Problem & { readonly place: Place };

/** Why a whole file cannot be used. */
export type FileFaultReason = 'empty' | 'tooLarge' | 'noAddressColumn' | 'noSuchColumn' | 'listNotWrittenOut';

/** A file of mailboxes that cannot be read at all; faults of single rows are told as `InputFault`. */
export class MailboxFileError extends Error {
  readonly reason: FileFaultReason;

  constructor(reason: FileFaultReason) {
    super(`Mailbox file: ${reason}`);
    this.name = 'MailboxFileError';
    this.reason = reason;
  }
}

/** In UTF-16 units; a directory has no longer names (Active Directory, rangeUpper of Display-Name). */
const longestValue = 256;

/** What is kept of a name, or in a fault of what somebody wrote. */
export function shortened(value: string): string {
  return value.length <= longestValue ? value : `${value.slice(0, longestValue - 1)}…`;
}
