import { laterMs } from '../verification/laterChecks.ts';
import type { Later } from '../verification/later.ts';

export interface WizardAgainOptions {
  readonly later: Later;
  /** Runs the checks. */
  readonly run: () => void;
  readonly show: () => void;
}

/** The wizard's checks, once more in an hour while it is open. */
export class WizardAgain {
  readonly #options: WizardAgainOptions;
  #planned: { readonly at: number; readonly callOff: () => void } | undefined;
  /** The run that is under way was not begun by the user, who may be elsewhere. */
  #byItself = false;

  constructor(options: WizardAgainOptions) {
    this.#options = options;
  }

  /** When, in milliseconds since 1970; undefined: nothing is planned. */
  get at(): number | undefined {
    return this.#planned?.at;
  }

  get byItself(): boolean {
    return this.#byItself;
  }

  plan(): void {
    this.callOff();
    const callOff = this.#options.later(laterMs, () => {
      this.#planned = undefined;
      this.#byItself = true;
      this.#options.run();
    });
    this.#planned = { at: Date.now() + laterMs, callOff };
    this.#options.show();
  }

  /** A run has ended, or the user does something else. */
  callOff(): void {
    this.#planned?.callOff();
    this.#planned = undefined;
    this.#byItself = false;
  }
}
