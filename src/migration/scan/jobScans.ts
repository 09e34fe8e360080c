import { Emitter } from '../../connections/emitter.ts';
import { FolderWatch } from '../../connections/folderWatch.ts';
import type { SavedServers } from '../access/savedServers.ts';
import type { JobDefinition, JobSettings } from '../jobDefinition.ts';
import type { ScanProgress } from './scanJob.ts';
import type { ScanFiles } from './scanFiles.ts';
import type { ScanSummary } from './scanTypes.ts';

/** What a scan needs to know of a job; one in a wizard is not saved yet. */
export interface ScannedJob extends JobSettings, Pick<JobDefinition, 'id' | 'subject'> {}

export interface JobScansOptions {
  readonly files: ScanFiles;
  readonly servers: () => Promise<Pick<SavedServers, 'source' | 'target'>>;
  /** The largest request (bytes) that a target is known to take; undefined: not known. */
  readonly requestLimitOf: (targetId: string) => Promise<number | undefined>;
}

interface RunningScan {
  readonly stop: AbortController;
  progress: ScanProgress | undefined;
  readonly ended: Promise<ScanSummary>;
}

/** Scans of jobs, one at a time each; the last of each is kept. */
export class JobScans {
  readonly #options: JobScansOptions;
  readonly #running = new Map<string, RunningScan>();
  readonly #changed = new Emitter<string>();
  readonly #watch: FolderWatch;
  #watching: Promise<void> | undefined;

  constructor(options: JobScansOptions) {
    this.#options = options;
    this.#watch = new FolderWatch(options.files.folder, () => this.#changed.fire(''));
  }

  /** A scan began, went on or ended; the id of its job, or none when another window has scanned. */
  get onDidChange(): Emitter<string>['event'] {
    return this.#changed.event;
  }

  get files(): ScanFiles {
    return this.#options.files;
  }

  /** Begins to notice what other windows do. */
  watch(): Promise<void> {
    return (this.#watching ??= this.#watch.start());
  }

  dispose(): void {
    this.#watch.close();
    for (const { stop } of this.#running.values()) stop.abort();
  }

  /** What the last scan of a job comes to. */
  summaryOf(jobId: string): Promise<ScanSummary | undefined> {
    return this.#options.files.summary(jobId);
  }

  isRunning(jobId: string): boolean {
    return this.#running.has(jobId);
  }

  progressOf(jobId: string): ScanProgress | undefined {
    return this.#running.get(jobId)?.progress;
  }

  /** Scans a job; joins the scan that is under way. @throws SecretMissingError, StoreError; the last scan then stays */
  scan(job: ScannedJob): Promise<ScanSummary> {
    const running = this.#running.get(job.id);
    if (running) return running.ended;
    const stop = new AbortController();
    const ended = this.#run(job, stop.signal).finally(() => {
      this.#running.delete(job.id);
      this.#changed.fire(job.id);
    });
    this.#running.set(job.id, { stop, progress: undefined, ended });
    this.#changed.fire(job.id);
    return ended;
  }

  cancel(jobId: string): void {
    this.#running.get(jobId)?.stop.abort();
  }

  /** Goes with its job. */
  remove(jobId: string): Promise<void> {
    return this.#options.files.remove(jobId);
  }

  async #run(job: ScannedJob, signal: AbortSignal): Promise<ScanSummary> {
    const { files, servers, requestLimitOf } = this.#options;
    const [access, { connectionsFor, largestItemFor, pairsOf, scanAndSave, usualRequestLimit }] = await Promise.all([
      servers(),
      import('./scanParts.ts'),
    ]);
    const connections = connectionsFor(job.speed);
    const source = await access.source(job.source, connections);
    const target = await access.target(job.target, connections);
    return scanAndSave({
      ...{ files, job, source, target, signal, jobId: job.id },
      pairs: pairsOf(job.mailboxes),
      largestItem: largestItemFor((await requestLimitOf(job.target)) ?? usualRequestLimit),
      onProgress: (progress) => {
        const running = this.#running.get(job.id);
        if (running) running.progress = progress;
        this.#changed.fire(job.id);
      },
    });
  }
}
