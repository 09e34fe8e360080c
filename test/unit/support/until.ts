import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a condition. @param withinMs after which the test fails @throws Error naming what did not come true */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 5_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await pause(5);
  }
}
