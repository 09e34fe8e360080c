import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { Emitter } from '../../../../src/connections/emitter.ts';
import type { JobSettings } from '../../../../src/migration/jobDefinition.ts';
import { usualContent } from '../../../../src/migration/content/jobContent.ts';
import { ScanFiles } from '../../../../src/migration/scan/scanFiles.ts';
import type { ScanProgress } from '../../../../src/migration/scan/scanJob.ts';
import type { ScannedMailbox, ScanSummary } from '../../../../src/migration/scan/scanTypes.ts';
import { usualSpeed } from '../../../../src/migration/schedule/jobSchedule.ts';
import { Readiness } from '../../../../src/webview/job/readiness.ts';
import type { ReadinessOptions } from '../../../../src/webview/job/readiness.ts';
import { stableGuid } from '../../../lab/tenant.ts';
import { sampleFinding } from '../../support/sampleRecord.ts';
import { scannedMailbox, scanSummary } from '../../support/scanSamples.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import { until } from '../../support/until.ts';

const jobId = stableGuid('job');
const finding = sampleFinding('unknown');
const settings: JobSettings = {
  ...{ name: 'Wave 1', source: stableGuid('source'), target: stableGuid('target'), mailboxes: [] },
  ...{ rules: { include: [], exclude: [], parts: 'primary' }, matching: { rules: [], byHand: [] } },
  ...{ content: usualContent, schedule: { start: { when: 'now' } }, speed: usualSpeed },
};

/** Scans that end when they are told to. */
class StandInScans implements Pick<ReadinessOptions['scans'], 'scan' | 'cancel' | 'isRunning'> {
  readonly files: ScanFiles;
  readonly changed = new Emitter<string>();
  readonly onDidChange = this.changed.event;
  progress: ScanProgress | undefined;
  cancels = 0;
  #running: { end(summary: ScanSummary): void; fail(error: Error): void } | undefined;

  constructor(folder: string) {
    this.files = new ScanFiles(folder);
  }

