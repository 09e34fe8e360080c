import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RunEntry } from '../../../src/verification/history.ts';
import { noHistory } from '../../../src/verification/history.ts';
import { dueAt, isInUse } from '../../../src/verification/watchPlan.ts';
import type { RunsKnown } from '../../../src/verification/watchPlan.ts';
import { failedRecord, sampleRecord } from '../support/sampleRecord.ts';

const hour = 3_600_000;
const day = 24 * hour;
const ran = Date.parse('2026-11-22T10:00:00.000Z');

function known(changes: Partial<RunEntry> = {}, claimedAt?: number): RunsKnown {
  const last: RunEntry = {
    startedAt: new Date(ran).toISOString(),
    durationMs: 1,
    outcome: 'passed',
    quiet: true,
    errors: [],
  };
  const claim = claimedAt === undefined ? {} : { claimedAt: new Date(claimedAt).toISOString() };
  return { history: { ...noHistory, runs: [{ ...last, ...changes }], ...claim } };
}

/** Half is the middle: neither earlier nor later. */
const due = (runs: RunsKnown, drawn = 0.5, now = ran): number => dueAt(runs, 'daily', drawn, now) - ran;

describe('When a connection is verified again', () => {
  it('is after the interval that the setting names', () => {
    assert.equal(due(known()), day);
    assert.equal(dueAt(known(), 'hourly', 0.5, ran) - ran, hour);
    assert.equal(dueAt(known(), 'weekly', 0.5, ran) - ran, 7 * day);
  });

  it('is up to a tenth earlier or later', () => {
    assert.equal(due(known(), 0), 0.9 * day);
    assert.equal(due(known(), 0.25), 0.95 * day);
    assert.ok(Math.abs(due(known(), 1) - 1.1 * day) < 1);
  });

  it('is never for what nobody has verified', () => {
    assert.equal(isInUse({ history: noHistory }), false);
    assert.equal(isInUse({ history: noHistory, record: sampleRecord() }), true);
    assert.equal(isInUse(known()), true);
  });

  it('is told by the last record where there is no history yet', () => {
    const record = sampleRecord({ startedAt: new Date(ran).toISOString() });
    assert.equal(due({ history: noHistory, record }), day);
    const throttled = failedRecord(['sign-in-throttled'], { startedAt: new Date(ran).toISOString() });
    assert.equal(due({ history: noHistory, record: throttled }, 0), hour);
  });

  it('is a quarter of an hour later where the machine was offline', () => {
    assert.equal(due(known({ outcome: 'offline', errors: ['transport-dns'] })), hour / 4);
  });

  it('is at least an hour later where a service slowed the app down, and no earlier than it asked', () => {
    const throttled: Partial<RunEntry> = { outcome: 'throttled', errors: ['ews-busy'] };
    assert.equal(due(known(throttled), 0), hour);
    assert.equal(due(known({ ...throttled, waitMs: 60_000 }), 0), hour);
    assert.equal(due(known({ ...throttled, waitMs: 5 * hour }), 0), 5 * hour);
    assert.equal(due(known({ ...throttled, waitMs: 5 * hour }), 0.5), 5.25 * hour);
    assert.equal(due(known({ ...throttled, waitMs: 90 * day }), 0), day);
  });

  it('heeds a slowed service beside another failure as well', () => {
    const failed = known({ outcome: 'failed', errors: ['ews-disabled', 'graph-throttled'], waitMs: 2 * hour });
    assert.equal(dueAt(failed, 'hourly', 0, ran) - ran, 2 * hour);
    assert.equal(due(failed), day);
  });

  it('is not before the run ends that a window has begun, nor long after that window was closed', () => {
    const begun = ran + 3 * day;
    assert.equal(due(known({}, begun), 0.5, begun + 1000), 3 * day + hour / 2);
    assert.equal(due(known({}, begun), 0.5, begun + hour), day);
  });

  it('is now when the last run is of the future', () => {
    assert.equal(due(known(), 0.5, ran - 400 * day), -400 * day);
  });
});
