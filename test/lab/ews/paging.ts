import { ResponseError } from './fault.ts';
import type { XmlElement } from './xmlReader.ts';

/** The most that one page holds (Exchange Online's throttling policy: 1000, with a restriction 250). */
const largestPage = 1_000;
const largestFilteredPage = 250;

export interface Page<T> {
  readonly rows: readonly T[];
  /** The paging attributes of RootFolder. */
  readonly attributes: Readonly<Record<string, number | boolean | undefined>>;
}

const number = (view: XmlElement, name: string): number | undefined => {
  const text = view.attributes.get(name);
  return text === undefined ? undefined : Number(text);
};

/**
 * Cuts a page out of the rows as the view asks for; without a view the first page.
 * @throws ResponseError for a view that Exchange refuses
 */
export function pageOf<T>(rows: readonly T[], view: XmlElement | undefined, isFiltered: boolean): Page<T> {
  const limit = isFiltered ? largestFilteredPage : largestPage;
  const asked = view ? number(view, 'MaxEntriesReturned') : undefined;
  if (asked !== undefined && asked <= 0) {
    throw new ResponseError('ErrorInvalidPagingMaxRows', 'MaxEntriesReturned must be greater than zero.');
  }
  const size = Math.min(asked ?? limit, limit);
  const total = rows.length;
  if (view?.name.includes('Fractional')) {
    const numerator = number(view, 'Numerator') ?? 0;
    const denominator = number(view, 'Denominator') ?? 1;
    if (denominator < 1 || numerator < 0 || numerator > denominator) {
      throw new ResponseError(
        'ErrorInvalidFractionalPagingParameters',
        'The numerator must lie between 0 and the denominator.',
      );
    }
    const start = Math.floor((total * numerator) / denominator);
    const end = Math.min(total, start + size);
    const attributes = {
      NumeratorOffset: end,
      AbsoluteDenominator: total,
      TotalItemsInView: total,
      IncludesLastItemInRange: end >= total,
    };
    return { rows: rows.slice(start, end), attributes };
  }
  const offset = view ? (number(view, 'Offset') ?? 0) : 0;
  if (offset < 0) throw new ResponseError('ErrorInvalidIndexedPagingParameters', 'Offset must not be negative.');
  const fromEnd = view?.attributes.get('BasePoint') === 'End';
  const end = fromEnd ? Math.max(0, total - offset) : Math.min(total, offset + size);
  const start = fromEnd ? Math.max(0, end - size) : Math.min(offset, total);
  const next = fromEnd ? total - start : end;
  return {
    rows: rows.slice(start, end),
    attributes: {
      IndexedPagingOffset: view ? next : undefined,
      TotalItemsInView: total,
      IncludesLastItemInRange: fromEnd ? start === 0 : end >= total,
    },
  };
}
