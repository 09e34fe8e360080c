import { EwsError } from '../../ews/ewsError.ts';
import { AnswerError } from '../../ews/transport/answer.ts';
import { TransportError } from '../../ews/transport/transportError.ts';
import type { TransportReason } from '../../ews/transport/transportError.ts';
import { throttling } from './serverPace.ts';

/** Mailboxes that fail one after the other before the connection is given up. */
const mostInARow = 5;
/** The same where Exchange says that they may not be opened: a scope of the role may leave many out. */
const mostRefused = 20;

/** One mailbox may have a bad moment with these. With the others none can be opened. */
const passing: readonly TransportReason[] = ['reset', 'timeout', 'truncated', 'tooLarge', 'cancelled', 'other'];

const denied = ['ErrorImpersonateUserDenied', 'ErrorImpersonationDenied', 'ErrorAccessDenied'];

/**
 * Tells a failure of the whole connection from one of a mailbox, so that it is not repeated for all mailboxes. Some are
 * sure; others are taken for one when several mailboxes in a row have them.
 */
export class ConnectionHealth {
  #inARow = 0;
  #hasOpened = false;

  /** A mailbox could be opened. */
  opened(): void {
    this.#inARow = 0;
    this.#hasOpened = true;
  }

  /** A mailbox could not. @returns whether it is the connection that failed */
  failed(error: unknown): boolean {
    if (isSure(error)) return true;
    if (error instanceof EwsError && error.evidence.kind !== 'http' && throttling(error) === undefined) {
      if (!denied.includes(error.evidence.code)) {
        this.opened(); // Exchange has looked at this very mailbox.
        return false;
      }
      this.#inARow += 1;
      return !this.#hasOpened && this.#inARow >= mostRefused;
    }
    this.#inARow += 1;
    return this.#inARow >= mostInARow;
  }
}

/** What is neither Exchange's word nor a bad moment of the way to it: signing in, an address, a certificate. */
function isSure(error: unknown): boolean {
  if (error instanceof EwsError) return error.evidence.kind === 'http' && error.evidence.status === 401;
  if (error instanceof TransportError) return !passing.includes(error.reason);
  return !(error instanceof AnswerError);
}
