import * as l10n from '@vscode/l10n';
import type { JobSettings } from '../../migration/jobDefinition.ts';
import type { JobScans, ScannedJob } from '../../migration/scan/jobScans.ts';
import { assumptionText, estimateText, scanStateText, waitingText } from '../../migration/scan/scanText.ts';
import { fromScanFinding } from '../../migration/scan/scanFindings.ts';
import type { ScannedMailbox, ScanSummary } from '../../migration/scan/scanTypes.ts';
import { sizeText } from '../../migration/sizeText.ts';
import type { Finding } from '../../verification/verification.ts';
import type { ReadinessView, ScannedRow, ScanState } from './jobProtocol.ts';
import { stateChoices } from './stateChoices.ts';

/** Mailboxes whose states are read at once. */
const pageSize = 500;
/** How often progress is shown, in milliseconds: a fast scan would be told of more than anybody sees. */
const shownEveryMs = 100;

export interface ReadinessOptions {
  readonly jobId: string;
  readonly scans: Pick<
    JobScans,
    'scan' | 'cancel' | 'summaryOf' | 'progressOf' | 'isRunning' | 'onDidChange' | 'files'
  >;
  /** Why a scan could not begin. */
  readonly explain: (error: unknown, settings: JobSettings) => Promise<Finding>;
  readonly changed: () => void;
}

const scanStates = ['ready', 'attention', 'failed'] as const;
const nobody = { ready: 0, attention: 0, failed: 0 };

/** The readiness scan of a job's wizard. */
export class Readiness {
  readonly #options: ReadinessOptions;
  readonly #subscription: { dispose(): void };
  #summary: ScanSummary | undefined;
  /** Undefined: it is not known yet what the job has become. */
  #subject: string | undefined;
  #finding: Finding | undefined;
  #filter: ReadinessView['filter'] = 'all';
  /** Lines of the scan that are shown; undefined: all. */
  #shown: readonly number[] | undefined;
  #lines = 0;
  #version = 0;
  #shownAt = 0;
  /** The scan that is under way was started here. */
  #isOwn = false;

