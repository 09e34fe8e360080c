import { weekdays } from './jobSchedule.ts';
import type { JobSchedule } from './jobSchedule.ts';

/** Milliseconds. All time zones are whole quarters of an hour off UTC, and change only at such: nothing happens between. */
const quarter = 15 * 60_000;
/** A week, and another one, as the only open hour may be the one that summer time leaves out. */
const quartersAhead = (15 * 24 * 60) / 15;

/**
 * When a job may run. It goes by the clock on the wall of the schedule's time zone: an hour that summer time leaves out
 * is not there to run in, one that comes twice is open twice. All times are in milliseconds since 1970.
 */
export class RunTimes {
  readonly #start: number;
  /** Undefined: all hours are open. */
  readonly #isOpen: ((time: number) => boolean) | undefined;

  constructor({ start, week }: JobSchedule) {
    this.#start = start.when === 'now' ? -Infinity : Date.parse(start.at);
    this.#isOpen = week && openHours(week);
  }

  mayRunAt(time: number): boolean {
    return time >= this.#start && (this.#isOpen?.(time) ?? true);
  }

  /** The first time after `time` at which `mayRunAt` becomes another; undefined if it stays as it is. */
  nextChange(time: number): number | undefined {
    if (time < this.#start) {
      return this.mayRunAt(this.#start) ? this.#start : this.#changeAfter(this.#start);
    }
    return this.#changeAfter(time);
  }

  #changeAfter(time: number): number | undefined {
    const isOpen = this.#isOpen;
    if (isOpen === undefined) return undefined;
    const now = isOpen(time);
    let next = Math.floor(time / quarter) * quarter;
    for (let count = 0; count < quartersAhead; count++) {
      next += quarter;
      if (isOpen(next) !== now) return next;
    }
    return undefined; // All hours are open.
  }
}

function openHours({ timeZone, hours }: JobSchedule['week'] & {}): (time: number) => boolean {
  const open = new Set<string>();
  for (const { day, from, to } of hours) for (let hour = from; hour < to; hour++) open.add(`${day} ${hour}`);
  const clock = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'long', hour: 'numeric', hourCycle: 'h23' });
  return (time) => {
    const parts = clock.formatToParts(time);
    const part = (type: 'weekday' | 'hour') => parts.find((each) => each.type === type)?.value ?? '';
    const day = weekdays.find((each) => each === part('weekday').toLowerCase());
    return day !== undefined && open.has(`${day} ${Number(part('hour'))}`);
  };
}
