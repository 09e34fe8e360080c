import * as l10n from '@vscode/l10n';
import { StoreError } from '../connections/storeError.ts';
import { storeErrorText } from '../connections/storeErrorText.ts';
import type { Drawn, FromAnyWizard, WizardView } from './protocol.ts';
import type { WizardUi } from './wizardUi.ts';

interface DialogueOptions<View, State, Other> {
  readonly post: (message: Drawn<View, State> | Other) => void;
  /** What the page is to show now. */
  readonly view: () => View;
}

/**
 * A wizard and its page, in turns: what the user does is handled in that order, and each time the page is told what to
 * show.
 * @param Other what the page is told besides
 */
export class WizardDialogue<View, State, Other> {
  /** Shown above the form. */
  notice: WizardView['notice'];
  readonly #options: DialogueOptions<View, State, Other>;
  #busy = false;
  #disposed = false;
  /** Messages are handled one after the other, as the user did things. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: DialogueOptions<View, State, Other>) {
    this.#options = options;
  }

  /** The buttons wait for the host. */
  get busy(): boolean {
    return this.#busy;
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Does this once all before it is done. Rejects with what nobody foresaw. */
  inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined); // The caller reports it; the next message has its own chance.
    return done;
  }

  /** Tells a page that has just been loaded everything. */
  open(state: State, bundle: { readonly [key: string]: string } | undefined): void {
    this.post({ type: 'open', view: this.#options.view(), state, ...(bundle && { l10n: bundle }) });
  }

  show(): void {
    this.post({ type: 'view', view: this.#options.view() });
  }

  post(message: Drawn<View, State> | Other): void {
    if (!this.#disposed) this.#options.post(message);
  }

  async whileBusy<T>(work: () => Promise<T>): Promise<T> {
    this.#busy = true;
    this.show();
    try {
      return await work();
    } finally {
      this.#busy = false;
      this.show();
    }
  }

  /** Why there is no secret in a wizard that was open before; unless there is more to say. */
  noteLostSecret(): void {
    this.notice ??= {
      severity: 'info',
      text: l10n.t('Secrets are not kept while the wizard is closed. Enter the secret again.'),
    };
  }

  /** @throws `error`, unless it is a StoreError */
  noteFailure(error: unknown): void {
    if (!(error instanceof StoreError)) throw error;
    this.notice = { severity: 'error', text: storeErrorText(error) };
  }

  /** Definitions changed, maybe in another window. @param text what to say of it, if it concerns this wizard */
  noteChange(text: string | undefined): void {
    if (text === undefined || this.#busy) return; // Busy: it may be this wizard's own change.
    this.notice = { severity: 'warning', text };
    this.show();
  }

  /** The page is gone: nothing is posted to it from now on. */
  dispose(): void {
    this.#disposed = true;
  }
}

/** Does what concerns VS Code only. */
export async function passOn(
  message: Extract<
    FromAnyWizard,
    { type: 'copyText' | 'openLink' | 'openRequirements' | 'openTroubleshooting' | 'close' }
  >,
  ui: Pick<WizardUi<never, never>, 'copy' | 'openLink' | 'openRequirements' | 'openTroubleshooting' | 'close'>,
): Promise<void> {
  switch (message.type) {
    case 'copyText':
      return ui.copy(message.text);
    case 'openLink':
      return ui.openLink(message.link);
    case 'openRequirements':
      return ui.openRequirements();
    case 'openTroubleshooting':
      return ui.openTroubleshooting(message.code);
    case 'close':
      ui.close();
  }
}
