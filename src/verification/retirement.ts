import type { CloudId } from '../connections/sourceConnection.ts';

/** EWS in Exchange Online of the worldwide cloud ends with this moment [facts]. */
const end = Date.UTC(2027, 3, 1);
const dayMs = 24 * 60 * 60 * 1000;

/** Days until EWS ends, today's included; 0 or less: it has ended. Undefined: no date is known for this cloud. */
export function daysOfEws(cloud: CloudId, now: Date): number | undefined {
  return cloud === 'worldwide' ? Math.ceil((end - now.getTime()) / dayMs) : undefined;
}

/** Whether EWS is over for good where this cloud is. */
export function isRetired(cloud: CloudId, now: Date): boolean {
  const days = daysOfEws(cloud, now);
  return days !== undefined && days <= 0;
}
