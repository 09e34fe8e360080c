import * as l10n from '@vscode/l10n';
import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { ConnectionSecret } from '../connections/secret.ts';
import type { CommonSettings, Defined } from '../connections/connectionKind.ts';
import { StoreError } from '../connections/storeError.ts';
import type { VerificationRecord } from '../verification/verification.ts';

export interface SavingOptions<S extends CommonSettings, C extends Defined<S>> {
  readonly store: ConnectionStore<S, C>;
  /** Keeps the record of a verification. @throws StoreError */
  readonly keep: (connection: C, record: VerificationRecord) => Promise<void>;
  /** The connection that is edited; undefined: a new one. */
  readonly existing: C | undefined;
}

/** Saves what a wizard holds, and notices when another window has saved the same connection. */
export class WizardSaving<S extends CommonSettings, C extends Defined<S>> {
  readonly #options: SavingOptions<S, C>;
  /** The revision that this wizard knows of. */
  #basedOn: string | undefined;

  constructor(options: SavingOptions<S, C>) {
    this.#options = options;
    this.#basedOn = options.existing?.revision;
  }

  /**
   * Definition and secret as one act; with a record of the verification if there was one.
   * @param secret undefined: the stored one stays
   * @throws StoreError; then nothing was saved.
   */
  async save(settings: S, secret: ConnectionSecret | undefined, record: VerificationRecord | undefined): Promise<C> {
    const { store, existing, keep } = this.#options;
    const saved = await store.save({
      settings,
      ...(existing && { id: existing.id }),
      ...(this.#basedOn !== undefined && { basedOn: this.#basedOn }),
      ...(secret && { secret }),
    });
    this.#basedOn = saved.revision;
    try {
      if (record) await keep(saved, record);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error; // A result can be had again; the connection is saved.
    }
    return saved;
  }

  /** What to say when the connection was changed elsewhere; undefined: it was not. @throws StoreError */
  async changedElsewhere(): Promise<string | undefined> {
    const { existing, store } = this.#options;
    if (!existing || this.#basedOn === undefined) return undefined;
    const { connections } = await store.list();
    const now = connections.find(({ id }) => id === existing.id);
    if (now?.revision === this.#basedOn) return undefined;
    return now
      ? l10n.t(
          'This connection was changed elsewhere since this wizard was opened. Finish replaces that change; Cancel keeps it.',
        )
      : l10n.t('This connection was deleted elsewhere since this wizard was opened. Finish saves it again.');
  }
}
