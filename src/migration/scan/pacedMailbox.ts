import type { Asking } from '../../ews/askEws.ts';
import type { MailboxServer } from '../access/mailboxServer.ts';
import type { ServerPace } from '../../ews/serverPace.ts';

/** A server and the pace of all that it is asked. */
export interface PacedServer {
  readonly server: MailboxServer;
  readonly pace: ServerPace;
}

/** One mailbox: its requests go at the server's pace, and no more of them at once than are allowed. */
export class PacedMailbox {
  readonly #asking: Asking;
  readonly #pace: ServerPace;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param atOnce requests under way at the same time, at most */
  constructor({ server, pace }: PacedServer, address: string, atOnce: number) {
    this.#asking = server.asking(address);
    this.#pace = pace;
    this.#free = atOnce;
  }

  /** Makes one request, again where that makes sense: see ServerPace. */
  async ask<T>(request: (asking: Asking) => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve)); // Handed on by who has ended.
    try {
      return await this.#pace.ask(() => request(this.#asking));
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
