/** When a request was sent and when its answer came, in milliseconds of one clock. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * How many requests waited for each other: the longest row of requests of which each was sent after the answer of the
 * one before. Those that overlap count as one.
 */
export function sequentialRoundTrips(requests: readonly Span[]): number {
  let count = 0;
  let lastAnswer = -Infinity;
  for (const { start, end } of [...requests].sort((a, b) => a.end - b.end)) {
    if (start < lastAnswer) continue;
    count += 1;
    lastAnswer = end;
  }
  return count;
}
