import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { usualContent } from '../../../../src/migration/content/jobContent.ts';
import type { JobContent } from '../../../../src/migration/content/jobContent.ts';
import { Estimator } from '../../../../src/migration/scan/estimate.ts';
import { endOfWork, openMsBetween } from '../../../../src/migration/scan/openTime.ts';
import { assumptionText, estimateText } from '../../../../src/migration/scan/scanText.ts';
import type { Assumption, Estimate } from '../../../../src/migration/scan/scanTypes.ts';
import { usualSpeed, weekdays } from '../../../../src/migration/schedule/jobSchedule.ts';
import type { JobSchedule, JobSpeed } from '../../../../src/migration/schedule/jobSchedule.ts';
import { RunTimes } from '../../../../src/migration/schedule/runTimes.ts';

const hour = 60 * 60_000;
const gigabyte = 1e9;
const anyTime: JobSchedule = { start: { when: 'now' } };
const now = Date.parse('2026-11-23T12:00:00Z'); // a Monday
const evenings: JobSchedule = {
  start: { when: 'now' },
  week: { timeZone: 'UTC', hours: weekdays.slice(0, 5).map((day) => ({ day, from: 20, to: 24 })) },
};

function estimate(
  mailboxes: readonly { readonly items: number; readonly bytes: number }[],
  speed: Partial<JobSpeed> = {},
  plan: { schedule?: JobSchedule; content?: Partial<JobContent['items']>; missing?: number } = {},
): Estimate {
  const estimator = new Estimator({ ...usualSpeed, ...speed });
  for (const [at, mailbox] of mailboxes.entries()) estimator.add({ source: `user${at}@contoso.com`, ...mailbox });
  const content = { items: { ...usualContent.items, ...plan.content } };
  return estimator.result({ schedule: plan.schedule ?? anyTime, content, now, missing: plan.missing ?? 0 });
}

const hours = ({ fastMs, slowMs }: Estimate): readonly number[] => [fastMs / hour, slowMs / hour];
const assumed = <Kind extends Assumption['kind']>({ assumptions }: Estimate, kind: Kind) =>
  assumptions.find((each): each is Extract<Assumption, { kind: Kind }> => each.kind === kind);

describe('How long a job takes', () => {
  it('is by the bytes of a mailbox, at published rates', () => {
    assert.deepEqual(hours(estimate([{ items: 10, bytes: 5 * gigabyte }])), [4, 25]);
  });

  it('is by its items, where these are small', () => {
    assert.deepEqual(hours(estimate([{ items: 40_000, bytes: 1 }], { connectionsPerMailbox: 2 })), [2, 10]);
  });

  it('is shared by as many as go at once, but no mailbox is divided', () => {
    const ten = Array.from({ length: 10 }, () => ({ items: 0, bytes: gigabyte }));
    assert.deepEqual(hours(estimate(ten, { mailboxesAtOnce: 5 })), [1.6, 10]);
    const uneven = estimate([...ten, { items: 0, bytes: 10 * gigabyte }], { mailboxesAtOnce: 20 });
    assert.deepEqual(hours(uneven), [8, 50]);
    assert.deepEqual(assumed(uneven, 'largestMailbox'), {
      ...{ kind: 'largestMailbox', source: 'user10@contoso.com', bytes: 10 * gigabyte },
    });
  });

  it('is no shorter than the job’s caps allow', () => {
    const mailbox = { items: 10_000, bytes: gigabyte };
    assert.deepEqual(hours(estimate([mailbox], { caps: { bytesPerHour: 10_000_000 } })), [100, 100]);
    const [fast = 0] = hours(estimate([mailbox], { itemsPerBatch: 1, caps: { requestsPerMinute: 1 } }));
    assert.ok(fast > 333 && fast < 334, `${fast} hours for 20,010 requests`);
  });

  it('goes over the hours in which the job may not run', () => {
    const found = estimate([{ items: 0, bytes: gigabyte }], {}, { schedule: evenings });
    // Five hours of work at best 0.8: from Monday 12:00 to 20:48; at worst to Tuesday 21:00.
    assert.deepEqual(hours(found), [8.8, 33]);
    assert.deepEqual(assumed(found, 'openHours'), { kind: 'openHours', perWeek: 20 });
  });

  it('counts from the job’s start, if that is later', () => {
    const start = { when: 'at', at: '2026-11-30T20:00:00Z' } as const;
    assert.deepEqual(
      hours(estimate([{ items: 0, bytes: gigabyte }], {}, { schedule: { ...evenings, start } })),
      [0.8, 25],
    );
  });

  it('says what it leaves out', () => {
    const content = { from: '2026-01-01T00:00:00Z', excludeClasses: ['IPM.Contact'] };
    const found = estimate([], {}, { content, missing: 3 });
    assert.deepEqual(assumed(found, 'beforeFilters')?.filters, ['dates', 'classes']);
    assert.equal(assumed(found, 'withoutMailboxes')?.count, 3);
    assert.deepEqual([found.fastMs, found.slowMs], [0, 0]);
  });

  it('is never shorter at best than at worst, and ends when its work is done', () => {
    const entry = fc
      .tuple(fc.constantFrom(...weekdays), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 8 }))
      .map(([day, from, length]) => ({ day, from, to: Math.min(24, from + length) }));
    const work = fc.integer({ min: 1, max: 400 * hour });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), work, (open, ms) => {
        const times = new RunTimes({ start: { when: 'now' }, week: { timeZone: 'UTC', hours: open } });
        const end = endOfWork(times, now, ms);
        assert.equal(openMsBetween(times, now, end), ms);
        assert.ok(times.mayRunAt(end - 1));
      }),
      { numRuns: 30 },
    );
  });

  it('is put into words', () => {
    assert.equal(estimateText({ fastMs: 5 * hour, slowMs: 60 * hour, assumptions: [] }), 'Between 5 h and 3 days.');
    assert.equal(estimateText({ fastMs: 1, slowMs: 2, assumptions: [] }), 'About 1 min.');
    const texts = estimate(
      [
        { items: 1, bytes: gigabyte },
        { items: 0, bytes: 1 },
      ],
      { caps: { bytesPerHour: 5e9, requestsPerMinute: 100 } },
      { schedule: evenings, content: { from: '2026-01-01T00:00:00Z' }, missing: 1 },
    ).assumptions.map(assumptionText);
    assert.equal(new Set(texts).size, 8);
    assert.ok(texts.every((text) => text.endsWith('.')));
  });
});
