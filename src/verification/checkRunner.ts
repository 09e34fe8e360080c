import type { ExchangeRecord } from '../ews/transport/exchangeRecord.ts';
import type { Http, HttpClient } from '../ews/transport/httpClient.ts';
import { skippedBecause } from './findings/general.ts';
import { timedOut } from './findings/timeout.ts';
import { outcomeOf } from './verification.ts';
import type { AnyCheckId, CheckId, CheckProgress, CheckResult, Finding, RunRecord } from './verification.ts';

/** What a check works with: its requests are recorded under its name and end with its signal. */
export interface CheckScope {
  readonly http: Http;
  readonly signal: AbortSignal;
  /** For what the check can do without: ends after so many milliseconds, the check goes on. */
  readonly within: (ms: number) => Pick<CheckScope, 'http' | 'signal'>;
  /** For putting right what the check has changed: goes on after a cancel, for so many milliseconds at most. */
  readonly afterwards: (ms: number) => Pick<CheckScope, 'http' | 'signal'>;
}

/** A check that did not fail: its value for those that need it, and what it noticed. */
export interface CheckSuccess<T> {
  readonly value: T;
  readonly detail: string;
  /** Warnings and information; an error is thrown instead. */
  readonly findings?: readonly Finding[];
}

/** A started check, as those that need it see it. Never rejects. */
export interface StartedCheck<T, Id extends AnyCheckId = CheckId> {
  readonly id: Id;
  readonly ended: Promise<{ readonly value: T } | undefined>;
}

export interface RunnerOptions<Id extends AnyCheckId = CheckId> {
  readonly client: HttpClient;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly onProgress: (progress: CheckProgress<Id>) => void;
  /** Runs these checks and what they need, and no others; all unless told. */
  readonly only?: ReadonlySet<Id>;
  /** Turns what a check threw into findings: at least one. */
  readonly explain: (error: unknown) => readonly Finding[];
  /** Takes secrets out of a result before anybody sees it. */
  readonly clean?: (result: CheckResult<Id>) => CheckResult<Id>;
}

type Values<Needs extends readonly StartedCheck<unknown, AnyCheckId>[]> = {
  [index in keyof Needs]: Needs[index] extends StartedCheck<infer T, AnyCheckId> ? T : never;
};

/** Runs checks as soon as those they need have passed, and collects their results. Which checks there are is up to the user. */
export class CheckRunner<Id extends AnyCheckId = CheckId> {
  readonly #options: RunnerOptions<Id>;
  readonly #startedAt = new Date();
  readonly #results = new Map<Id, CheckResult<Id>>();
  /** Checks that were started, and what each needs. */
  readonly #needs = new Map<Id, readonly Id[]>();

  constructor(options: RunnerOptions<Id>) {
    this.#options = options;
  }

  /** Results of the checks that have ended. */
  get results(): ReadonlyMap<Id, CheckResult<Id>> {
    return this.#results;
  }

  /**
   * The run, once its checks have ended; those that were not wanted are left out.
   * @param ids in the order of the record
   * @param fingerprint what the result speaks of
   */
  record(ids: readonly Id[], fingerprint: string): RunRecord<Id> {
    const checks = ids.flatMap((id) => this.#results.get(id) ?? []);
    return {
      recordVersion: 1,
      fingerprint,
      startedAt: this.#startedAt.toISOString(),
      durationMs: Date.now() - this.#startedAt.getTime(),
      outcome: outcomeOf(checks),
      checks,
    };
  }

  /**
   * Starts a check once `needs` have passed; it is skipped when one did not. All are to be started in one go: which of
   * them are wanted is known only then.
   * @param sharesCauseWith a check that runs at the same time and would explain a failure of this one better.
   */
  start<T, const Needs extends readonly StartedCheck<unknown, Id>[]>(
    id: Id,
    needs: Needs,
    check: (scope: CheckScope, ...values: Values<Needs>) => Promise<CheckSuccess<T>>,
    sharesCauseWith?: StartedCheck<unknown, Id>,
  ): StartedCheck<T, Id> {
    this.#needs.set(
      id,
      needs.map((need) => need.id),
    );
    return { id, ended: this.#run(id, needs, check, sharesCauseWith) };
  }

  /**
   * Starts what is read off other checks, once they have ended in whatever way. It is skipped when none of them ran.
   * @param check is given their results; it asks nothing itself
   */
  startAfter<T>(
    id: Id,
    others: readonly StartedCheck<unknown, Id>[],
    check: (results: readonly CheckResult<Id>[]) => CheckSuccess<T>,
  ): StartedCheck<T, Id> {
    this.#needs.set(
      id,
      others.map((other) => other.id),
    );
    return { id, ended: this.#read(id, others, check) };
  }

