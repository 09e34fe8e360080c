import type { LabItem } from '../mailboxes/item.ts';
import { ResponseError } from './fault.ts';
import type { Page } from './paging.ts';
import type { XmlElement } from './xmlReader.ts';

/** The longest window that Exchange accepts: two years. */
const longestWindowMs = 2 * 366 * 86_400_000;

/**
 * The appointments within a window, by their start. Of a series only its first appointment takes part: the lab does
 * not expand recurrences.
 * @throws ResponseError for a window that Exchange refuses
 */
export function calendarView(items: readonly LabItem[], view: XmlElement): Page<LabItem> {
  const start = Date.parse(view.attributes.get('StartDate') ?? '');
  const end = Date.parse(view.attributes.get('EndDate') ?? '');
  if (end < start)
    throw new ResponseError('ErrorCalendarEndDateIsEarlierThanStartDate', 'EndDate is earlier than StartDate.');
  if (end - start > longestWindowMs) {
    throw new ResponseError(
      'ErrorCalendarViewRangeTooBig',
      'The specified viewing range exceeds the maximum range of two years.',
    );
  }
  const max = view.attributes.get('MaxEntriesReturned');
  const within = items
    .filter(({ event }) => event !== null && event.start.getTime() < end && event.end.getTime() > start)
    .toSorted((a, b) => (a.event?.start.getTime() ?? 0) - (b.event?.start.getTime() ?? 0));
  const rows = max === undefined ? within : within.slice(0, Number(max));
  return {
    rows,
    attributes: { TotalItemsInView: within.length, IncludesLastItemInRange: rows.length === within.length },
  };
}