  constructor(options: ReadinessOptions) {
    this.#options = options;
    this.#subscription = options.scans.onDidChange((jobId) => {
      if (jobId === options.jobId) this.#progress();
      else if (jobId === '') this.#reopen(); // Another window has scanned something.
    });
  }

  get view(): ReadinessView {
    const { scans, jobId } = this.#options;
    if (scans.isRunning(jobId)) {
      const { scanned = 0, total = 0, counts = nobody } = scans.progressOf(jobId) ?? {};
      return {
        ...this.#list(counts, scanned),
        ...{ state: 'running', total, summary: this.#waiting(), assumptions: [], count: 0 },
      };
    }
    const summary = this.#summary;
    if (summary === undefined) {
      return { ...this.#list(nobody, 0), state: 'none', total: 0, summary: [], assumptions: [], ...this.#why() };
    }
    const { ready, attention, failed, notScanned } = summary.counts;
    const done = ready + attention + failed;
    const isOutdated = this.#subject !== undefined && summary.subject !== this.#subject;
    return {
      ...this.#list(summary.counts, done),
      state: isOutdated ? 'outdated' : summary.outcome === 'finished' ? 'finished' : 'cancelled',
      total: done + notScanned,
      summary: summaryTexts(summary),
      assumptions: summary.estimate.assumptions.map((assumption) => assumptionText(assumption)),
      ...this.#why(),
    };
  }

  /** Reads what the last scan has found. */
  async open(): Promise<void> {
    const { scans, jobId } = this.#options;
    this.#summary = await scans.summaryOf(jobId);
    this.#lines = this.#summary === undefined ? 0 : await scans.files.count(jobId);
    await this.filter(this.#filter);
  }

  /** @param subject of the job as it is now: a scan of another one is out of date */
  compare(subject: string): void {
    this.#subject = subject;
    this.#options.changed();
  }

  /** Scans the job as it is now; done when the scan has ended. */
  async start(settings: JobSettings, subject: string): Promise<void> {
    const { scans, jobId, explain } = this.#options;
    this.#finding = undefined;
    const job: ScannedJob = { ...settings, id: jobId, subject };
    this.#isOwn = !scans.isRunning(jobId); // Else it joins one that was started elsewhere.
    let summary: ScanSummary | undefined;
    try {
      summary = await scans.scan(job);
      // One that has come to no mailbox is not kept: the last one is still there.
      if (summary.failure) this.#finding = fromScanFinding(summary.failure.finding);
    } catch (error) {
      this.#finding = await explain(error, settings);
    } finally {
      this.#isOwn = false;
    }
    await this.open();
    this.#summary ??= summary;
    this.compare(subject);
  }

  stop(): void {
    this.#options.scans.cancel(this.#options.jobId);
  }

  /** The wizard ends: so does its scan, but none that was started elsewhere. */
  dispose(): void {
    this.#subscription.dispose();
    if (this.#isOwn) this.stop();
  }

  /** Shows mailboxes in this state only. */
  async filter(state: ScanState | 'all'): Promise<void> {
    this.#filter = state;
    this.#shown = state === 'all' ? undefined : await this.#linesIn(state);
    this.#version += 1;
    this.#options.changed();
  }

  async rows(offset: number, count: number): Promise<readonly ScannedRow[]> {
    const { scans, jobId } = this.#options;
    if (this.#shown === undefined) {
      const page = await scans.files.page(jobId, offset, count);
      return page.map((mailbox, index) => rowOf(mailbox, offset + index));
    }
    const wanted = this.#shown.slice(offset, offset + count);
    const [first = 0, last = 0] = [wanted[0], wanted.at(-1)];
    const page = wanted.length === 0 ? [] : await scans.files.page(jobId, first, last - first + 1);
    return wanted.flatMap((line, index) => {
      const mailbox = page[line - first];
      return mailbox === undefined ? [] : [rowOf(mailbox, offset + index)];
    });
  }

  async #linesIn(state: ScanState): Promise<readonly number[]> {
    const { scans, jobId } = this.#options;
    const lines: number[] = [];
    for (let first = 0; first < this.#lines; first += pageSize) {
      const page = await scans.files.page(jobId, first, pageSize);
      for (const [index, mailbox] of page.entries()) if (mailbox.state === state) lines.push(first + index);
    }
    return lines;
  }

  #list(
    counts: ReadinessView['counts'],
    done: number,
  ): Pick<ReadinessView, 'filter' | 'states' | 'counts' | 'done' | 'count' | 'version'> {
    return {
      ...{ filter: this.#filter, states: stateChoices(scanStates, scanStateText, counts, done) },
      ...{ counts, done, count: this.#shown?.length ?? this.#lines, version: this.#version },
    };
  }

  #waiting(): string[] {
    const { scans, jobId } = this.#options;
    const waiting = scans.progressOf(jobId)?.waiting;
    if (waiting === undefined) return [];
    return [waitingText(waiting)];
  }

  #why(): Pick<ReadinessView, 'finding'> {
    if (this.#finding) return { finding: this.#finding };
    const failure = this.#summary?.failure?.finding;
    return failure === undefined ? {} : { finding: fromScanFinding(failure) };
  }

  #progress(): void {
    const now = Date.now();
    const isRunning = this.#options.scans.isRunning(this.#options.jobId);
    if (isRunning && now - this.#shownAt < shownEveryMs) return;
    this.#shownAt = now;
    if (isRunning || this.#isOwn) this.#options.changed();
    else this.#reopen();
  }

  /** A scan that was started elsewhere has ended. */
  #reopen(): void {
    void this.open(); // Never rejects: what cannot be read counts as none.
  }
}

function summaryTexts({ items, bytes, oversized, estimate, requests }: ScanSummary): string[] {
  return [
    l10n.t('{0} items, {1}.', items.toLocaleString(), sizeText(bytes)),
    oversized === 0
      ? l10n.t('No item is too large for the target.')
      : oversized === 1
        ? l10n.t('One item is too large for the target and would stay behind.')
        : l10n.t('{0} items are too large for the target and would stay behind.', oversized.toLocaleString()),
    l10n.t('Estimated duration: {0}', estimateText(estimate)),
    l10n.t('The scan took {0} requests.', requests.toLocaleString()),
  ];
}

function rowOf(mailbox: ScannedMailbox, row: number): ScannedRow {
  const { source, target = '', state, items, bytes, findings, oversized, folders } = mailbox;
  const large = oversized.map(({ folder, bytes: size, received }) =>
    l10n.t('Too large: {0} in {1}, {2}', ...[sizeText(size), folder.join('/')], received?.slice(0, 10) ?? ''),
  );
  const counted = folders.map(({ path, items: count, bytes: size }) =>
    l10n.t(
      '{0}: {1} items, {2}',
      ...[path.join('/'), count.toLocaleString()],
      size === undefined ? '–' : sizeText(size),
    ),
  );
  return {
    ...{
      row,
      source,
      target,
      state,
      stateText: scanStateText(state),
      items: items.toLocaleString(),
      size: sizeText(bytes),
    },
    findings: findings.map(fromScanFinding),
    contents: [...large, ...counted],
  };
}
