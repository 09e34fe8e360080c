import { checkTitle } from '../verification/checkTitles.ts';
import type { AnyCheckId, CheckProgress } from '../verification/verification.ts';

/** Tells a person at a terminal which checks run now, on one line that is gone when they are done. */
export class ProgressLine {
  readonly #write: (text: string) => void;
  readonly #columns: number;
  readonly #running = new Set<AnyCheckId>();

  constructor(write: (text: string) => void, columns: number) {
    this.#write = write;
    this.#columns = columns;
  }

  show({ id, state }: CheckProgress): void {
    if (state === 'running') this.#running.add(id);
    else this.#running.delete(id);
    const text = [...this.#running].map((each) => `${checkTitle(each)}…`).join('  ');
    this.#write(`\r\u001b[K${text.slice(0, this.#columns - 1)}`);
  }
}
