import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LaterChecks, laterMs } from '../../../src/verification/laterChecks.ts';
import type { VerificationRecord } from '../../../src/verification/verification.ts';
import { sampleRecord } from '../support/sampleRecord.ts';

describe('Checks that are put off', () => {
  /** Work that waits for its time, by when it is due. */
  function bench(verify: (id: string) => Promise<VerificationRecord> = () => Promise.resolve(sampleRecord())) {
    const planned = new Map<() => void, number>();
    const told: string[] = [];
    const failures: unknown[] = [];
    const checks = new LaterChecks({
      later: (ms, work) => {
        planned.set(work, ms);
        return () => planned.delete(work);
      },
      verify,
      tell: (id) => told.push(id),
      onFailure: (error) => failures.push(error),
    });
    const due = (): void => {
      for (const work of [...planned.keys()]) {
        planned.delete(work);
        work();
      }
    };
    return { planned, told, failures, checks, due };
  }
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('are run once when they are due, and told', async () => {
    const { planned, told, checks, due } = bench();
    checks.schedule('a', laterMs);
    assert.deepEqual([...planned.values()], [3_600_000]);
    due();
    await settled();
    assert.deepEqual(told, ['a']);
    assert.equal(planned.size, 0);
  });

  it('are planned once for a connection, for the later time', () => {
    const { planned, checks } = bench();
    checks.schedule('a', 1000);
    checks.schedule('a', 2000);
    checks.schedule('b', 3000);
    assert.deepEqual([...planned.values()], [2000, 3000]);
    checks.dispose();
    assert.equal(planned.size, 0);
  });

  it('report what nobody foresaw', async () => {
    const { failures, told, checks, due } = bench(() => Promise.reject(new Error('gone')));
    checks.schedule('a', 1);
    due();
    await settled();
    assert.equal(failures.length, 1);
    assert.deepEqual(told, []);
  });
});
