import type { RunTimes } from '../schedule/runTimes.ts';

const weekMs = 7 * 24 * 60 * 60_000;

/** How long a job may run between two moments, in milliseconds. */
export function openMsBetween(times: RunTimes, from: number, to: number): number {
  let open = 0;
  for (let at = from; at < to;) {
    const next = Math.min(to, times.nextChange(at) ?? to);
    if (times.mayRunAt(at)) open += next - at;
    at = next;
  }
  return open;
}

/** How many hours of an average week are open. @param from a moment at which the schedule's start is over */
export function openHoursPerWeek(times: RunTimes, from: number): number {
  return openMsBetween(times, from, from + weekMs) / (60 * 60_000);
}

/**
 * When so much work is done that goes on in open hours only. Weeks are alike but for summer time, so whole ones are
 * skipped: a schedule is never walked through for longer than two weeks.
 * @param from milliseconds since 1970 @returns milliseconds since 1970; Infinity if it never may run
 */
export function endOfWork(times: RunTimes, from: number, workMs: number): number {
  const begin = times.mayRunAt(from) ? from : times.nextChange(from);
  if (begin === undefined) return Infinity;
  if (times.nextChange(begin) === undefined) return begin + workMs; // All hours are open from here.
  const perWeek = openMsBetween(times, begin, begin + weekMs);
  if (perWeek === 0) return Infinity;
  const weeks = Math.max(0, Math.ceil(workMs / perWeek) - 1);
  let left = workMs - weeks * perWeek;
  for (let at = begin + weeks * weekMs; Number.isFinite(at);) {
    const next: number = times.nextChange(at) ?? Infinity;
    if (times.mayRunAt(at)) {
      if (left <= next - at) return at + left;
      left -= next - at;
    }
    at = next;
  }
  return Infinity;
}
