import type { Mailbox } from '../mailboxes/mailbox.ts';
import type { LabState, MailboxState } from '../state.ts';
import type { LabUser } from '../tenant.ts';
import type { AddressBookEntry } from './addressBook.ts';
import type { XmlElement } from './xmlReader.ts';

/** What EWS looks at of a service's state; the tenant and the server on premises have more, each its own. */
export interface EwsState {
  readonly mailboxes: Readonly<Record<string, MailboxCondition>>;
  /** Recipients beside the mailboxes. */
  readonly addressBook?: readonly AddressBookEntry[];
  readonly ews: Pick<LabState['ews'], 'busy' | 'truncatedExports'> & { readonly uploads?: UploadState };
}

interface MailboxCondition {
  readonly state: MailboxState;
  /** All that the mailbox may hold, in bytes; null, or absent, for no limit. */
  readonly quotaBytes?: number | null;
  /** What is in its archive; null for none. */
  readonly archive: object | null;
}

/** What becomes of items that clients bring. */
interface UploadState {
  /** So many of the next are answered by ErrorCorruptData. */
  corrupt: number;
  /** Whether streams of a server that is newer than this one are taken. */
  readonly newerStreams: 'accepted' | 'refused';
  /** The largest item in bytes; null for no limit. */
  readonly largestItemBytes: number | null;
}

/** What an operation works with. */
export interface EwsContext {
  readonly mailboxes: readonly Mailbox[];
  readonly state: EwsState;
  /** The server's version as four numbers with dots. */
  readonly version: string;
  /** Whose mailbox is meant when a request names none: the impersonated user or the signed-in one. */
  readonly actingAs: LabUser;
  /** The operation's element, checked against the schema. */
  readonly request: XmlElement;
}

/** An EWS operation: the XML of its response element's content. */
export type Operation = (context: EwsContext) => string;
