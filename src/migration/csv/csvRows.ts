import type { InputFault, Place } from '../inputFault.ts';
import { Pace } from '../pace.ts';
import type { PaceOptions } from '../pace.ts';
import { isNote } from './csvDelimiter.ts';
import { decodedPieces } from './csvEncoding.ts';
import { CsvRecords, longestRow } from './csvRecords.ts';
import type { CsvBreak, CsvRecord } from './csvRecords.ts';
import type { CsvShape } from './csvShape.ts';

/** What is to be known of a file to read its rows. */
export type RowReading = Pick<CsvShape, 'encoding' | 'delimiter' | 'headerRow' | 'header'>;

const rowsBetweenLooks = 64;

/**
 * Reads all rows of a file, in slices. Progress is in characters.
 * @returns how many there are, with the header and the note of a delimiter
 * @throws the reason of an aborted signal
 */
export async function readRows(
  bytes: Uint8Array,
  reading: RowReading,
  options: PaceOptions,
  take: (row: CsvRecord | CsvBreak) => void,
): Promise<number> {
  const pace = new Pace(options);
  const records = new CsvRecords(reading.delimiter);
  let done = 0;
  let count = 0;
  for (const { piece, isLast } of withLast(decodedPieces(bytes, reading.encoding))) {
    records.feed(piece, isLast);
    for (let next = records.next(); next !== undefined; next = records.next()) {
      take(next);
      count += 1;
      if (count % rowsBetweenLooks === 0 && pace.isOver) await pace.next(done);
    }
    done += piece.length;
    if (pace.isOver) await pace.next(done);
  }
  options.onProgress?.(done);
  return count;
}

function* withLast(pieces: Iterable<string>): Generator<{ piece: string; isLast: boolean }> {
  let held: string | undefined;
  for (const piece of pieces) {
    if (held !== undefined) yield { piece: held, isLast: false };
    held = piece;
  }
  yield { piece: held ?? '', isLast: true };
}

/** Whether a row is the header, or the note of a delimiter. */
export function isHead({ row, cells }: CsvRecord, reading: RowReading): boolean {
  return row === reading.headerRow || (row === 1 && isNote(cells, reading.delimiter));
}

export function cellOf({ cells }: CsvRecord, column: number): string {
  return cells[column]?.trim() ?? '';
}

/** @param column from 0 */
export function placeOf({ header }: RowReading, { row, line }: Pick<CsvRecord, 'row' | 'line'>, column: number): Place {
  const name = header[column] ?? '';
  return { in: 'file', row, line, column: column + 1, ...(name !== '' && { header: name }) };
}

export function breakFault(reading: RowReading, { row, line, column, reason }: CsvBreak): InputFault {
  const place = placeOf(reading, { row, line }, column - 1);
  return reason === 'rowTooLong' ? { reason, limit: longestRow, place } : { reason, place };
}

/** A delimiter too many, as in a name that lacks its quotes, moves all that follow it: no cell can be trusted. */
export function widthFault(reading: RowReading, record: CsvRecord): InputFault | undefined {
  const expected = reading.header.length;
  const found = record.cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (found <= expected) return undefined;
  return { reason: 'tooManyCells', expected, found, place: placeOf(reading, record, expected) };
}
