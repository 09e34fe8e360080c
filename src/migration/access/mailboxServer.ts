import type { Asking } from '../../ews/askEws.ts';
import type { Finding } from '../../verification/verification.ts';

/** A saved connection outside of a verification: once it is open, its mailboxes can be asked, many at once. */
export interface MailboxServer {
  /**
   * Signs in and looks whether EWS answers at all. To be called before any mailbox is asked, and again only after a
   * failure: a wrong password is tried once then, and not with each mailbox.
   * @param signal ends all requests, also those made later
   * @throws what `explain` puts into words
   */
  open(signal: AbortSignal): Promise<void>;
  /**
   * Looks once more whether EWS answers at all: one request that needs no mailbox. @throws as `open` does
   */
  probe(): Promise<void>;
  /** For requests about one mailbox that follow each other, or go side by side. @throws Error before `open` */
  asking(mailbox: string): Asking;
  /** What went wrong, for a person, and without secrets. @param mailbox which it was about; the test mailbox unless told */
  explain(error: unknown, mailbox?: string): Finding;
  /** A text of its answers without secrets, which a server may repeat. */
  clean(text: string): string;
  /** How many HTTP requests were made. */
  readonly requests: number;
  /** Ends its connections. */
  close(): void;
}

/** What servers of both kinds are opened with. */
export interface ServerOptions {
  readonly userAgent: string;
  /** Connections at once, at most: as many as requests are to go side by side. */
  readonly connections?: number;
}
