/** The first moment of a day such as 2024-01-31 by the clock of the machine; undefined: there is no such day. */
export function dayOf(text: string): Date | undefined {
  return momentOf(`${text.trim()} 00:00`);
}

/** A moment such as 2026-12-01 20:00 by the clock of the machine; undefined: there is none. */
export function momentOf(text: string): Date | undefined {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})[ T]+(\d{1,2}):(\d{2})$/.exec(text.trim())?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts;
  const moment = new Date(year, month - 1, day, hour, minute);
  // The 30th of February would become a day in March.
  const isThere = moment.getMonth() === month - 1 && moment.getDate() === day && hour < 24 && minute < 60;
  return isThere && year >= 1970 ? moment : undefined;
}

/** @param moment as ISO 8601 writes it, or a date */
export function dayText(moment: string | Date): string {
  const date = new Date(moment);
  return [date.getFullYear(), padded(date.getMonth() + 1), padded(date.getDate())].join('-');
}

export function momentText(moment: string | Date): string {
  const date = new Date(moment);
  return `${dayText(date)} ${padded(date.getHours())}:${padded(date.getMinutes())}`;
}

/** Days have 23 hours or 25 where summer time begins or ends. */
export function nextDay(moment: string | Date): Date {
  return otherDay(moment, 1);
}

export function previousDay(moment: string | Date): Date {
  return otherDay(moment, -1);
}

function otherDay(moment: string | Date, days: number): Date {
  const date = new Date(moment);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, date.getHours(), date.getMinutes());
}

function padded(number: number): string {
  return String(number).padStart(2, '0');
}
