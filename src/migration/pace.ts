import { setImmediate } from 'node:timers/promises';

/** How long work may hold up the event loop at a stretch, in milliseconds: well under 50, since a collection of garbage may fall into it. */
const slice = 12;

export interface PaceOptions {
  /** Ends the work between two slices; it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each slice; in units of the work, such as bytes or rows. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Cuts long work into slices, between which everything else gets its turn. */
export class Pace {
  readonly #options: PaceOptions;
  #end = performance.now() + slice;

  /** @throws the signal's reason when it is aborted already. */
  constructor(options: PaceOptions = {}) {
    this.#options = options;
    options.signal?.throwIfAborted();
  }

  /** Whether the work should call `next` now. Asks a clock: worth it every few dozen rows. */
  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** @throws the signal's reason when it has been aborted. */
  async next(done: number): Promise<void> {
    this.#options.onProgress?.(done);
    await setImmediate();
    this.#options.signal?.throwIfAborted();
    this.#end = performance.now() + slice;
  }
}
