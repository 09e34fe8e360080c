import { checkTitle } from '../verification/checkTitles.ts';
import type { AnyCheckId, CheckProgress } from '../verification/verification.ts';

/** Which checks run now, for the line of progress. */
export class RunningChecks {
  readonly #running = new Set<AnyCheckId>();

  /** @returns what is said after this event; empty: none runs */
  after({ id, state }: CheckProgress): string {
    if (state === 'running') this.#running.add(id);
    else this.#running.delete(id);
    return [...this.#running].map((each) => `${checkTitle(each)}…`).join('  ');
  }
}
