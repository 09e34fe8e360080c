import type { WatchClock } from '../../../src/verification/connectionWatch.ts';

interface Waiting {
  readonly at: number;
  readonly work: () => Promise<void>;
}

/** A clock that goes on when it is told to, with chances that repeat. */
export class ManualClock implements WatchClock {
  #now: number;
  #seed = 1;
  readonly #waiting = new Set<Waiting>();

  constructor(now: number) {
    this.#now = now;
  }

  /** How many wait for their time. */
  get waiting(): number {
    return this.#waiting.size;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647; // Park and Miller's generator
    return this.#seed / 2_147_483_647;
  }

  after(ms: number, work: () => Promise<void>): () => void {
    const entry = { at: this.#now + ms, work };
    this.#waiting.add(entry);
    return () => this.#waiting.delete(entry);
  }

  /** The machine sleeps: the time goes on, timers do not. */
  sleep(ms: number): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    this.#now += ms;
    for (const { at, work } of waiting) this.#waiting.add({ at: at + ms, work });
  }

  /** Lets time go on, and what falls into it come to its end; what falls on the same moment goes side by side. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const at = Math.min(...[...this.#waiting].map((entry) => entry.at));
      if (at > end) break;
      this.#now = Math.max(this.#now, at);
      const due = [...this.#waiting].filter((entry) => entry.at === at);
      for (const entry of due) this.#waiting.delete(entry);
      await Promise.all(due.map(({ work }) => work()));
    }
    this.#now = end;
  }
}
