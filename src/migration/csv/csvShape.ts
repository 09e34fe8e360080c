import { MailboxFileError } from '../inputFault.ts';
import { isOneAddress } from '../mailAddress.ts';
import type { Pace } from '../pace.ts';
import { columnsOf, repeatedNames } from './csvColumns.ts';
import type { CsvColumns } from './csvColumns.ts';
import { guessDelimiter, isNote, notedDelimiter } from './csvDelimiter.ts';
import type { Delimiter } from './csvDelimiter.ts';
import { decodedPieces, findEncoding } from './csvEncoding.ts';
import type { CsvEncoding, EncodingFound } from './csvEncoding.ts';
import { CsvRecords } from './csvRecords.ts';
import type { CsvRecord } from './csvRecords.ts';

/** How a file is to be read. A person may correct each of it before the rows are read. */
export interface CsvShape extends EncodingFound {
  readonly delimiter: Delimiter;
  /** The row with the columns' names, counted from 1; 0 when there is none. */
  readonly headerRow: number;
  /** Names of the columns; empty ones when there is no header. */
  readonly header: readonly string[];
  /** Columns that the header names; without `source` a person has to choose. */
  readonly columns: Partial<CsvColumns>;
  /** Names that several columns have. */
  readonly repeated: readonly string[];
  /** The first rows with something in them, to show. */
  readonly sample: readonly CsvRecord[];
}

/** How to read a file: what `findShape` says, or a person. */
export type CsvReading = Pick<CsvShape, 'encoding' | 'delimiter' | 'headerRow' | 'header'> & {
  readonly columns: CsvColumns;
};

/** Bytes; a file of a million rows has about 60 million. More than a text of V8's can hold is of no use to anybody. */
const largestFile = 500_000_000;
const sampleRows = 10;

/** What a person has corrected, so that the rest is found out anew. */
export interface CsvCorrection {
  readonly encoding?: CsvEncoding;
  readonly delimiter?: Delimiter;
}

/**
 * Finds out how a file is to be read.
 * @throws MailboxFileError when nothing is in it, or more than 500 MB; what `pace` throws
 */
export async function findShape(bytes: Uint8Array, pace: Pace, corrected: CsvCorrection = {}): Promise<CsvShape> {
  if (bytes.length > largestFile) throw new MailboxFileError('tooLarge');
  const { encoding } = corrected;
  const found = encoding === undefined ? await findEncoding(bytes, pace) : { encoding, isGuess: false };
  const [beginning = ''] = decodedPieces(bytes, found.encoding);
  const noted = notedDelimiter(beginning.slice(0, 20).split(/[\r\n]/, 1)[0] ?? '');
  const delimiter = corrected.delimiter ?? noted ?? guessDelimiter(beginning.replace(/^#TYPE\s[^\r\n]*[\r\n]+/, ''));
  const all = firstRows(beginning, delimiter);
  const rows = all.filter(({ row, cells }) => row > 1 || !isNote(cells, delimiter));
  const [first] = rows;
  if (first === undefined) throw new MailboxFileError('empty');
  // Names of columns are no addresses. A file with one column and no header is a list.
  if (first.cells.some((cell) => isOneAddress(cell.trim()))) {
    const columns = first.cells.length === 1 ? { source: 0 } : {};
    const header = first.cells.map(() => '');
    return { ...found, delimiter, headerRow: 0, header, columns, repeated: [], sample: rows };
  }
  const header = first.cells.map((cell) => cell.trim());
  const columns = columnsOf(header);
  const repeated = repeatedNames(header);
  return { ...found, delimiter, headerRow: first.row, header, columns, repeated, sample: rows.slice(1) };
}

/** How a file is read if nobody corrects its shape. @throws MailboxFileError when no column is known to hold addresses */
export function readingOf(shape: CsvShape): CsvReading {
  const { source, ...others } = shape.columns;
  if (source === undefined) throw new MailboxFileError('noAddressColumn');
  return { ...shape, columns: { source, ...others } };
}

function firstRows(text: string, delimiter: string): readonly CsvRecord[] {
  const records = new CsvRecords(delimiter);
  records.feed(text, true);
  const rows: CsvRecord[] = [];
  for (let next = records.next(); next !== undefined && rows.length <= sampleRows + 1; next = records.next()) {
    if ('cells' in next && !isBlank(next)) rows.push(next);
  }
  return rows;
}

/** Spreadsheets write rows of delimiters only. */
export function isBlank({ cells }: CsvRecord): boolean {
  return cells.every((cell) => cell.trim() === '');
}
