import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { largestItemFor } from '../../../../src/migration/scan/largestItem.ts';
import { scanAndSave } from '../../../../src/migration/scan/savedScan.ts';
import type { SavedScanRequest } from '../../../../src/migration/scan/savedScan.ts';
import { ScanFiles } from '../../../../src/migration/scan/scanFiles.ts';
import { stableGuid } from '../../../lab/tenant.ts';
import { InstantPace } from '../../support/manualPace.ts';
import { ScanBench } from '../../support/scanBench.ts';
import { jobFor } from '../../support/scanRun.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

const jobId = stableGuid('job');

describe('A scan that is saved', () => {
  let bench: ScanBench;
  before(async () => {
    bench = await ScanBench.open({ mailboxes: 12, items: 20 });
  });
  after(() => bench.close());
  afterEach(() => bench.reset());
  const folder = useTemporaryFolder();

  const run = (files: ScanFiles, changes: Partial<SavedScanRequest> = {}) =>
    scanAndSave({
      ...{ files, jobId, job: jobFor({ speed: { mailboxesAtOnce: 2 } }) },
      pairs: bench.sources.map((source) => ({ source, target: bench.targetOf(source) })),
      ...{ source: bench.source(), target: bench.target(), largestItem: largestItemFor(67_108_864) },
      ...{ signal: new AbortController().signal, clock: new InstantPace() },
      ...changes,
    });

  it('is read as it was found', async () => {
    const files = new ScanFiles(folder());
    const summary = await run(files);
    assert.deepEqual(await files.summary(jobId), summary);
    const found = await files.page(jobId, 0, 100);
    assert.deepEqual(found.map(({ source }) => source).sort(), [...bench.sources].sort());
    assert.equal(
      found.reduce((sum, { bytes }) => sum + bytes, 0),
      summary.bytes,
    );
  });

  it('is kept as far as it came, when it is cancelled', async () => {
    const files = new ScanFiles(folder());
    await run(files);
    const cancel = new AbortController();
    bench.lab.patch({ latencyMs: 10 });
    let seen = 0;
    const onMailbox = (): void => {
      seen += 1;
      if (seen === 4) cancel.abort();
    };
    const { outcome, counts } = await run(files, { signal: cancel.signal, onMailbox });
    assert.deepEqual([outcome, (await files.summary(jobId))?.outcome], ['cancelled', 'cancelled']);
    // What was being written meanwhile is there, too, and counted.
    assert.ok(counts.ready >= 4 && counts.ready <= 5);
    assert.equal(await files.count(jobId), counts.ready);
  });

  it('leaves the last one when it has come to nothing', async () => {
    const files = new ScanFiles(folder());
    await run(files);
    bench.lab.patch({ entra: { secret: 'expired' } });
    const summary = await run(files);
    assert.equal(summary.outcome, 'stopped');
    assert.deepEqual([(await files.summary(jobId))?.outcome, await files.count(jobId)], ['finished', 12]);
  });

  it('leaves the last one when it cannot be written', async () => {
    const files = new ScanFiles(folder());
    await run(files);
    const onMailbox = (): void => {
      throw new Error('Nobody listens.');
    };
    await assert.rejects(run(files, { onMailbox }), /Nobody listens/);
    assert.equal(await files.count(jobId), 12);
    await rm(join(folder(), 'running'), { recursive: true });
  });
});
