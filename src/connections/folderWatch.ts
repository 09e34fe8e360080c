import { unwatchFile, watch, watchFile } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { mkdir } from 'node:fs/promises';

/** Changes come in bursts (temporary file, rename, lock); one look after this many ms serves them all. */
const settleMs = 50;
/** Polling for systems that cannot watch (no handles left, network folders). */
const pollMs = 500;

/** Calls `changed` soon (well under a second) after anything in the folder changed, in this process or another. */
export class FolderWatch {
  readonly #folder: string;
  readonly #changed: () => void;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #polling = false;
  #closed = false;

  constructor(folder: string, changed: () => void) {
    this.#folder = folder;
    this.#changed = changed;
  }

  /** Never rejects: a folder that cannot be made or watched is polled. */
  async start(): Promise<void> {
    await mkdir(this.#folder, { recursive: true }).catch(() => undefined); // Saving will report it.
    if (this.#closed) return;
    try {
      this.#watcher = watch(this.#folder, { persistent: false }, () => this.#soon());
      this.#watcher.on('error', () => {
        this.#watcher?.close();
        this.#poll();
      });
    } catch {
      this.#poll();
    }
  }

  close(): void {
    this.#closed = true;
    this.#watcher?.close();
    clearTimeout(this.#timer);
    if (this.#polling) unwatchFile(this.#folder, this.#soon);
  }

  #poll(): void {
    if (this.#closed || this.#polling) return;
    this.#polling = true;
    watchFile(this.#folder, { interval: pollMs, persistent: false }, this.#soon);
  }

  readonly #soon = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed();
    }, settleMs);
  };
}
