import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { noHistory, runEntryOf, withRun } from '../../../src/verification/history.ts';
import type { RunEntry } from '../../../src/verification/history.ts';
import { HistoryFiles } from '../../../src/verification/historyFiles.ts';
import { failedRecord, sampleRecord } from '../support/sampleRecord.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const id = '5b0c1a9e-2f6d-4c0e-9f57-0d3a8f0d4f11';
const minute = 60_000;

function run(minutes: number, changes: Partial<RunEntry> = {}): RunEntry {
  const startedAt = new Date(minutes * minute).toISOString();
  return { startedAt, durationMs: 900, outcome: 'passed', quiet: false, errors: [], ...changes };
}

describe('The history of a connection', () => {
  const folder = useTemporaryFolder();
  const path = (): string => join(folder(), `${id}.history.json`);
  const always = (): boolean => true;

  it('is empty where nothing has run', async () => {
    assert.deepEqual(await new HistoryFiles(folder()).read(id), noHistory);
  });

  it('keeps the last 20 runs, the oldest first', async () => {
    const files = new HistoryFiles(folder());
    for (let minutes = 0; minutes < 23; minutes++) await files.add(id, run(minutes));
    const { runs } = await new HistoryFiles(folder()).read(id);
    assert.deepEqual(
      runs,
      Array.from({ length: 20 }, (_, index) => run(index + 3)),
    );
  });

  it('loses nothing when two windows write at the same time', async () => {
    const [here, there] = [new HistoryFiles(folder()), new HistoryFiles(folder())];
    await Promise.all(
      Array.from({ length: 16 }, (_, minutes) => (minutes % 2 === 0 ? here : there).add(id, run(minutes))),
    );
    const { runs } = await new HistoryFiles(folder()).read(id);
    const started = runs.map(({ startedAt }) => Date.parse(startedAt) / minute);
    assert.deepEqual(
      started.sort((a, b) => a - b),
      Array.from({ length: 16 }, (_, minutes) => minutes),
    );
    assert.deepEqual(await readdir(folder()), [`${id}.history.json`]);
  });

  for (const [what, text] of [
    ['is not JSON', '{'],
    ['is of a later version', JSON.stringify({ historyVersion: 2, runs: [] })],
    ['holds a run that nobody can read', JSON.stringify({ historyVersion: 1, runs: [{ startedAt: 'yesterday' }] })],
  ] as const) {
    it(`counts as none when its file ${what}, and begins anew`, async () => {
      await writeFile(path(), text);
      const files = new HistoryFiles(folder());
      assert.deepEqual(await files.read(id), noHistory);
      await files.add(id, run(1));
      assert.deepEqual((await files.read(id)).runs, [run(1)]);
    });
  }

  it('goes with its connection', async () => {
    const files = new HistoryFiles(folder());
    await files.add(id, run(1));
    await files.remove(id);
    assert.deepEqual(await readdir(folder()), []);
    assert.deepEqual(await files.read(id), noHistory);
  });

  it('holds codes, but no texts and no addresses', async () => {
    const record = failedRecord(['wrong-secret', 'wrong-secret', 'ews-disabled']);
    const files = new HistoryFiles(folder());
    await files.add(id, runEntryOf(record, true));
    assert.deepEqual(JSON.parse(await readFile(path(), 'utf8')), {
      historyVersion: 1,
      runs: [
        {
          startedAt: record.startedAt,
          durationMs: record.durationMs,
          outcome: 'failed',
          quiet: true,
          errors: ['wrong-secret', 'ews-disabled'],
        },
      ],
    });
  });

  it('makes one entry of a machine that stays offline', () => {
    const offline = { outcome: 'offline', quiet: true } as const;
    let history = withRun(noHistory, runEntryOf(sampleRecord(), false));
    for (const minutes of [1, 2, 3]) history = withRun(history, run(minutes, offline));
    assert.deepEqual(
      history.runs.map(({ outcome, startedAt }) => [outcome, startedAt]),
      [
        ['passed', sampleRecord().startedAt],
        ['offline', run(3).startedAt],
      ],
    );
  });

  it('lets one window begin a run, until that has ended', async () => {
    const [here, there] = [new HistoryFiles(folder()), new HistoryFiles(folder())];
    await here.add(id, run(1));
    const claims = await Promise.all([here, there].map((window) => window.claim(id, 60 * minute, always)));
    assert.deepEqual(claims.sort(), [false, true]);
    assert.equal(await there.claim(id, 89 * minute, always), false);
    assert.deepEqual((await there.read(id)).runs, [run(1)], 'a claim is no run');
    await here.add(id, run(61));
    assert.equal(await there.claim(id, 90 * minute, always), true);
  });

  it('lets another window begin when the first was closed half-way, or had a clock of the future', async () => {
    const files = new HistoryFiles(folder());
    assert.equal(await files.claim(id, 0, always), true);
    assert.equal(await files.claim(id, 30 * minute, always), true);
    assert.equal(await files.claim(id, 20 * minute, always), true);
  });

  it('asks whether the run is still due before it lets it begin', async () => {
    const files = new HistoryFiles(folder());
    await files.add(id, run(5));
    const seen: unknown[] = [];
    assert.equal(await files.claim(id, 6 * minute, ({ runs }) => seen.push(...runs) === 0), false);
    assert.deepEqual(seen, [run(5)]);
    assert.equal((await files.read(id)).claimedAt, undefined);
  });
});
