import type { LogNotes, Service } from './http.ts';

/** One request as the lab saw it. It never holds tokens, secrets, assertions or bodies. */
export interface LoggedRequest {
  readonly id: number;
  readonly service: Service;
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  readonly operation: string | null;
  /** ISO 8601, by the machine's clock (clock skew does not apply). */
  readonly when: string;
  readonly userAgent: string | null;
  readonly clientRequestId: string | null;
  readonly anchorMailbox: string | null;
  readonly impersonated: string | null;
  readonly appId: string | null;
  /** Who signed in, at a server with accounts of its own. */
  readonly account: string | null;
  /** HTTP status; null while it is under way and when none was sent. */
  readonly status: number | null;
  /** Milliseconds until the answer was sent or the connection was gone; null while it is under way. */
  readonly ms: number | null;
  /** The client went away before the whole answer was sent. */
  readonly aborted: boolean;
  /** The wire fault that was played, if any. */
  readonly fault: string | null;
}

export interface RequestFacts {
  readonly service: Service;
  readonly method: string;
  readonly path: string;
  readonly operation: string | null;
  readonly userAgent: string | null;
  readonly clientRequestId: string | null;
  readonly anchorMailbox: string | null;
}

export interface RequestOutcome {
  readonly status: number | null;
  readonly aborted: boolean;
  readonly fault: string | null;
}

/** Requests beyond this number push out the oldest. */
const capacity = 20_000;

export class RequestLog {
  #entries: LoggedRequest[] = [];
  #lastId = 0;

  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }

  /** Logs the beginning of a request. @returns a function to be called once with its end */
  open(facts: RequestFacts, notes: LogNotes): (outcome: RequestOutcome) => void {
    const started = performance.now();
    const id = (this.#lastId += 1);
    const begun: LoggedRequest = {
      id,
      ...facts,
      when: new Date().toISOString(),
      impersonated: null,
      appId: null,
      account: null,
      status: null,
      ms: null,
      aborted: false,
      fault: null,
    };
    this.#entries.push(begun);
    if (this.#entries.length > capacity) this.#entries.shift();
    return (outcome) => {
      const at = this.#entries.findIndex((entry) => entry.id === id);
      if (at < 0) return;
      this.#entries[at] = {
        ...begun,
        ...outcome,
        impersonated: notes.impersonated ?? null,
        appId: notes.appId ?? null,
        account: notes.account ?? null,
        ms: Math.round((performance.now() - started) * 10) / 10,
      };
    };
  }
}
