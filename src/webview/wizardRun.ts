import type { CommonSettings, Defined } from '../connections/connectionKind.ts';
import type { ConnectionSecret } from '../connections/secret.ts';
import { HttpClient } from '../ews/transport/httpClient.ts';
import { trustedCas } from '../ews/transport/trustedCas.ts';
import type { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import type { AnyCheckId, CheckProgress, VerificationRecord } from '../verification/verification.ts';
import type { WizardView } from './protocol.ts';
import { ended, notStarted, running } from './runView.ts';

export interface WizardRunOptions<S extends CommonSettings> {
  readonly verifier: Pick<ConnectionVerifier<S, Defined<S>>, 'verifyDraft'>;
  /** In the order in which they are shown. */
  readonly checks: readonly AnyCheckId[];
  readonly show: () => void;
  /** A run has ended by itself, and that has been shown. */
  readonly ended: () => void;
}

/** The verification of what a wizard holds: at most one at a time, forgotten when the credentials change. */
export class WizardRun<S extends CommonSettings> {
  readonly #options: WizardRunOptions<S>;
  #stop: AbortController | undefined;
  #client: { readonly http: HttpClient; readonly ca: string | undefined } | undefined;
  #view: WizardView['run'];
  #record: VerificationRecord | undefined;
  /** What the record speaks of; held in memory only. */
  #subject = '';

  constructor(options: WizardRunOptions<S>) {
    this.#options = options;
    this.#view = notStarted(options.checks);
  }

  get view(): WizardView['run'] {
    return this.#view;
  }

  /** Of the last run that ended, unless it was cancelled or the credentials have changed since. */
  get record(): VerificationRecord | undefined {
    return this.#record?.outcome === 'cancelled' ? undefined : this.#record;
  }

  get running(): boolean {
    return this.#stop !== undefined;
  }

  get canFinish(): boolean {
    return !this.running && (this.#record?.outcome === 'passed' || this.#record?.outcome === 'warning');
  }

  /** Forgets the last run if it was of other settings or another secret. The name does not matter. */
  resetUnless(settings: S, typedSecret: ConnectionSecret | undefined): void {
    if (subjectOf(settings, typedSecret) === this.#subject) return;
    this.cancel();
    this.#stop = undefined;
    this.#record = undefined;
    this.#view = notStarted(this.#options.checks);
  }

  start(settings: S, secret: ConnectionSecret, typedSecret: ConnectionSecret | undefined): void {
    if (this.running) return;
    const { verifier, checks } = this.#options;
    const stop = new AbortController();
    const progress = new Map<AnyCheckId, CheckProgress>();
    this.#stop = stop;
    this.#record = undefined;
    this.#subject = subjectOf(settings, typedSecret);
    this.#view = running(checks, progress);
    this.#options.show();
    void verifier
      .verifyDraft({
        settings,
        secret,
        client: this.#clientFor(settings.additionalCa?.pem),
        signal: stop.signal,
        onProgress: (event) => {
          if (this.#stop !== stop) return;
          progress.set(event.id, event);
          this.#view = running(checks, progress);
          this.#options.show();
        },
      })
      .then((record) => this.#end(stop, record));
  }

  cancel(): void {
    this.#stop?.abort();
  }

  dispose(): void {
    this.cancel();
    this.#stop = undefined; // What still comes of the run is shown to nobody.
    this.#client?.http.close();
    this.#subject = '';
  }

  #end(stop: AbortController, record: VerificationRecord): void {
    if (this.#stop !== stop) return;
    this.#stop = undefined;
    this.#record = record;
    this.#view = ended(this.#options.checks, record);
    this.#options.show();
    this.#options.ended();
  }

  /** Connections stay open from one run to the next, as long as the same authorities are trusted. */
  #clientFor(ca: string | undefined): HttpClient {
    if (this.#client === undefined || this.#client.ca !== ca) {
      this.#client?.http.close();
      this.#client = { http: new HttpClient(trustedCas(ca)), ca };
    }
    return this.#client.http;
  }
}

function subjectOf(settings: CommonSettings, typedSecret: ConnectionSecret | undefined): string {
  return JSON.stringify([{ ...settings, name: '' }, typedSecret ?? null]);
}
