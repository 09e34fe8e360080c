import { ContentJudge } from '../content/wanted.ts';
import type { JobDefinition } from '../jobDefinition.ts';
import type { MailboxServer } from '../access/mailboxServer.ts';
import { ConnectionHealth } from './connectionHealth.ts';
import { Estimator } from './estimate.ts';
import type { PacedServer } from './pacedMailbox.ts';
import { asScanFinding } from './scanFindings.ts';
import { scanMailbox } from './scanMailbox.ts';
import type { MailboxScan, ScanPair, ScannedPair } from './scanMailbox.ts';
import { scanVersion } from './scanTypes.ts';
import type { ScanSummary, ScannedMailbox } from './scanTypes.ts';
import { ServerPace } from '../../ews/serverPace.ts';
import type { PaceClock } from '../../ews/serverPace.ts';

/** How far a scan has come. */
export interface ScanProgress {
  readonly scanned: number;
  readonly total: number;
  readonly counts: ScanSummary['counts'];
  readonly items: number;
  readonly bytes: number;
  /** One of the servers has asked to wait so long (ms), from now on; absent: nothing is waited for. */
  readonly waiting?: { readonly server: 'source' | 'target'; readonly ms: number };
}

export interface ScanRequest {
  readonly job: Pick<JobDefinition, 'subject' | 'content' | 'schedule' | 'speed'> & {
    readonly rules: Pick<JobDefinition['rules'], 'parts'>;
  };
  readonly pairs: readonly ScanPair[];
  /** Not open yet. Both are closed when the scan has ended. */
  readonly source: MailboxServer;
  /** Absent: only the source is scanned. */
  readonly target?: MailboxServer;
  /** The largest item (bytes) that the target takes: see largestItemFor. */
  readonly largestItem: number;
  readonly signal: AbortSignal;
  /** Takes each mailbox as it is done, in no order; the scan keeps none. What it throws ends the scan. */
  readonly onMailbox: (mailbox: ScannedMailbox) => Promise<void>;
  readonly onProgress?: (progress: ScanProgress) => void;
  readonly clock?: PaceClock;
}

/** Connections that a server is opened with for a scan of a job. */
export function connectionsFor({ mailboxesAtOnce, connectionsPerMailbox }: JobDefinition['speed']): number {
  return mailboxesAtOnce * connectionsPerMailbox;
}

/**
 * Scans a job's mailboxes at both ends, as many at once as the job's speed says. A cancel, or a failure that concerns all
 * mailboxes, ends it early; what was scanned until then stays.
 * @returns what it comes to, also after a cancel. @throws what `onMailbox` throws
 */
export async function scanJob(request: ScanRequest): Promise<ScanSummary> {
  const scan = new JobScan(request);
  try {
    await scan.run();
    return scan.summary();
  } finally {
    request.source.close();
    request.target?.close();
  }
}

class JobScan {
  readonly #request: ScanRequest;
  readonly #startedAt = new Date();
  /** Ends everything that is under way. */
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #health = { source: new ConnectionHealth(false), target: new ConnectionHealth(true) };
  readonly #estimator: Estimator;
  readonly #counts = { ready: 0, attention: 0, failed: 0 };
  readonly #sums = { items: 0, bytes: 0, oversized: 0 };
  #next = 0;
  #failure: ScanSummary['failure'];
  /** What `onMailbox` threw. */
  #notTaken: { readonly error: unknown } | undefined;

  constructor(request: ScanRequest) {
    this.#request = request;
    this.#signal = AbortSignal.any([request.signal, this.#stop.signal]);
    this.#estimator = new Estimator(request.job.speed);
  }

