import * as z from 'zod';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const mostAtOnce = 100;
/** Well within the 27 requests that Exchange lets one impersonated mailbox have at once (EWSMaxConcurrency). */
const mostConnections = 4;

/** When a job may run, and how fast. */
export const jobSchedule = z.lazy(() => {
  const hour = z.int().min(0).max(24);
  const hours = z
    .strictObject({ day: z.enum(weekdays), /** Full hours; `to` is not included. */ from: hour, to: hour })
    .refine(({ from, to }) => from < to, { path: ['to'] });
  return z.strictObject({
    start: z.discriminatedUnion('when', [
      z.strictObject({ when: z.literal('now') }),
      z.strictObject({ when: z.literal('at'), at: z.iso.datetime() }),
    ]),
    /** Absent: at any hour. What spans midnight is one entry for each day. */
    week: z
      .strictObject({ timeZone: z.string().refine(isTimeZone), hours: z.array(hours).min(1).max(200) })
      .exactOptional(),
  });
});
export type JobSchedule = z.infer<typeof jobSchedule>;

/** How much a job asks of both servers. */
export const jobSpeed = z.lazy(() =>
  z.strictObject({
    mailboxesAtOnce: z.int().min(1).max(mostAtOnce),
    connectionsPerMailbox: z.int().min(1).max(mostConnections),
    itemsPerBatch: z.int().min(1).max(1000),
    /** Caps over all mailboxes; absent: as much as the servers let through. */
    caps: z.strictObject({
      requestsPerMinute: z.int().min(1).max(1_000_000).exactOptional(),
      /** Of items, in bytes. */
      bytesPerHour: z.int().min(1_000_000).max(1e15).exactOptional(),
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
