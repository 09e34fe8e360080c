import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { StoreError } from '../../../../src/connections/storeError.ts';
import { ScanFiles } from '../../../../src/migration/scan/scanFiles.ts';
import { scanVersion } from '../../../../src/migration/scan/scanTypes.ts';
import type { ScannedMailbox, ScanSummary } from '../../../../src/migration/scan/scanTypes.ts';
import { stableGuid } from '../../../lab/tenant.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

const job = stableGuid('job');

const mailbox = (row: number): ScannedMailbox => ({
  ...{ row, source: `user${row}@contoso.com`, target: `user${row}@contoso.example`, state: 'ready' },
  folders: [
    { path: ['Übergabe/Ärger 受'.repeat(1 + (row % 3))], role: 'inbox', part: 'primary', items: row, bytes: row },
  ],
  leftOut: { folders: 0, items: 0, bytes: 0 },
  ...{ items: row, bytes: row, oversized: [], oversizedCount: 0, findings: [] },
});

const summary = (changes: Partial<ScanSummary> = {}): ScanSummary => ({
  ...{ scanVersion, subject: 'subject', outcome: 'finished', requests: 3 },
  ...{ startedAt: '2026-12-01T10:00:00.000Z', endedAt: '2026-12-01T11:00:00.000Z' },
  ...{ counts: { ready: 1, attention: 0, failed: 0, notScanned: 0 }, items: 1, bytes: 1, oversized: 0 },
  estimate: { fastMs: 1, slowMs: 2, assumptions: [{ kind: 'mailboxesAtOnce', count: 10 }] },
  ...changes,
});

describe('A scan on the disk', () => {
  const folder = useTemporaryFolder();
  const save = async (files: ScanFiles, count: number, changes: Partial<ScanSummary> = {}): Promise<void> => {
    const writer = await files.begin(job);
    await Promise.all(Array.from({ length: count }, (_, row) => writer.add(mailbox(row))));
    await writer.save(summary(changes));
  };
  const rows = async (files: ScanFiles, first: number, count: number): Promise<readonly number[]> =>
    (await files.page(job, first, count)).map(({ row }) => row);

  it('is read again, page by page', async () => {
    const files = new ScanFiles(folder());
    await save(files, 450);
    assert.deepEqual(await files.summary(job), summary());
    assert.equal(await files.count(job), 450);
    assert.deepEqual(await files.page(job, 0, 1), [mailbox(0)]);
    for (const [first, count] of [
      [0, 50],
      [95, 10],
      [199, 2],
      [250, 200],
      [440, 50],
    ] as const) {
      const expected = Array.from({ length: Math.min(count, 450 - first) }, (_, at) => first + at);
      assert.deepEqual(await rows(files, first, count), expected, `${count} from ${first} on`);
    }
    assert.deepEqual(await rows(files, 450, 10), []);
  });

  it('is there for another window', async () => {
    await save(new ScanFiles(folder()), 5);
    assert.deepEqual(await rows(new ScanFiles(folder()), 3, 10), [3, 4]);
  });

  it('takes the place of the last one when it is saved, not before', async () => {
    const files = new ScanFiles(folder());
    await save(files, 3);
    const writer = await files.begin(job);
    await writer.add(mailbox(7));
    assert.equal(await files.count(job), 3);
    await writer.save(summary({ outcome: 'cancelled' }));
    assert.deepEqual(await rows(files, 0, 10), [7]);
    assert.equal((await files.summary(job))?.outcome, 'cancelled');
  });

  it('leaves the last one where it is discarded', async () => {
    const files = new ScanFiles(folder());
    await save(files, 3);
    const writer = await files.begin(job);
    await writer.add(mailbox(7));
    await writer.discard();
    assert.deepEqual(await rows(files, 0, 10), [0, 1, 2]);
    assert.deepEqual(await readdir(join(folder(), 'running')), []);
  });

  it('goes with its job', async () => {
    const files = new ScanFiles(folder());
    await save(files, 3);
    await files.remove(job);
    assert.deepEqual([await files.summary(job), await files.count(job)], [undefined, 0]);
    assert.deepEqual(await readdir(folder()), ['running']);
    await files.remove(job); // There is none.
  });

  it('counts as none when it is broken, of another version, or of two scans', async () => {
    const files = new ScanFiles(folder());
    await save(files, 3);
    await appendFile(join(folder(), `${job}.jsonl`), '{}\n');
    assert.deepEqual(await rows(files, 0, 10), []);
    await save(files, 3);
    await truncate(join(folder(), `${job}.jsonl`), 10);
    assert.deepEqual(await rows(files, 0, 10), []);
    for (const text of ['', '{', JSON.stringify({ summary: { ...summary(), scanVersion: 2 } })]) {
      await writeFile(join(folder(), `${job}.json`), text);
      assert.equal(await files.summary(job), undefined);
    }
  });

  it('that nobody has ended is taken away after a day', async () => {
    const running = join(folder(), 'running');
    await mkdir(running);
    for (const name of ['new', 'old']) await writeFile(join(running, name), '');
    const twoDaysAgo = new Date(Date.now() - 48 * 60 * 60_000);
    await utimes(join(running, 'old'), twoDaysAgo, twoDaysAgo);
    await (await new ScanFiles(folder()).begin(job)).discard();
    assert.deepEqual(await readdir(running), ['new']);
  });

  it('tells why it cannot be written', async () => {
    const file = join(folder(), 'file');
    await writeFile(file, '');
    await assert.rejects(new ScanFiles(file).begin(job), StoreError);
  });
});
