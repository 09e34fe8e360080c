import { setTimeout as delay } from 'node:timers/promises';

/** What a test may wait for at most, in milliseconds: two such VS Codes share two cores. */
export const patience = 30_000;

/**
 * Waits until the condition gives something other than false, null or undefined, and returns that.
 * @throws Error that names what was waited for and the last failure, after `patience`.
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
): Promise<Exclude<T, false | null | undefined>> {
  const end = Date.now() + patience;
  let lastError: unknown;
  do {
    try {
      const value = await condition();
      // The comparison excludes just these three types; the compiler cannot carry that over to a type parameter.
      if (value !== false && value !== null && value !== undefined)
        return value as Exclude<T, false | null | undefined>;
    } catch (error) {
      lastError = error;
    }
    await delay(50);
  } while (Date.now() < end);
  throw new Error(`Waited ${patience / 1000} seconds in vain: ${what}`, { cause: lastError });
}
