import type { JobContent } from '../content/jobContent.ts';
import type { JobSchedule, JobSpeed } from '../schedule/jobSchedule.ts';
import { RunTimes } from '../schedule/runTimes.ts';
import { endOfWork, openHoursPerWeek } from './openTime.ts';
import type { Assumption, Estimate, ScannedMailbox } from './scanTypes.ts';

const gigabyte = 1e9;
const hourMs = 60 * 60_000;

/**
 * What is published of migrations over EWS.
 * Bytes an hour and mailbox: Microsoft has seen 5 to 10 GB an hour of third-party programs over EWS with 20 mailboxes at
 * once, 0.25 to 0.5 GB each, and names 0.2 to 0.5 GB for single ones (learn.microsoft.com/exchange/mailbox-migration/
 * office-365-migration-best-practices); MigrationWiz names up to 1.25 GB. Items an hour and connection: CloudM names 2,000;
 * that batches bring five times as many is our own assumption.
 */
const published = {
  slow: { bytes: 0.2 * gigabyte, itemsPerConnection: 2_000 },
  fast: { bytes: 1.25 * gigabyte, itemsPerConnection: 10_000 },
} as const;
type Pace = keyof typeof published;

/** Requests of a mailbox beside those for its items: folders, what is there already, the state at the end. */
const requestsPerMailbox = 10;

/** Estimates how long a job takes, mailbox by mailbox, of which none is kept. */
export class Estimator {
  readonly #speed: JobSpeed;
  readonly #work = { slow: { all: 0, longest: 0 }, fast: { all: 0, longest: 0 } };
  #mailboxes = 0;
  #items = 0;
  #bytes = 0;
  #largest = { source: '', bytes: 0 };

  constructor(speed: JobSpeed) {
    this.#speed = speed;
  }

  add({ source, items, bytes }: Pick<ScannedMailbox, 'source' | 'items' | 'bytes'>): void {
    this.#mailboxes += 1;
    this.#items += items;
    this.#bytes += bytes;
    for (const pace of ['slow', 'fast'] as const) {
      const rate = this.#rate(pace);
      const ms = Math.max(bytes / rate.bytes, items / rate.items) * hourMs;
      const work = this.#work[pace];
      work.all += ms;
      if (ms > work.longest && pace === 'slow') this.#largest = { source, bytes };
      work.longest = Math.max(work.longest, ms);
    }
  }

  /**
   * From the job's start on, closed hours included.
   * @param plan `now` in milliseconds since 1970; `missing`: mailboxes that the figures lack
   */
  result(plan: {
    readonly schedule: JobSchedule;
    readonly content: Pick<JobContent, 'items'>;
    readonly now: number;
    readonly missing: number;
  }): Estimate {
    const { schedule, now } = plan;
    const times = new RunTimes(schedule);
    const start = schedule.start.when === 'now' ? now : Math.max(now, Date.parse(schedule.start.at));
    const duration = (pace: Pace): number => {
      const work = this.#workMs(pace);
      return work === 0 ? 0 : finite(endOfWork(times, start, work) - start);
    };
    const perWeek = schedule.week && Math.round(openHoursPerWeek(times, start));
    return { fastMs: duration('fast'), slowMs: duration('slow'), assumptions: this.#assumptions(plan, perWeek) };
  }

  #rate(pace: Pace): { readonly bytes: number; readonly items: number } {
    const { bytes, itemsPerConnection } = published[pace];
    return { bytes, items: itemsPerConnection * this.#speed.connectionsPerMailbox };
  }

  /** Side by side as many mailboxes as are allowed; the longest of them is never divided. */
  #workMs(pace: Pace): number {
    const { mailboxesAtOnce, caps } = this.#speed;
    const { all, longest } = this.#work[pace];
    const { bytesPerHour = Infinity, requestsPerMinute = Infinity } = caps;
    return Math.max(
      all / mailboxesAtOnce,
      longest,
      (this.#bytes / bytesPerHour) * hourMs,
      (this.#requests() / requestsPerMinute) * 60_000,
    );
  }

  /** Each batch is exported and uploaded. */
  #requests(): number {
    return this.#mailboxes * requestsPerMailbox + 2 * Math.ceil(this.#items / this.#speed.itemsPerBatch);
  }

  #assumptions({ content, missing }: Parameters<Estimator['result']>[0], perWeek: number | undefined): Assumption[] {
    const { mailboxesAtOnce, caps } = this.#speed;
    const { all, longest } = this.#work.slow;
    const filters = filtersOf(content);
    return [
      { kind: 'rate', slow: this.#rate('slow'), fast: this.#rate('fast') },
      { kind: 'mailboxesAtOnce', count: mailboxesAtOnce },
      ...(longest > all / mailboxesAtOnce && this.#mailboxes > 1
        ? [{ kind: 'largestMailbox', ...this.#largest } as const]
        : []),
      ...(caps.bytesPerHour === undefined ? [] : [{ kind: 'bytesPerHour', cap: caps.bytesPerHour } as const]),
      ...(caps.requestsPerMinute === undefined
        ? []
        : [{ kind: 'requestsPerMinute', cap: caps.requestsPerMinute } as const]),
      ...(perWeek === undefined ? [] : [{ kind: 'openHours', perWeek } as const]),
      ...(filters.length === 0 ? [] : [{ kind: 'beforeFilters', filters } as const]),
      ...(missing === 0 ? [] : [{ kind: 'withoutMailboxes', count: missing } as const]),
    ];
  }
}

/** Counting by dates and classes would ask each folder once more, and sizes cannot be asked for in that way. */
function filtersOf({ items }: Pick<JobContent, 'items'>): ('dates' | 'classes')[] {
  const hasDates = items.from !== undefined || items.before !== undefined;
  const hasClasses = items.includeClasses.length + items.excludeClasses.length > 0;
  return [...(hasDates ? (['dates'] as const) : []), ...(hasClasses ? (['classes'] as const) : [])];
}

/** JSON has no infinity; nobody waits so long. */
function finite(ms: number): number {
  return Math.min(ms, Number.MAX_SAFE_INTEGER);
}