  scan(): Promise<ScanSummary> {
    const ended = new Promise<ScanSummary>((end, fail) => (this.#running = { end, fail }));
    this.changed.fire(jobId);
    return ended;
  }

  cancel(): void {
    this.cancels += 1;
  }

  isRunning(): boolean {
    return this.#running !== undefined;
  }

  progressOf(): ScanProgress | undefined {
    return this.progress;
  }

  summaryOf(): Promise<ScanSummary | undefined> {
    return this.files.summary(jobId);
  }

  fail(): void {
    this.#running?.fail(new Error('x'));
    this.#running = undefined;
    this.changed.fire(jobId);
  }

  /** The scan has found these. @param tells whom it tells of it: another window knows no job */
  async end(mailboxes: readonly ScannedMailbox[], changes: Partial<ScanSummary> = {}, tells = jobId): Promise<void> {
    const writer = await this.files.begin(jobId);
    for (const mailbox of mailboxes) await writer.add(mailbox);
    const summary = scanSummary(changes);
    await writer.save(summary);
    this.#running?.end(summary);
    this.#running = undefined;
    this.changed.fire(tells);
  }
}

describe('The readiness scan in a job’s wizard', () => {
  const folder = useTemporaryFolder();
  let scans: StandInScans;
  let readiness: Readiness;
  const sources = async () => (await readiness.rows(0, 99)).map(({ source }) => source.split('@')[0]);
  beforeEach(async () => {
    scans = new StandInScans(folder());
    readiness = new Readiness({ jobId, scans, explain: () => Promise.resolve(finding), changed: () => undefined });
    await readiness.open();
  });

  it('is none before there was one', async () => {
    const { state, count, summary } = readiness.view;
    assert.deepEqual([state, count, summary, await readiness.rows(0, 9)], ['none', 0, [], []]);
  });

  it('shows how far it is, and what it has found in the end', async () => {
    const scanned = readiness.start(settings, 'subject');
    scans.progress = { scanned: 1, total: 3, counts: { ready: 1, attention: 0, failed: 0 } } as ScanProgress; // What is shown of it.
    assert.deepEqual([readiness.view.state, readiness.view.done, readiness.view.total], ['running', 1, 3]);
    const large = {
      folder: ['Inbox', 'Old'],
      bytes: 80_000_000,
      itemClass: 'IPM.Note',
      received: '2024-05-06T10:00:00Z',
    };
    await scans.end(
      [scannedMailbox(0), scannedMailbox(1, { state: 'attention', oversized: [large], oversizedCount: 1 })],
      { counts: { ready: 1, attention: 1, failed: 0, notScanned: 1 }, items: 1234, bytes: 5_000_000, oversized: 1 },
    );
    await scanned;
    const { state, done, total, summary } = readiness.view;
    assert.deepEqual([state, done, total], ['finished', 2, 3]);
    assert.deepEqual(summary.slice(0, 2), [
      '1,234 items, 5 MB.',
      'One item is too large for the target and would stay behind.',
    ]);
    const [, second] = await readiness.rows(0, 9);
    assert.equal(second?.contents[0], 'Too large: 80 MB in Inbox/Old, 2024-05-06');
  });

  it('shows mailboxes in one state only, also those of later pages', async () => {
    const mailboxes = Array.from({ length: 1200 }, (_, row) =>
      scannedMailbox(row, { state: row % 600 === 7 ? 'failed' : 'ready' }),
    );
    const scanned = readiness.start(settings, 'subject');
    await scans.end(mailboxes);
    await scanned;
    await readiness.filter('failed');
    assert.deepEqual([readiness.view.count, await sources()], [2, ['user7', 'user607']]);
    await readiness.filter('attention');
    assert.deepEqual([readiness.view.count, await sources()], [0, []]);
    await readiness.filter('all');
    assert.deepEqual([readiness.view.count, (await readiness.rows(1190, 50)).length], [1200, 10]);
  });

  it('is outdated once the job is another, and not any more once it is the same again', async () => {
    const scanned = readiness.start(settings, 'subject');
    await scans.end([scannedMailbox(0)]);
    await scanned;
    readiness.compare('another');
    assert.equal(readiness.view.state, 'outdated');
    readiness.compare('subject');
    assert.equal(readiness.view.state, 'finished');
  });

  it('says why it could not begin, and keeps the last one', async () => {
    const first = readiness.start(settings, 'subject');
    await scans.end([scannedMailbox(0)]);
    await first;
    const second = readiness.start(settings, 'subject');
    scans.fail();
    await second;
    assert.deepEqual([readiness.view.finding, readiness.view.count], [finding, 1]);
  });

  it('says why it ended early', async () => {
    const failure = { server: 'source', finding: { code: 'c', severity: 'error', title: 'T', detail: 'D' } } as const;
    const scanned = readiness.start(settings, 'subject');
    await scans.end([scannedMailbox(0)], { outcome: 'stopped', failure });
    await scanned;
    assert.equal(readiness.view.state, 'cancelled');
    assert.deepEqual([readiness.view.finding?.title, readiness.view.finding?.explanation], ['T', 'D']);
  });

  it('shows what a scan has found that was started elsewhere', async () => {
    readiness.compare('subject');
    void scans.scan();
    assert.equal(readiness.view.state, 'running');
    await scans.end([scannedMailbox(0)]);
    await until('it is shown', () => readiness.view.state === 'finished');
    assert.deepEqual(await sources(), ['user0']);
    await scans.end([scannedMailbox(0), scannedMailbox(1)], {}, '');
    await until('that of another window is shown', () => readiness.view.count === 2);
  });

  it('ends its own scan with the wizard, and no other', async () => {
    void scans.scan();
    readiness.dispose();
    assert.equal(scans.cancels, 0);
    await scans.end([]);
    readiness = new Readiness({ jobId, scans, explain: () => Promise.resolve(finding), changed: () => undefined });
    const own = readiness.start(settings, 'subject');
    readiness.dispose();
    assert.equal(scans.cancels, 1);
    await scans.end([]);
    await own;
  });

  it('can be cancelled whoever has started it', () => {
    void scans.scan();
    readiness.stop();
    assert.equal(scans.cancels, 1);
  });
});
