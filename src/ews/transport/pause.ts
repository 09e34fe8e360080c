import { setTimeout } from 'node:timers/promises';

/** Waits that many milliseconds. Rejects when the work that it belongs to is cancelled. */
export type Pause = (ms: number) => Promise<void>;

export function pauseWithin(signal: AbortSignal): Pause {
  return (ms) => setTimeout(ms, undefined, { signal });
}
