import type { ConnectionStore } from '../connections/connectionStore.ts';
import { Emitter } from '../connections/emitter.ts';
import type { ConnectionSecret } from '../connections/secret.ts';
import type { CommonSettings, Defined } from '../connections/connectionKind.ts';
import type { ConnectionSettings, SourceConnection } from '../connections/sourceConnection.ts';
import { StoreError } from '../connections/storeError.ts';
import type { HttpClient } from '../ews/transport/httpClient.ts';
import { fingerprintOf } from './fingerprint.ts';
import { runEntryOf } from './history.ts';
import type { HistoryFiles } from './historyFiles.ts';
import { saysSomething } from './runOutcome.ts';
import type { CheckProgress, VerificationRecord } from './verification.ts';
import { SecretMissingError } from './secretMissingError.ts';
import type { VerificationFiles } from './verificationFiles.ts';

export interface VerifierOptions<S extends CommonSettings, C extends Defined<S>> {
  readonly store: ConnectionStore<S, C>;
  readonly records: VerificationFiles;
  readonly histories: HistoryFiles;
  readonly checks: Checks<S>;
}

/** What is checked of one kind of connection. */
export interface Checks<S extends CommonSettings> {
  /** Never rejects: a failure is a result. */
  readonly run: (draft: DraftRun<S>) => Promise<VerificationRecord>;
  /** Loads what a run will need, so that the first one does not wait for it. */
  readonly warmUp: () => void;
}

/** What a verification needs that is not of the connection: the wizard brings its own. */
export interface DraftRun<S extends CommonSettings = ConnectionSettings> {
  readonly settings: S;
  readonly secret: ConnectionSecret;
  readonly client: HttpClient;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CheckProgress) => void;
  readonly onRenewed?: (secret: ConnectionSecret) => void;
}

/** How a run of the watch ended. */
export interface QuietRun {
  readonly record: VerificationRecord;
  /** False when somebody pressed Verify meanwhile: who did that has seen the result. */
  readonly quiet: boolean;
}

interface RunningVerification {
  /** Nobody is shown anything of it until it has ended. */
  quiet: boolean;
  readonly stop: AbortController;
  readonly progress: Map<string, CheckProgress>;
  readonly ended: Promise<VerificationRecord>;
}

interface SavedRun extends Pick<DraftRun, 'signal' | 'onProgress'> {
  readonly isQuiet: () => boolean;
}

/** Verifies saved connections, at most one run at a time each, and keeps the results; verifies drafts for the wizard. */
export class ConnectionVerifier<
  S extends CommonSettings = ConnectionSettings,
  C extends Defined<S> = SourceConnection & S,
> {
  readonly #options: VerifierOptions<S, C>;
  readonly #running = new Map<string, RunningVerification>();
  readonly #changed = new Emitter<string>();

  constructor(options: VerifierOptions<S, C>) {
    this.#options = options;
  }

  /** A verification of the connection with this id began, went on or ended. */
  readonly onDidChange = this.#changed.event;

  /** Progress of the checks while a verification of the connection runs that somebody asked for, else undefined. */
  progressOf(id: string): ReadonlyMap<string, CheckProgress> | undefined {
    const running = this.#running.get(id);
    return running?.quiet === false ? running.progress : undefined;
  }

  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  /** Loads what a run will need, so that the first one does not wait for it. */
  warmUp(): void {
    this.#options.checks.warmUp();
  }

  cancel(id: string): void {
    this.#running.get(id)?.stop.abort();
  }

  cancelAll(): void {
    for (const { stop } of this.#running.values()) stop.abort();
  }

  /**
   * Verifies a saved connection; joins the run that is under way.
   * @throws StoreError when it cannot be read or its result cannot be kept; SecretMissingError.
   */
  verify(id: string): Promise<VerificationRecord> {
    const running = this.#running.get(id);
    if (!running) return this.#start(id, false).ended;
    if (running.quiet) {
      running.quiet = false;
      this.#changed.fire(id);
    }
    return running.ended;
  }

  /**
   * The same for the watch: nobody sees it run, and an outcome that says nothing of the connection is noted in the
   * history only.
   * @throws as `verify` does
   */
  async verifyQuietly(id: string): Promise<QuietRun> {
    const run = this.#running.get(id) ?? this.#start(id, true);
    const record = await run.ended;
    return { record, quiet: run.quiet };
  }

  /** Verifies what the wizard holds; keeps nothing. */
  verifyDraft(run: DraftRun<S>): Promise<VerificationRecord> {
    return this.#options.checks.run(run);
  }

  /**
   * Keeps the result of a run for a saved connection, or for the one that the wizard's draft has become.
   * @throws StoreError
   */
  async keep(connection: C, record: VerificationRecord, quiet = false): Promise<void> {
    const { records, histories } = this.#options;
    const run = runEntryOf(record, quiet);
    if (!quiet || saysSomething(run.outcome)) {
      await records.write(connection.id, { ...record, fingerprint: fingerprintOf(connection) });
    }
    await histories.add(connection.id, run);
    this.#changed.fire(connection.id);
  }

  #start(id: string, quiet: boolean): RunningVerification {
    const stop = new AbortController();
    const progress = new Map<string, CheckProgress>();
    const isQuiet = (): boolean => running.quiet;
    const onProgress = (event: CheckProgress): void => {
      progress.set(event.id, event);
      if (!isQuiet()) this.#changed.fire(id);
    };
    const ended = this.#verifySaved(id, { signal: stop.signal, onProgress, isQuiet }).finally(() => {
      this.#running.delete(id);
      this.#changed.fire(id);
    });
    const running: RunningVerification = { quiet, stop, progress, ended };
    this.#running.set(id, running);
    if (!quiet) this.#changed.fire(id);
    return running;
  }

  async #verifySaved(id: string, { signal, onProgress, isQuiet }: SavedRun): Promise<VerificationRecord> {
    const connection = await this.#options.store.get(id);
    const secret = await this.#options.store.secretOf(connection);
    if (secret === undefined) throw new SecretMissingError(connection);
    const client = await clientFor(connection);
    try {
      let renewed: ConnectionSecret | undefined;
      const onRenewed = (next: ConnectionSecret): void => {
        renewed = next;
      };
      const record = await this.verifyDraft({ settings: connection, secret, client, signal, onProgress, onRenewed });
      if (renewed !== undefined) await this.#options.store.renewSecret(connection, renewed);
      // A cancelled run says nothing new: what was known before stays.
      if (record.outcome !== 'cancelled' && (await this.#isThere(id))) await this.keep(connection, record, isQuiet());
      return record;
    } finally {
      client.close();
    }
  }

  /** A connection can be deleted while it is being verified. */
  async #isThere(id: string): Promise<boolean> {
    try {
      await this.#options.store.get(id);
      return true;
    } catch (error) {
      if (error instanceof StoreError && error.reason === 'missing') return false;
      throw error;
    }
  }
}

/** What talks to the network is not loaded at activation. */
async function clientFor({ additionalCa }: CommonSettings): Promise<HttpClient> {
  const [{ HttpClient: Client }, { trustedCas }] = await Promise.all([
    import('../ews/transport/httpClient.ts'),
    import('../ews/transport/trustedCas.ts'),
  ]);
  return new Client(trustedCas(additionalCa?.pem));
}
