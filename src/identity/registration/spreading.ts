import type { Pause } from '../../ews/transport/pause.ts';

/** What was made has not spread through Microsoft's service yet: it can take a minute or so [facts]. */
export class NotSpreadError extends Error {
  constructor(cause: unknown) {
    super('What was made cannot be used yet.', { cause });
    this.name = 'NotSpreadError';
  }
}

/** Seconds between attempts; the last one repeats. */
const pauses = [1, 2, 3, 5];
/** How long to go on, in seconds. */
const patience = 180;

/**
 * Does a piece of work again as long as it fails for want of spreading.
 * @throws NotSpreadError after three minutes; every other failure at once.
 */
export async function onceSpread<T>(
  work: () => Promise<T>,
  isEarly: (error: unknown) => boolean,
  pause: Pause,
): Promise<T> {
  let waited = 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isEarly(error)) throw error;
      if (waited >= patience) throw new NotSpreadError(error);
    }
    const seconds = pauses[Math.min(attempt, pauses.length - 1)] ?? 0;
    await pause(seconds * 1000);
    waited += seconds;
  }
}
