import { monitorEventLoopDelay } from 'node:perf_hooks';

/** For how long some work held up the event loop at a stretch, in milliseconds. */
export interface LongestSlice {
  /** Of this thread's own time: what other programs do meanwhile does not count. */
  readonly cpu: number;
  readonly wall: number;
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
