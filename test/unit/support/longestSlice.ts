import { monitorEventLoopDelay } from 'node:perf_hooks';

const tries = 3;

/**
 * For how long some work holds up the event loop at a stretch, in milliseconds. The best of a few tries: other programs
 * can hold it up as well, but not the same place each time.
 */
export async function longestSlice(work: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < tries && best > 40; run++) {
    const watch = monitorEventLoopDelay({ resolution: 1 });
    watch.enable();
    await work();
    watch.disable();
    best = Math.min(best, watch.max / 1e6);
  }
  return best;
}
