import type { JobDraft, JobDraftFiles } from './jobDrafts.ts';

/** How long after a change the draft is written, in milliseconds: one writing serves all that follows closely. */
const pauseMs = 400;

export interface DraftKeeperOptions {
  readonly files: Pick<JobDraftFiles, 'write' | 'remove'>;
  readonly draftId: string;
  readonly draft: () => JobDraft;
  /** A draft that cannot be written: the wizard itself holds all of it still. */
  readonly onFailure: (error: unknown) => void;
}

/** Writes a wizard's draft, a while after it has changed and one writing after the other. */
export class DraftKeeper {
  readonly #options: DraftKeeperOptions;
  #timer: NodeJS.Timeout | undefined;
  #isForgotten = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: DraftKeeperOptions) {
    this.#options = options;
  }

  keep(): void {
    if (!this.#isForgotten) this.#timer ??= setTimeout(() => this.#write(), pauseMs);
  }

  /** Writes at once what has changed; done when it is written. */
  async flush(): Promise<void> {
    if (this.#timer !== undefined) this.#write();
    await this.#writing;
  }

  /** The draft is of no use any more, and none is kept from now on. */
  async forget(): Promise<void> {
    this.#isForgotten = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writing;
    await this.#options.files.remove(this.#options.draftId);
  }

  #write(): void {
    const { files, draftId, draft, onFailure } = this.#options;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const now = draft();
    this.#writing = this.#writing.then(() => files.write(draftId, now)).catch(onFailure);
  }
}