  async #read<T>(
    id: Id,
    others: readonly StartedCheck<unknown, Id>[],
    check: (results: readonly CheckResult<Id>[]) => CheckSuccess<T>,
  ): Promise<{ readonly value: T } | undefined> {
    await Promise.resolve(); // until all have been started
    if (!this.#isWanted(id)) return undefined;
    for (const other of others) await other.ended;
    const results = others.flatMap((other) => this.#results.get(other.id) ?? []);
    const attempt = this.#reading(id, results, check);
    const { value, ...rest } = attempt;
    return this.#end(id, rest, value);
  }

  #reading<T>(
    id: Id,
    results: readonly CheckResult<Id>[],
    check: (results: readonly CheckResult<Id>[]) => CheckSuccess<T>,
  ): Attempt<T> {
    if (this.#options.signal.aborted) return { outcome: 'cancelled' };
    const [first] = results;
    if (first && results.every(({ outcome }) => outcome === 'skipped')) return this.#skipped(first.id);
    this.#options.onProgress({ id, state: 'running' });
    return succeeded(check(results));
  }

  #end<T>(
    id: Id,
    rest: Omit<Attempt<T>, 'value'>,
    value: { readonly value: T } | undefined,
  ): { readonly value: T } | undefined {
    const found: CheckResult<Id> = { id, durationMs: 0, detail: '', findings: [], exchanges: [], ...rest };
    const result = this.#options.clean?.(found) ?? found;
    this.#results.set(id, result);
    this.#options.onProgress({ id, state: 'done', result });
    return value;
  }

  async #run<T, const Needs extends readonly StartedCheck<unknown, Id>[]>(
    id: Id,
    needs: Needs,
    check: (scope: CheckScope, ...values: Values<Needs>) => Promise<CheckSuccess<T>>,
    sharesCauseWith: StartedCheck<unknown, Id> | undefined,
  ): Promise<{ readonly value: T } | undefined> {
    await Promise.resolve(); // until all have been started
    if (!this.#isWanted(id)) return undefined;
    const { value, ...rest } = await this.#attempt(id, needs, check, sharesCauseWith);
    return this.#end(id, rest, value);
  }

  async #attempt<T, const Needs extends readonly StartedCheck<unknown, Id>[]>(
    id: Id,
    needs: Needs,
    check: (scope: CheckScope, ...values: Values<Needs>) => Promise<CheckSuccess<T>>,
    sharesCauseWith: StartedCheck<unknown, Id> | undefined,
  ): Promise<Attempt<T>> {
    const values: unknown[] = [];
    for (const need of needs) {
      const ended = await need.ended;
      if (ended === undefined) return this.#skipped(need.id);
      values.push(ended.value);
    }
    const stop = this.#options.signal;
    if (stop.aborted) return { outcome: 'cancelled' };
    this.#options.onProgress({ id, state: 'running' });
    const startedAt = performance.now();
    const exchanges: ExchangeRecord[] = [];
    const deadline = AbortSignal.timeout(this.#options.deadlineMs);
    const signal = AbortSignal.any([stop, deadline]);
    const httpUntil = (end: AbortSignal): Http =>
      this.#options.client.within({ signal: end, onExchange: (record) => exchanges.push(record) });
    const until = (end: AbortSignal): Pick<CheckScope, 'http' | 'signal'> => ({ http: httpUntil(end), signal: end });
    const within = (ms: number) => until(AbortSignal.any([signal, AbortSignal.timeout(ms)]));
    const afterwards = (ms: number) => until(AbortSignal.timeout(ms));
    const measured = (): Measured => ({ durationMs: Math.round(performance.now() - startedAt), exchanges });
    try {
      // The values came in the order of `needs`, whose types they have.
      const success = await check({ ...until(signal), within, afterwards }, ...(values as Values<Needs>));
      return { ...measured(), ...succeeded(success) };
    } catch (error) {
      const took = measured(); // What comes now is waiting for another check, which the deadline is not about.
      const late = deadline.aborted;
      if (isAborted(stop)) return { ...took, outcome: 'cancelled' };
      const other = await sharesCauseWith?.ended;
      if (sharesCauseWith && !other && this.#isWanted(sharesCauseWith.id))
        return { ...took, ...this.#skipped(sharesCauseWith.id) };
      const findings = late ? [timedOut(this.#options.deadlineMs, error)] : this.#options.explain(error);
      return { ...took, outcome: 'failed', findings: [...findings] };
    }
  }

  #isWanted(id: Id): boolean {
    const { only } = this.#options;
    if (only === undefined || only.has(id)) return true;
    return [...this.#needs].some(([dependant, needs]) => needs.includes(id) && this.#isWanted(dependant));
  }

  #skipped(cause: Id): Attempt<never> {
    if (this.#options.signal.aborted) return { outcome: 'cancelled' };
    return { outcome: 'skipped', detail: skippedBecause(cause) };
  }
}

function succeeded<T>({ value, detail, findings = [] }: CheckSuccess<T>): Attempt<T> {
  const warned = findings.some(({ severity }) => severity === 'warning');
  return { outcome: warned ? 'warning' : 'passed', detail, findings: [...findings], value: { value } };
}

type Measured = Pick<CheckResult, 'durationMs' | 'exchanges'>;

/** What became of a check; what it did not come to is left out. */
type Attempt<T> = Pick<CheckResult, 'outcome'> &
  Partial<Omit<CheckResult, 'id'>> & { readonly value?: { readonly value: T } };

/** A signal changes while one waits, which the type checker does not expect. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
