import { busyCodes, EwsError } from './ewsError.ts';
import type { Pause } from './transport/pause.ts';

/** Milliseconds to wait where the server does not say, at first and at most; and the most that it may ask for. */
const [shortest, longest, longestAsked] = [1000, 60_000, 600_000];
/** How often something is asked that the server has no time for. */
const attempts = 8;

export interface BackOffOptions {
  readonly pause: Pause;
  /** From 0 up to 1; so that those who were refused together do not come back together. */
  readonly random?: () => number;
}

/**
 * Keeps to how long a server wants to be left alone. What it says to one request holds for all that go through here: the
 * budget that is used up is that of the account.
 */
export class BackOff {
  readonly #pause: Pause;
  readonly #random: () => number;
  #resting: Promise<void> | undefined;

  constructor({ pause, random = Math.random }: BackOffOptions) {
    this.#pause = pause;
    this.#random = random;
  }

  /**
   * Asks, again and again as long as the server has no time. For what may be asked twice only.
   * @throws what `ask` throws at last, what `pause` throws
   */
  async run<T>(ask: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      while (this.#resting !== undefined) await this.#resting;
      try {
        return await ask();
      } catch (error) {
        const told = busyFor(error);
        if (told === undefined || attempt === attempts) throw error;
        this.#rest(told > 0 ? Math.min(told, longestAsked) : this.#ownTime(attempt));
      }
    }
  }

  /** Twice as long each time, and up to a half more. */
  #ownTime(attempt: number): number {
    return Math.round(Math.min(longest, shortest * 2 ** (attempt - 1)) * (1 + this.#random() / 2));
  }

  /** Others may have been told to wait as well: the longest time counts. */
  #rest(ms: number): void {
    const resting = Promise.all([this.#resting, this.#pause(ms)]).then(() => {
      if (this.#resting === resting) this.#resting = undefined;
    });
    // Whoever waits hears of it; if nobody does, nobody needs to.
    resting.catch(() => undefined);
    this.#resting = resting;
  }
}

/** Milliseconds that the server has told; 0: it has not, though it has no time; undefined: it is something else. */
function busyFor(error: unknown): number | undefined {
  if (!(error instanceof EwsError)) return undefined;
  const { evidence } = error;
  if (evidence.kind === 'http') return [429, 503].includes(evidence.status) ? (evidence.retryAfterMs ?? 0) : undefined;
  return busyCodes.includes(evidence.code) ? (evidence.backOffMs ?? 0) : undefined;
}
