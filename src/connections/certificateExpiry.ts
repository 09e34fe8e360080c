const dayMs = 24 * 60 * 60 * 1000;

/** So many days before its end a certificate is worth a warning: time enough to ask whoever may upload another. */
const soonDays = 30;

/** Whole days until the certificate ends; negative once it has. @param notAfter ISO 8601 */
function daysUntil(notAfter: string, now: Date): number {
  return Math.floor((Date.parse(notAfter) - now.getTime()) / dayMs);
}

/** Days left when the end is near or past, else undefined. */
export function expirySoon(notAfter: string, now: Date): number | undefined {
  const days = daysUntil(notAfter, now);
  return days <= soonDays ? days : undefined;
}
