import { weekdays } from '../../migration/schedule/jobSchedule.ts';
import type { JobSchedule } from '../../migration/schedule/jobSchedule.ts';
import type { JobForm, Weekday } from './jobProtocol.ts';

type Hours = NonNullable<JobSchedule['week']>['hours'][number];

/**
 * Hours of a day as people write them: `0-6, 20-24`. What ends before it begins goes on into the next day: `20-6`.
 * @returns undefined when it is not written so
 */
export function hoursOf(day: Weekday, text: string): readonly Hours[] | undefined {
  const found: Hours[] = [];
  const parts = text.split(/[,;]/).map((part) => part.trim());
  for (const part of parts.filter((each) => each !== '')) {
    const match = /^(\d{1,2})(?::00)?\s*[-–]\s*(\d{1,2})(?::00)?$/.exec(part);
    const [from, to] = [Number(match?.[1]), Number(match?.[2])];
    if (match === null || from > 23 || to > 24 || from === to) return undefined;
    if (from < to) found.push({ day, from, to });
    else {
      found.push({ day, from, to: 24 });
      if (to > 0) found.push({ day: after(day), from: 0, to });
    }
  }
  return found;
}

export function hoursTexts(hours: readonly Hours[]): JobForm['hours'] {
  const text = (day: Weekday): string =>
    hours
      .filter((each) => each.day === day)
      .sort((a, b) => a.from - b.from)
      .map(({ from, to }) => `${from}-${to}`)
      .join(', ');
  return {
    monday: text('monday'),
    tuesday: text('tuesday'),
    wednesday: text('wednesday'),
    thursday: text('thursday'),
    friday: text('friday'),
    saturday: text('saturday'),
    sunday: text('sunday'),
  };
}

function after(day: Weekday): Weekday {
  return weekdays[(weekdays.indexOf(day) + 1) % weekdays.length] ?? day;
}
