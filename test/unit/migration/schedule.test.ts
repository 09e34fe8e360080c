import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { jobSchedule, jobSpeed, usualSpeed, weekdays } from '../../../src/migration/schedule/jobSchedule.ts';
import type { JobSchedule } from '../../../src/migration/schedule/jobSchedule.ts';
import { RunTimes } from '../../../src/migration/schedule/runTimes.ts';

type Hours = NonNullable<JobSchedule['week']>['hours'];

const now = { when: 'now' } as const;
const week = (timeZone: string, hours: Hours): JobSchedule =>
  jobSchedule.parse({ start: now, week: { timeZone, hours } });
const time = (text: string) => Date.parse(text);
const text = (at: number | undefined) =>
  at === undefined ? undefined : new Date(at).toISOString().replace(':00.000Z', 'Z');

/** Evenings of workdays, into the night. */
const nights: Hours = weekdays.slice(0, 5).flatMap((day) => [
  { day, from: 20, to: 24 },
  { day, from: 0, to: 6 },
]);

describe('A job may run', () => {
  it('at once and always, if nothing is said', () => {
    const times = new RunTimes({ start: now });
    assert.deepEqual([times.mayRunAt(0), times.nextChange(0)], [true, undefined]);
  });

  it('from a moment on', () => {
    const start = '2026-12-01T10:07:00Z';
    const times = new RunTimes({ start: { when: 'at', at: start } });
    assert.deepEqual([times.mayRunAt(time(start) - 1), times.mayRunAt(time(start))], [false, true]);
    assert.equal(times.nextChange(0), time(start));
    assert.equal(times.nextChange(time(start)), undefined);
  });

  it('from a moment on, but not before the next open hour', () => {
    const at = { start: { when: 'at', at: '2026-12-01T10:07:00Z' } } as const;
    const times = new RunTimes({ ...week('Europe/Berlin', nights), ...at });
    assert.equal(text(times.nextChange(0)), '2026-12-01T19:00Z');
    const open = new RunTimes({ ...week('Europe/Berlin', [{ day: 'tuesday', from: 11, to: 12 }]), ...at });
    assert.equal(text(open.nextChange(0)), '2026-12-01T10:07Z');
    assert.equal(text(open.nextChange(time('2026-12-01T10:07:00Z'))), '2026-12-01T11:00Z');
  });

  const changes: readonly (readonly [string, JobSchedule, string, boolean, string])[] = [
    ['in the evening', week('Europe/Berlin', nights), '2026-11-24T18:59Z', false, '2026-11-24T19:00Z'],
    ['over midnight', week('Europe/Berlin', nights), '2026-11-24T19:00Z', true, '2026-11-25T05:00Z'],
    [
      'until Saturday, as its morning is not Friday’s',
      week('Europe/Berlin', nights),
      '2026-11-27T20:00Z',
      true,
      '2026-11-27T23:00Z',
    ],
    ['not over a weekend', week('Europe/Berlin', nights), '2026-11-28T12:00Z', false, '2026-11-29T23:00Z'],
    ['in India, half an hour off', week('Asia/Kolkata', nights), '2026-11-24T12:00Z', false, '2026-11-24T14:30Z'],
    ['in Nepal, a quarter off', week('Asia/Kathmandu', nights), '2026-11-24T12:00Z', false, '2026-11-24T14:15Z'],
    [
      'where it is tomorrow already',
      week('Pacific/Kiritimati', [{ day: 'monday', from: 0, to: 1 }]),
      '2026-11-22T09:00Z',
      false,
      '2026-11-22T10:00Z',
    ],
    // Germany, 29 March 2026: from 02:00 to 03:00 in no time. 25 October 2026: from 02:00 to 03:00 twice.
    [
      'not in an hour that there is not',
      week('Europe/Berlin', [{ day: 'sunday', from: 2, to: 3 }]),
      '2026-03-28T12:00Z',
      false,
      '2026-04-05T00:00Z',
    ],
    [
      'an hour less, when clocks go forward',
      week('Europe/Berlin', [{ day: 'sunday', from: 1, to: 4 }]),
      '2026-03-29T00:00Z',
      true,
      '2026-03-29T02:00Z',
    ],
    [
      'in an hour that comes twice',
      week('Europe/Berlin', [{ day: 'sunday', from: 2, to: 3 }]),
      '2026-10-25T00:00Z',
      true,
      '2026-10-25T02:00Z',
    ],
    ['at the same hour in summer', week('Europe/Berlin', nights), '2026-07-14T12:00Z', false, '2026-07-14T18:00Z'],
    [
      'where clocks change by half an hour',
      week('Australia/Lord_Howe', [{ day: 'sunday', from: 2, to: 3 }]),
      '2026-10-03T12:00Z',
      false,
      '2026-10-03T15:30Z',
    ],
  ];
  for (const [when, schedule, at, isOpen, change] of changes) {
    it(when, () => {
      const times = new RunTimes(schedule);
      assert.equal(times.mayRunAt(time(at)), isOpen);
      assert.equal(text(times.nextChange(time(at))), change);
    });
  }

  it('always, if all hours are open', () => {
    const all = weekdays.map((day) => ({ day, from: 0, to: 24 }));
    const times = new RunTimes(week('America/New_York', all));
    assert.equal(times.nextChange(time('2026-03-07T00:00Z')), undefined);
  });

  it('until the next change, and not a moment longer, in any zone', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'UTC',
      'Africa/Casablanca',
    );
    const entry = fc
      .tuple(fc.constantFrom(...weekdays), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 8 }))
      .map(([day, from, length]) => ({ day, from, to: Math.min(24, from + length) }));
    const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        zone,
        fc.array(entry, { minLength: 1, maxLength: 4 }),
        moment,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (timeZone, hours, date, part) => {
          const times = new RunTimes(week(timeZone, hours));
          const from = date.getTime();
          const change = times.nextChange(from);
          assert.ok(change !== undefined && change > from);
          assert.equal(times.mayRunAt(change), !times.mayRunAt(from));
          assert.equal(times.mayRunAt(change - 1), times.mayRunAt(from));
          assert.equal(times.mayRunAt(from + Math.floor((change - from - 1) * part)), times.mayRunAt(from));
        },
      ),
    );
  });

  it('by a schedule that makes sense', () => {
    const hours = [{ day: 'monday', from: 1, to: 2 }];
    const wrong: readonly object[] = [
      { start: { when: 'at', at: 'soon' } },
      ...['Berlin', '+02:00', ''].map((timeZone) => ({ start: now, week: { timeZone, hours } })),
      { start: now, week: { timeZone: 'UTC', hours: [] } },
      { start: now, week: { timeZone: 'UTC', hours: [{ day: 'monday', from: 20, to: 6 }] } },
      { start: now, week: { timeZone: 'UTC', hours: [{ day: 'monday', from: 1, to: 25 }] } },
    ];
    for (const each of wrong) assert.ok(!jobSchedule.safeParse(each).success, JSON.stringify(each));
    assert.ok(jobSpeed.safeParse(usualSpeed).success);
    assert.ok(!jobSpeed.safeParse({ ...usualSpeed, connectionsPerMailbox: 5 }).success);
  });
});
