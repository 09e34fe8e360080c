import type { PaceClock } from '../../../src/ews/serverPace.ts';

interface Waiting {
  readonly at: number;
  readonly resolve: () => void;
}

/** Time that goes on when it is told to, and keeps whoever pauses waiting until then. No chance: always the least. */
export class ManualPace implements PaceClock {
  /** What was asked to wait, in milliseconds, in that order. */
  readonly pauses: number[] = [];
  #now = 0;
  #waiting: Waiting[] = [];

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  readonly now = (): number => this.#now;
  readonly random = (): number => 0;
  readonly pause = (ms: number): Promise<void> => {
    this.pauses.push(ms);
    return new Promise((resolve) => this.#waiting.push({ at: this.#now + ms, resolve }));
  };

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#waiting.filter(({ at }) => at <= this.#now);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#now);
    for (const { resolve } of due) resolve();
  }
}

/** Time that passes at once: a pause is over when it begins. */
export class InstantPace implements PaceClock {
  readonly pauses: number[] = [];
  #now = 0;

  readonly now = (): number => this.#now;
  readonly random = (): number => 0;
  readonly pause = (ms: number): Promise<void> => {
    this.pauses.push(ms);
    const end = this.#now + ms;
    // Later, so that those who pause side by side do so at the same time.
    return Promise.resolve().then(() => {
      this.#now = Math.max(this.#now, end);
    });
  };
}
