/** Where a measurement should stay; it is told, never asserted. */
export interface Bar {
  readonly bar: number;
  readonly ok: boolean;
}

/** What a series of runs comes to. */
export interface Figure {
  readonly median: number;
  readonly spread: { readonly min: number; readonly max: number };
  readonly runs: number;
}

/** @param values one of each run, at least one; the result is rounded to tenths. */
export function figureOf(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return {
    median: tenths(middle.reduce((sum, value) => sum + value, 0) / middle.length),
    spread: { min: tenths(Math.min(...sorted)), max: tenths(Math.max(...sorted)) },
    runs: sorted.length,
  };
}

/** @param bar the largest value that is still good. */
export function against(bar: number, value: number): Bar {
  return { bar, ok: value <= bar };
}

/** Prints one result: one JSON object on a line of its own. */
export function report(bench: string, result: object): void {
  process.stdout.write(`${JSON.stringify({ bench, ...result })}\n`);
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
