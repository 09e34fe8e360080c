import { busyCodes, EwsError } from './ewsError.ts';
import { pauseWithin } from './transport/pause.ts';
import type { Pause } from './transport/pause.ts';
import { TransportError } from './transport/transportError.ts';
import type { TransportReason } from './transport/transportError.ts';

/** Time and chance. */
export interface PaceClock {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Rejects when the work is cancelled. */
  readonly pause: Pause;
  /** From 0 to 1. */
  readonly random: () => number;
}

export interface ServerPaceOptions {
  readonly signal: AbortSignal;
  /** Absent: as many as the server lets through. */
  readonly requestsPerMinute?: number | undefined;
  readonly clock?: PaceClock | undefined;
  /** All requests to the server wait now, for so many milliseconds. */
  readonly onWait?: ((ms: number) => void) | undefined;
}

/** Tries of one request, the first one counted; `throttled` also those of all requests without a success between. */
const mostTries = { throttled: 8, passing: 4 } as const;
/** Own waits begin with this and double, up to `longestOwnWait`. Milliseconds. */
const firstWait = 1_000;
const longestOwnWait = 60_000;
/** A server that asks for a longer pause is given up, in milliseconds. */
const longestToldWait = 60 * 60_000;

/** Codes of what is likely to be over soon. */
const passingCodes = ['ErrorInternalServerTransientError', 'ErrorTimeoutExpired', 'ErrorBatchProcessingStopped'];
const passingStatuses = [500, 502, 504];
const passingReasons: readonly TransportReason[] = ['dns', 'refused', 'unreachable', 'reset', 'timeout', 'truncated'];

/**
 * Paces all requests to one server. When it tells one of them to back off, all wait, for as long as it tells; where it tells
 * no time, or none at all (0), waits grow by themselves. Then one goes first, and the others follow when it was answered.
 * Something that passes, as a connection that was cut, is waited for by that request alone.
 */
export class ServerPace {
  readonly #options: ServerPaceOptions;
  readonly #clock: PaceClock;
  #closedUntil = 0;
  /** How often it has been closed: a refusal of what was sent before the last time says nothing new. */
  #closings = 0;
  /** Refusals since the last success, each of one that went first. */
  #refusals = 0;
  /** Under way while one goes first. */
  #first: Promise<void> | undefined;
  #nextAt = 0;

  constructor(options: ServerPaceOptions) {
    this.#options = options;
    const { signal } = options;
    this.#clock = options.clock ?? { now: () => performance.now(), pause: pauseWithin(signal), random: Math.random };
  }

  /**
   * Makes one request, again where that makes sense.
   * @param request throws for each answer that is none, a throttled part of it included
   * @throws what the last try threw; the reason of the signal when it is aborted meanwhile
   */
  async ask<T>(request: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const { closings, letOthers } = await this.#turn();
      try {
        const result = await request();
        if (closings === this.#closings) this.#refusals = 0;
        return result;
      } catch (error) {
        if (this.#options.signal.aborted) throw error;
        const told = throttling(error);
        if (told !== undefined) {
          if (!this.#close(told.waitMs ?? 0, closings) || tries >= mostTries.throttled) throw error;
          continue;
        }
        if (closings === this.#closings && error instanceof EwsError) this.#refusals = 0; // It has looked at the request.
        if (!passes(error) || tries >= mostTries.passing) throw error;
        letOthers();
        await this.#clock.pause(this.#ownWait(tries));
      } finally {
        letOthers();
      }
    }
  }

  /** Resolves when the next request may be made. @returns `letOthers`: to be called when it has ended */
  async #turn(): Promise<{ readonly closings: number; readonly letOthers: () => void }> {
    const { now, pause } = this.#clock;
    for (let hasSlot = false; ;) {
      this.#options.signal.throwIfAborted();
      const closed = this.#closedUntil - now();
      if (closed > 0) await pause(closed);
      else if (this.#first) await this.#first;
      else if (!hasSlot) {
        hasSlot = true;
        const wait = this.#slot() - now();
        if (wait > 0) await pause(wait);
      } else return { closings: this.#closings, letOthers: this.#goFirst() };
    }
  }

  /** When the next request may be made by the requests a minute that are allowed. */
  #slot(): number {
    const { requestsPerMinute } = this.#options;
    if (requestsPerMinute === undefined) return 0;
    const at = Math.max(this.#clock.now(), this.#nextAt);
    this.#nextAt = at + 60_000 / requestsPerMinute;
    return at;
  }

  /** After a refusal all wait for who goes first. @returns lets them go on */
  #goFirst(): () => void {
    if (this.#refusals === 0) return () => undefined;
    let letOthers: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (letOthers = resolve));
    this.#first = first;
    return () => {
      if (this.#first === first) this.#first = undefined;
      letOthers();
    };
  }

  /**
   * All wait now. @param told milliseconds @param closings as they were when the refused request was made
   * @returns whether it makes sense to go on
   */
  #close(told: number, closings: number): boolean {
    const isNews = closings === this.#closings;
    if (isNews) {
      this.#refusals += 1;
      this.#closings += 1;
    }
    if (told > longestToldWait || this.#refusals >= mostTries.throttled) return false;
    const { random, now } = this.#clock;
    // Some more than was told: clocks differ.
    const wait = Math.max(isNews ? this.#ownWait(this.#refusals) : 0, told * (1 + random() / 20));
    const until = now() + wait;
    if (until <= this.#closedUntil) return true;
    this.#closedUntil = until;
    this.#options.onWait?.(wait);
    return true;
  }

  #ownWait(tries: number): number {
    return Math.min(longestOwnWait, firstWait * 2 ** (tries - 1)) * (0.5 + this.#clock.random() / 2);
  }
}

/** How long a refusal asks to wait, if it is one because of too much at once. */
export function throttling(error: unknown): { readonly waitMs: number | undefined } | undefined {
  if (!(error instanceof EwsError)) return undefined;
  const { evidence } = error;
  if (evidence.kind !== 'http') {
    return busyCodes.includes(evidence.code) ? { waitMs: evidence.backOffMs } : undefined;
  }
  const { status, retryAfterMs } = evidence;
  // Exchange Online has other statuses, too, when it means "later"; then it tells when.
  return status === 429 || status === 503 || retryAfterMs !== undefined ? { waitMs: retryAfterMs } : undefined;
}

function passes(error: unknown): boolean {
  if (error instanceof TransportError) return passingReasons.includes(error.reason);
  if (!(error instanceof EwsError)) return false;
  const { evidence } = error;
  return evidence.kind === 'http' ? passingStatuses.includes(evidence.status) : passingCodes.includes(evidence.code);
}
