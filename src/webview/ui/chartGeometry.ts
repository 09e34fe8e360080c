/** In units of the chart's picture. */
export const chartHeight = 96;
/** The lowest bar can still be seen and hit. */
const lowestBar = 6;

/**
 * How high the bars are: the longest run fills the chart.
 * @param durations in milliseconds
 */
export function barHeights(durations: readonly number[]): number[] {
  const longest = Math.max(1, ...durations);
  return durations.map((duration) => Math.round(lowestBar + ((chartHeight - lowestBar) * duration) / longest));
}

/** Which bar a key leads to from this one; undefined: the key is none of the chart's. */
export function barAfterKey(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(count - 1, index + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
