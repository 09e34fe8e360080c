import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { isLeftOver, newTestFolderName } from '../../../../src/verification/target/testFolder.ts';
import type { TargetRecord } from '../../../../src/verification/target/verifyTarget.ts';
import type { TargetCheckId } from '../../../../src/verification/verification.ts';
import type { OnPremisesPatch } from '../../../lab/onPremises/state.ts';
import { atDate } from '../../support/provocationBench.ts';
import { TargetBench, targetCheck } from '../../support/targetBench.ts';
import type { TargetRun } from '../../support/targetBench.ts';
import { until } from '../../support/until.ts';

const only = new Set<TargetCheckId>(['write']);
const hangsAt = (operation: string): OnPremisesPatch => ({ faults: [{ service: 'ews', operation, kind: 'hang' }] });

describe('The write test of a target', () => {
  let bench: TargetBench;
  let atFirst: readonly string[];
  before(async () => {
    bench = await TargetBench.open();
  });
  beforeEach(async () => {
    atFirst = await bench.folders();
  });
  afterEach(async () => {
    bench.server.reset();
    assert.deepEqual(await bench.folders(), atFirst, 'nothing is left');
  });
  after(() => bench.close());

  const run = (options: TargetRun = {}, state: OnPremisesPatch = {}): Promise<TargetRecord> =>
    bench.run({ only, ...options }, state);
  const asked = (operation: string): boolean =>
    bench.server.requests().some((request) => request.operation === operation);

  it('writes, uploads, deletes, and leaves nothing', async () => {
    assert.equal(targetCheck(await run(), 'write').outcome, 'passed');
    for (const operation of ['CreateFolder', 'CreateItem', 'ExportItems', 'UploadItems', 'DeleteItem', 'DeleteFolder'])
      assert.ok(asked(operation), operation);
  });

  for (const operation of ['CreateItem', 'ExportItems', 'UploadItems', 'DeleteItem']) {
    it(`leaves nothing when it is cancelled at ${operation}`, async () => {
      const stop = new AbortController();
      const running = run({ signal: stop.signal }, hangsAt(operation));
      await until(`${operation} hangs`, () => asked(operation));
      stop.abort();
      assert.equal((await running).outcome, 'cancelled');
      assert.ok(asked('DeleteFolder'));
    });

    it(`leaves nothing when ${operation} fails`, async () => {
      const state: OnPremisesPatch = { faults: [{ service: 'ews', operation, kind: 'reset' }] };
      const check = targetCheck(await run({}, state), 'write');
      assert.deepEqual(
        check.findings.map(({ code }) => code),
        ['transport-reset'],
      );
    });
  }

  for (const operation of ['UploadItems', 'DeleteItem']) {
    it(`leaves nothing when ${operation} takes too long`, async () => {
      const check = targetCheck(await run({ deadlineMs: 3_000 }, hangsAt(operation)), 'write');
      assert.deepEqual(
        check.findings.map(({ code }) => code),
        ['timeout'],
      );
    });
  }

  it('looks for its folder when the answer to its creation got lost', async () => {
    const state: OnPremisesPatch = { faults: [{ service: 'ews', operation: 'CreateFolder', kind: 'truncated' }] };
    const check = targetCheck(await run({}, state), 'write');
    assert.deepEqual(
      check.findings.map(({ code }) => code),
      ['transport-truncated'],
    );
  });

  it('deletes later what it could not delete at once', async () => {
    const left = await run(
      {},
      { faults: [{ service: 'ews', operation: 'DeleteFolder', kind: 'status', status: 500 }] },
    );
    const [finding] = targetCheck(left, 'write').findings;
    assert.equal(finding?.code, 'write-test-left-behind');
    const name = /“(.*?)”/.exec(finding.title)?.[1] ?? '';
    assert.ok((await bench.folders()).includes(name));
    bench.server.reset();
    await atDate(new Date(Date.now() + 2 * 3_600_000).toISOString(), async () => {
      assert.equal(targetCheck(await run(), 'write').outcome, 'passed');
    });
    assert.ok(!(await bench.folders()).includes(name));
  });

  it('leaves alone what may be of another window, or is no test’s', () => {
    const now = new Date('2026-11-24T12:00:00Z');
    const name = newTestFolderName(now);
    assert.equal(isLeftOver(name, new Date('2026-11-24T12:59:00Z')), false);
    assert.equal(isLeftOver(name, new Date('2026-11-24T13:01:00Z')), true);
    assert.notEqual(newTestFolderName(now), name);
    for (const other of ['Inbox', 'Exchange Migration test', 'Exchange Migration test plan for 2020'])
      assert.equal(isLeftOver(other, now), false);
  });
});
