import { monitorEventLoopDelay } from 'node:perf_hooks';

/** For how long some work held up the event loop at a stretch, in milliseconds. */
export interface LongestSlice {
  /** Of this thread's own time: what other programs do meanwhile does not count. */
  readonly cpu: number;
  readonly wall: number;
}

const tries = 3;

/**
 * The longest slice of the thread's own time in the best of a few tries: when other programs take all processors, this
 * thread collects the garbage that others would collect for it.
 * @param goodEnough milliseconds, below which there is no other try
 */
export async function bestLongestSlice(goodEnough: number, work: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < tries && best >= goodEnough; run++) best = Math.min(best, (await longestSlice(work)).cpu);
  return best;
}

export async function longestSlice(work: () => Promise<unknown>): Promise<LongestSlice> {
  const watch = monitorEventLoopDelay({ resolution: 1 });
  let cpu = 0;
  let last = threadTime();
  let isDone = false;
  // Comes round once in each turn of the event loop.
  const look = (): void => {
    const now = threadTime();
    cpu = Math.max(cpu, now - last);
    last = now;
    if (!isDone) setImmediate(look);
  };
  setImmediate(look);
  watch.enable();
  try {
    await work();
  } finally {
    isDone = true;
    watch.disable();
  }
  return { cpu, wall: watch.max / 1e6 };
}

function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
