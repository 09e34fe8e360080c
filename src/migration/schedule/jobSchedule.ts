import * as z from 'zod/mini';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const mostAtOnce = 100;
/** Well within the 27 requests that Exchange lets one impersonated mailbox have at once (EWSMaxConcurrency). */
const mostConnections = 4;

/** When a job may run, and how fast. */
export const jobSchedule = z.lazy(() => {
  const hour = z.int().check(z.minimum(0), z.maximum(24));
  const hours = z
    .strictObject({ day: z.enum(weekdays), /** Full hours; `to` is not included. */ from: hour, to: hour })
    .check(z.refine(({ from, to }) => from < to, { path: ['to'] }));
  return z.strictObject({
    start: z.discriminatedUnion('when', [
      z.strictObject({ when: z.literal('now') }),
      z.strictObject({ when: z.literal('at'), at: z.iso.datetime() }),
    ]),
    /** Absent: at any hour. What spans midnight is one entry for each day. */
    week: z.exactOptional(
      z.strictObject({
        timeZone: z.string().check(z.refine(isTimeZone)),
        hours: z.array(hours).check(z.minLength(1), z.maxLength(200)),
      }),
    ),
  });
});
export type JobSchedule = z.infer<typeof jobSchedule>;

/** How much a job asks of both servers. */
export const jobSpeed = z.lazy(() =>
  z.strictObject({
    mailboxesAtOnce: z.int().check(z.minimum(1), z.maximum(mostAtOnce)),
    connectionsPerMailbox: z.int().check(z.minimum(1), z.maximum(mostConnections)),
    itemsPerBatch: z.int().check(z.minimum(1), z.maximum(1000)),
    /** Caps over all mailboxes; absent: as much as the servers let through. */
    caps: z.strictObject({
      requestsPerMinute: z.exactOptional(z.int().check(z.minimum(1), z.maximum(1_000_000))),
      /** Of items, in bytes. */
      bytesPerHour: z.exactOptional(z.int().check(z.minimum(1_000_000), z.maximum(1e15))),
    }),
  }),
);
export type JobSpeed = z.infer<typeof jobSpeed>;

export const usualSpeed: JobSpeed = { mailboxesAtOnce: 10, connectionsPerMailbox: 2, itemsPerBatch: 50, caps: {} };

/** Whether a text names a time zone with its rules for summer time, as `Europe/Berlin`; a mere offset has none. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
