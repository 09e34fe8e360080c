import { MailboxFileError } from '../inputFault.ts';
import type { InputFault, Problem } from '../inputFault.ts';
import type { PaceOptions } from '../pace.ts';
import type { CsvBreak, CsvRecord } from './csvRecords.ts';
import { breakFault, isHead, placeOf, readRows, widthFault } from './csvRows.ts';
import type { RowReading } from './csvRows.ts';
import { isBlank } from './csvShape.ts';

/** What every reading of a file tells of its rows. */
export interface RowsTaken {
  /** By rows; a row may have several. */
  readonly faults: readonly InputFault[];
  readonly faultyRows: number;
  readonly blankRows: number;
  /** All rows, with the header and the note of a delimiter. */
  readonly rows: number;
}

/** Makes something of each row of a file that is neither the header nor blank nor broken, and keeps what is wrong with others. */
export abstract class CsvRowTaker<Reading extends RowReading> {
  protected readonly reading: Reading;
  readonly #faults: InputFault[] = [];
  #faultyRows = 0;
  #blankRows = 0;

  /** @param columns that are read, from 0. @throws MailboxFileError when one is not in the header */
  constructor(reading: Reading, columns: readonly number[]) {
    if (columns.some((column) => column < 0 || column >= reading.header.length))
      throw new MailboxFileError('noSuchColumn');
    this.reading = reading;
  }

  /** Reads the file in slices. Progress is in characters. @throws the reason of an aborted signal, and as `takeRow` does */
  async read(bytes: Uint8Array, options: PaceOptions): Promise<RowsTaken> {
    const rows = await readRows(bytes, this.reading, options, (row) => this.#take(row));
    return { faults: this.#faults, faultyRows: this.#faultyRows, blankRows: this.#blankRows, rows };
  }

  /** A row as wide as the header, or less. */
  protected abstract takeRow(record: CsvRecord): void;

  /** How many faults have been told. */
  protected get told(): number {
    return this.#faults.length;
  }

  protected tell(record: CsvRecord, column: number, problem: Problem): void {
    this.#faults.push({ ...problem, place: placeOf(this.reading, record, column) });
  }

  #take(record: CsvRecord | CsvBreak): void {
    const before = this.told;
    if (!('cells' in record)) this.#faults.push(breakFault(this.reading, record));
    else if (isBlank(record)) this.#blankRows += 1;
    else if (!isHead(record, this.reading)) this.#takeWhole(record);
    if (this.told > before) this.#faultyRows += 1;
  }

  #takeWhole(record: CsvRecord): void {
    const tooWide = widthFault(this.reading, record);
    if (tooWide === undefined) this.takeRow(record);
    else this.#faults.push(tooWide);
  }
}