  async run(): Promise<void> {
    const { job, pairs, largestItem } = this.#request;
    const { source, target } = this.#paced();
    if (!(await this.#open('source', source)) || !(await this.#open('target', target))) return;
    const scan: MailboxScan = {
      ...{ source, target, content: job.content, judge: new ContentJudge(job.content), parts: job.rules.parts },
      ...{ largestItem, connections: job.speed.connectionsPerMailbox },
    };
    const workers = Math.min(job.speed.mailboxesAtOnce, pairs.length);
    await Promise.all(Array.from({ length: workers }, () => this.#work(scan)));
    if (this.#notTaken) throw this.#notTaken.error;
  }

  summary(): ScanSummary {
    const { job, source, target } = this.#request;
    const { content, schedule } = job;
    const counts = this.#countsNow();
    const missing = counts.notScanned + counts.failed;
    return {
      ...{ scanVersion, subject: job.subject },
      ...{ startedAt: this.#startedAt.toISOString(), endedAt: new Date().toISOString() },
      outcome: this.#failure ? 'stopped' : counts.notScanned > 0 ? 'cancelled' : 'finished',
      ...(this.#failure && { failure: this.#failure }),
      ...{ counts, ...this.#sums, requests: source.requests + (target?.requests ?? 0) },
      estimate: this.#estimator.result({ schedule, content, now: Date.now(), missing }),
    };
  }

  /** Signs in. @returns whether the mailboxes can be looked into */
  async #open(name: 'source' | 'target', opened: PacedServer | undefined): Promise<boolean> {
    if (opened === undefined) return true;
    const { server, pace } = opened;
    try {
      await pace.ask(() => server.open(this.#signal));
    } catch (error) {
      if (!isAborted(this.#signal)) this.#fail(name, server, error);
    }
    return !isAborted(this.#signal);
  }

  #paced(): { readonly source: PacedServer; readonly target: PacedServer | undefined } {
    const { source, target, job, clock } = this.#request;
    const { requestsPerMinute } = job.speed.caps;
    const paced = (name: 'source' | 'target', server: MailboxServer): PacedServer => {
      const onWait = (ms: number): void => this.#tell({ server: name, ms });
      return { server, pace: new ServerPace({ signal: this.#signal, requestsPerMinute, clock, onWait }) };
    };
    return { source: paced('source', source), target: target && paced('target', target) };
  }

  async #work(scan: MailboxScan): Promise<void> {
    const { pairs, onMailbox } = this.#request;
    while (!isAborted(this.#signal)) {
      const row = this.#next++;
      const pair = pairs[row];
      if (pair === undefined) return;
      const scanned = await scanMailbox(pair, row, scan);
      // What was under way when everything ended is not scanned.
      if (isAborted(this.#signal) || (await this.#isConnectionLost(scanned, scan))) return;
      try {
        await onMailbox(scanned.mailbox);
      } catch (error) {
        this.#notTaken ??= { error };
        this.#stop.abort();
        return;
      }
      this.#count(scanned.mailbox);
    }
  }

  async #isConnectionLost({ failures, mailbox }: ScannedPair, scan: MailboxScan): Promise<boolean> {
    for (const name of ['source', 'target'] as const) {
      const asked = scan[name];
      if (asked === undefined || (name === 'target' && mailbox.target === undefined)) continue;
      const error = failures[name];
      if (error === undefined) this.#health[name].opened();
      else if (await this.#isLost(name, asked, error)) return true;
    }
    return false;
  }

  /** Where several mailboxes in a row have failed alike, something that needs no mailbox shows what it is. */
  async #isLost(name: 'source' | 'target', { server, pace }: PacedServer, error: unknown): Promise<boolean> {
    const verdict = this.#health[name].failed(error);
    if (verdict === 'mailbox') return false;
    let cause = error;
    if (verdict === 'suspect') {
      try {
        await pace.ask(() => server.probe());
        this.#health[name].answered();
        return false;
      } catch (found) {
        cause = found;
      }
    }
    if (!isAborted(this.#signal)) this.#fail(name, server, cause);
    return true;
  }

  #fail(name: 'source' | 'target', server: MailboxServer, error: unknown): void {
    this.#failure ??= { server: name, finding: asScanFinding(server.explain(error)) };
    this.#stop.abort();
  }

  #count(mailbox: ScannedMailbox): void {
    this.#counts[mailbox.state] += 1;
    this.#sums.items += mailbox.items;
    this.#sums.bytes += mailbox.bytes;
    this.#sums.oversized += mailbox.oversizedCount;
    if (mailbox.state !== 'failed') this.#estimator.add(mailbox);
    this.#tell();
  }

  #countsNow(): ScanSummary['counts'] {
    const { ready, attention, failed } = this.#counts;
    return { ...this.#counts, notScanned: this.#request.pairs.length - ready - attention - failed };
  }

  #tell(waiting?: ScanProgress['waiting']): void {
    const total = this.#request.pairs.length;
    const counts = this.#countsNow();
    const { items, bytes } = this.#sums;
    this.#request.onProgress?.({
      ...{ scanned: total - counts.notScanned, total, counts, items, bytes },
      ...(waiting && { waiting }),
    });
  }
}

/** A signal changes while one waits, which the type checker does not expect. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
