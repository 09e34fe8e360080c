/** Tells a person at a terminal what is going on, on one line that is gone before anything else is written. */
export class ProgressLine {
  readonly #write: (text: string) => void;
  readonly #columns: number;
  #shown = '';

  constructor(write: (text: string) => void, columns: number) {
    this.#write = write;
    this.#columns = columns;
  }

  /** @param text nothing is shown any more if it is empty */
  show(text: string): void {
    const line = text.slice(0, this.#columns - 1);
    if (line === this.#shown) return;
    this.#shown = line;
    this.#write(`\r\u001b[K${line}`);
  }
}
