import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import type { ConnectionVerifier } from './connectionVerifier.ts';
import type { HistoryFiles } from './historyFiles.ts';
import type { VerificationFiles } from './verificationFiles.ts';
import { changeOf } from './watchChange.ts';
import type { OutcomeChange } from './watchChange.ts';
import { dueAt, isInUse, lastRun } from './watchPlan.ts';
import type { RunsKnown, WatchInterval } from './watchPlan.ts';

/** Time and chance, so that tests need neither. */
export interface WatchClock {
  /** Milliseconds as of `Date.now()`. */
  now(): number;
  /** From [0, 1). */
  random(): number;
  /** Calls `work`, which never rejects, in so many milliseconds. @returns what calls that off */
  after(ms: number, work: () => Promise<void>): () => void;
}

export interface WatchOptions {
  readonly store: Pick<ConnectionStore, 'list' | 'secretKeys'>;
  readonly records: Pick<VerificationFiles, 'read'>;
  readonly histories: Pick<HistoryFiles, 'read' | 'claim'>;
  readonly verifier: Pick<ConnectionVerifier, 'verifyQuietly' | 'isRunning'>;
  /** Read at each look: it is a setting. */
  readonly interval: () => WatchInterval;
  readonly clock: WatchClock;
  readonly onChange: (change: OutcomeChange) => void;
  /** Nobody has asked for a quiet run, so nobody is told that it could not be made; it belongs into the log. */
  readonly onFailure: (error: unknown) => void;
}

/** The first look, in milliseconds after the start: a window that opens has better things to do. */
const firstLook = 2 * 60 * 1000;
/** At least so often: clocks are put right, and a timer does not count the hours that a machine sleeps. */
const longestPause = 10 * 60 * 1000;
/** Between two runs, so that what is overdue after a night does not come in one burst. */
const shortestPause = 5 * 1000;
/** After the setting has changed. */
const soon = 1000;

interface Candidate extends RunsKnown {
  readonly connection: SourceConnection;
  readonly dueAt: number;
}

type Interval = Exclude<WatchInterval, 'off'>;

/**
 * Verifies connections in use again and again, one at a time, and tells when an outcome has changed. Each look makes at
 * most one run, of what is overdue longest, and says when to look next. All windows do this; a claim in the history of
 * the connection lets one of them make the run.
 */
export class ConnectionWatch {
  readonly #options: WatchOptions;
  /** What was drawn by lot for a connection, until it has run again. */
  readonly #lots = new Map<string, { readonly after: string; readonly drawn: number }>();
  #callOff: (() => void) | undefined;
  #looking = false;
  /** The setting has changed during a look. */
  #again = false;
  #disposed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#lookIn(firstLook * (0.5 + this.#options.clock.random()));
  }

  /** The setting has changed: what is due by it now? */
  lookSoon(): void {
    if (this.#looking) this.#again = true;
    else this.#lookIn(soon);
  }

  dispose(): void {
    this.#disposed = true;
    this.#callOff?.();
  }

  #lookIn(ms: number): void {
    this.#callOff?.();
    this.#callOff = this.#disposed ? undefined : this.#options.clock.after(ms, () => this.#look());
  }

  async #look(): Promise<void> {
    this.#looking = true;
    let pause: number | undefined = longestPause;
    try {
      const interval = this.#options.interval();
      pause = interval === 'off' ? undefined : await this.#verifyNext(interval);
    } catch (error) {
      this.#options.onFailure(error);
    }
    this.#looking = false;
    if (this.#again) pause = soon;
    this.#again = false;
    if (pause !== undefined) this.#lookIn(pause);
  }

  /** @returns in how many milliseconds to look again */
  async #verifyNext(interval: Interval): Promise<number> {
    const candidates = await this.#candidates(interval);
    const now = this.#options.clock.now();
    const [next] = candidates;
    if (next === undefined) return longestPause;
    if (next.dueAt > now) return Math.min(Math.max(next.dueAt - now, shortestPause), longestPause);
    await this.#verify(next, interval);
    return shortestPause * (1 + 2 * this.#options.clock.random());
  }

  /** In the order in which they are due. */
  async #candidates(interval: Interval): Promise<Candidate[]> {
    const { store, records, histories, verifier, clock } = this.#options;
    const { connections } = await store.list();
    const keys = connections.length === 0 ? new Set<string>() : await store.secretKeys();
    const candidates: Candidate[] = [];
    // One after the other: a look is in no hurry, and the event loop has others to serve.
    for (const connection of connections) {
      const { id, secretKey } = connection;
      if (secretKey === undefined || !keys.has(secretKey) || verifier.isRunning(id)) continue;
      const known: RunsKnown = { history: await histories.read(id), record: await records.read(id) };
      if (!isInUse(known)) continue;
      candidates.push({
        connection,
        ...known,
        dueAt: dueAt(known, interval, this.#drawnFor(id, known), clock.now()),
      });
    }
    return candidates.sort((a, b) => a.dueAt - b.dueAt);
  }

  async #verify({ connection, ...before }: Candidate, interval: Interval): Promise<void> {
    const { histories, verifier, clock, onChange } = this.#options;
    const { id } = connection;
    const now = clock.now();
    const isStillDue = (history: RunsKnown['history']): boolean => {
      const known = { ...before, history };
      return dueAt(known, interval, this.#drawnFor(id, known), now) <= now;
    };
    if (this.#disposed || !(await histories.claim(id, now, isStillDue))) return;
    const { record, quiet } = await verifier.verifyQuietly(id);
    const change = changeOf(connection, before, record);
    if (change && quiet && !this.#isDisposed()) onChange(change);
  }

  /** Windows draw each for itself, which spares them most meetings. */
  #drawnFor(id: string, known: RunsKnown): number {
    const after = lastRun(known)?.startedAt ?? '';
    const lot = this.#lots.get(id);
    if (lot?.after === after) return lot.drawn;
    const drawn = this.#options.clock.random();
    this.#lots.set(id, { after, drawn });
    return drawn;
  }

  /** It changes while one waits, which the type checker does not expect. */
  #isDisposed(): boolean {
    return this.#disposed;
  }
}
