import type { ConnectionSecret } from '../connections/secret.ts';
import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import { HttpClient } from '../ews/transport/httpClient.ts';
import { trustedCas } from '../ews/transport/trustedCas.ts';
import type { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import type { CheckId, CheckProgress, VerificationRecord } from '../verification/verification.ts';
import type { WizardView } from './protocol.ts';
import { ended, notStarted, running } from './runView.ts';

/** The verification of what a wizard holds: at most one at a time, forgotten when the credentials change. */
export class WizardRun {
  readonly #verifier: ConnectionVerifier;
  readonly #show: () => void;
  readonly #ended: () => void;
  #stop: AbortController | undefined;
  #client: { readonly http: HttpClient; readonly ca: string | undefined } | undefined;
  #view = notStarted();
  #record: VerificationRecord | undefined;
  /** What the record speaks of; held in memory only. */
  #subject = '';

  /** @param ended is told that a run has ended by itself, after that has been shown */
  constructor(verifier: ConnectionVerifier, show: () => void, ended: () => void) {
    this.#verifier = verifier;
    this.#show = show;
    this.#ended = ended;
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
  resetUnless(settings: ConnectionSettings, typedSecret: ConnectionSecret | undefined): void {
    if (subjectOf(settings, typedSecret) === this.#subject) return;
    this.cancel();
    this.#stop = undefined;
    this.#record = undefined;
    this.#view = notStarted();
  }

  start(settings: ConnectionSettings, secret: ConnectionSecret, typedSecret: ConnectionSecret | undefined): void {
    if (this.running) return;
    const stop = new AbortController();
    const progress = new Map<CheckId, CheckProgress>();
    this.#stop = stop;
    this.#record = undefined;
    this.#subject = subjectOf(settings, typedSecret);
    this.#view = running(progress);
    this.#show();
    void this.#verifier
      .verifyDraft({
        settings,
        secret,
        client: this.#clientFor(settings.additionalCa?.pem),
        signal: stop.signal,
        onProgress: (event) => {
          if (this.#stop !== stop) return;
          progress.set(event.id, event);
          this.#view = running(progress);
          this.#show();
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
    this.#view = ended(record);
    this.#show();
    this.#ended();
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

function subjectOf(settings: ConnectionSettings, typedSecret: ConnectionSecret | undefined): string {
  return JSON.stringify([{ ...settings, name: '' }, typedSecret ?? null]);
}
