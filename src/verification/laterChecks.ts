import type { Later } from './later.ts';
import type { VerificationRecord } from './verification.ts';

/** What was changed in a tenant is usually in force after an hour [facts]. In milliseconds. */
export const laterMs = 60 * 60_000;

export interface LaterChecksOptions {
  readonly later: Later;
  /** Rejects when the connection or its secret is gone. */
  readonly verify: (id: string) => Promise<VerificationRecord>;
  /** Tells the user how it went. */
  readonly tell: (id: string, record: VerificationRecord) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Saved connections that are to be verified once more when a change may be in force; while VS Code is open. */
export class LaterChecks {
  readonly #options: LaterChecksOptions;
  readonly #pending = new Map<string, () => void>();

  constructor(options: LaterChecksOptions) {
    this.#options = options;
  }

  /** Replaces what was planned for this connection. */
  schedule(id: string, ms: number): void {
    this.#pending.get(id)?.();
    const callOff = this.#options.later(ms, () => {
      this.#pending.delete(id);
      this.#run(id).catch(this.#options.onFailure);
    });
    this.#pending.set(id, callOff);
  }

  dispose(): void {
    for (const callOff of this.#pending.values()) callOff();
    this.#pending.clear();
  }

  async #run(id: string): Promise<void> {
    this.#options.tell(id, await this.#options.verify(id));
  }
}
