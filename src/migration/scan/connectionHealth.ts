import { EwsError } from '../../ews/ewsError.ts';
import { AnswerError } from '../../ews/transport/answer.ts';
import { TransportError } from '../../ews/transport/transportError.ts';
import type { TransportReason } from '../../ews/transport/transportError.ts';
import { throttling } from '../../ews/serverPace.ts';

/** Mailboxes that fail one after the other before the connection is suspected. */
const mostInARow = 5;
/** The same where Exchange says that they may not be opened: a scope of the role may leave many out. */
const mostDenied = 20;
/** The same before it is given up even though the server answers. */
const mostInVain = 100;

/** One mailbox may have a bad moment with these. With the others none can be opened. */
const passing: readonly TransportReason[] = ['reset', 'timeout', 'truncated', 'tooLarge', 'cancelled', 'other'];

const denied = ['ErrorImpersonateUserDenied', 'ErrorImpersonationDenied', 'ErrorAccessDenied'];

/** x-ms-diagnostics of a token that is good, for a mailbox that there is not [facts]. */
const invalidUser = 2000005;

/**
 * What a failure says: that this mailbox cannot be opened, that maybe none can, which one should find out, or that none
 * can for sure.
 */
export type HealthVerdict = 'mailbox' | 'suspect' | 'connection';

/** Tells a failure of the whole connection from one of a mailbox, so that it is not repeated for all mailboxes. */
export class ConnectionHealth {
  readonly #isUnauthorizedSure: boolean;
  #inARow = 0;
  #inVain = 0;
  #hasOpened = false;

  /**
   * @param isUnauthorizedSure whether HTTP 401 speaks of the sign-in: an account must not be tried again and again, as it
   * would be locked. Exchange Online has other reasons for it.
   */
  constructor(isUnauthorizedSure: boolean) {
    this.#isUnauthorizedSure = isUnauthorizedSure;
  }

  /** A mailbox could be opened. */
  opened(): void {
    this.#inARow = 0;
    this.#inVain = 0;
    this.#hasOpened = true;
  }

  /** The server has turned out to answer. */
  answered(): void {
    this.#inARow = 0;
  }

  /** A mailbox could not be opened. */
  failed(error: unknown): HealthVerdict {
    if (this.#isSure(error)) return 'connection';
    if (isOfMailbox(error)) {
      this.opened(); // Exchange has looked at this very mailbox.
      return 'mailbox';
    }
    this.#inARow += 1;
    if (isDenied(error)) return !this.#hasOpened && this.#inARow >= mostDenied ? 'connection' : 'mailbox';
    this.#inVain += 1;
    if (this.#inARow < mostInARow) return 'mailbox';
    // That it is busy it does not say where no mailbox is asked for.
    return throttling(error) !== undefined || this.#inVain >= mostInVain ? 'connection' : 'suspect';
  }

  /** What is neither Exchange's word nor a bad moment of the way to it: signing in, an address, a certificate. */
  #isSure(error: unknown): boolean {
    if (error instanceof EwsError) {
      return this.#isUnauthorizedSure && error.evidence.kind === 'http' && error.evidence.status === 401;
    }
    if (error instanceof TransportError) return !passing.includes(error.reason);
    return !(error instanceof AnswerError);
  }
}

function isOfMailbox(error: unknown): boolean {
  if (!(error instanceof EwsError) || throttling(error) !== undefined) return false;
  const { evidence } = error;
  return evidence.kind === 'http' ? evidence.diagnostics?.code === invalidUser : !denied.includes(evidence.code);
}

function isDenied(error: unknown): boolean {
  return error instanceof EwsError && error.evidence.kind !== 'http' && denied.includes(error.evidence.code);
}
