import { claimedUntil, runEntryOf } from './history.ts';
import type { History, RunEntry } from './history.ts';
import { isThrottling } from './runOutcome.ts';
import type { VerificationRecord } from './verification.ts';

const minute = 60 * 1000;
const hour = 60 * minute;
const day = 24 * hour;

export const watchIntervals = ['off', 'hourly', 'daily', 'weekly'] as const;
export type WatchInterval = (typeof watchIntervals)[number];

const intervalMs: Readonly<Record<Exclude<WatchInterval, 'off'>, number>> = {
  hourly: hour,
  daily: day,
  weekly: 7 * day,
};

/** Runs of many connections, and of many people's machines, must not come all at once: a tenth earlier or later. */
const spread = 0.1;
/** At least so long (ms) nobody asks again a service that slows this app down. */
const shortestBackOff = hour;
/** A service that asks for more patience is asked all the same after so long (ms): it may have erred. */
const longestBackOff = day;
/** A machine without a network is looked at again after so long (ms): it fails fast, and asks nobody. */
const offlineRetry = 15 * minute;

/** What is known of a connection's runs. */
export interface RunsKnown {
  readonly history: History;
  /** The last verification: it may be from before there was a history. */
  readonly record?: VerificationRecord | undefined;
}

/** What is looked after: a connection that somebody has verified. Jobs come here: one that a job uses is in use too. */
export function isInUse(known: RunsKnown): boolean {
  return lastRun(known) !== undefined;
}

/**
 * When a connection is to be verified again; in the past when that is overdue, by however many intervals.
 * @param drawn at random from [0, 1), the same for as long as the last run is the same
 */
export function dueAt(known: RunsKnown, interval: Exclude<WatchInterval, 'off'>, drawn: number, now: number): number {
  const taken = claimedUntil(known.history, now);
  if (taken !== undefined) return taken;
  const last = lastRun(known);
  const lastAt = last === undefined ? 0 : Date.parse(last.startedAt);
  if (lastAt > now) return now; // The clock was put back since: a date of the future tells nothing.
  return lastAt + Math.max(usualWait(last, intervalMs[interval], drawn), backOff(last, drawn));
}

export function lastRun({ history, record }: RunsKnown): RunEntry | undefined {
  return history.runs.at(-1) ?? (record && runEntryOf(record, false));
}

function usualWait(last: RunEntry | undefined, interval: number, drawn: number): number {
  const wait = interval * (1 + spread * (2 * drawn - 1));
  if (last?.outcome === 'offline') return Math.min(wait, offlineRetry);
  if (last?.outcome === 'throttled') return 0; // Nothing is known yet: as soon as one may ask.
  return wait;
}

/** Never earlier than a service has asked for. */
function backOff(last: RunEntry | undefined, drawn: number): number {
  if (last?.errors.some(isThrottling) !== true) return 0;
  return Math.min(Math.max(last.waitMs ?? 0, shortestBackOff), longestBackOff) * (1 + spread * drawn);
}
