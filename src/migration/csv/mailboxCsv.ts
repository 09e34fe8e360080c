import { MailboxFileError, shortened } from '../inputFault.ts';
import type { InputFault, Place, Problem } from '../inputFault.ts';
import type { SourceMailbox } from '../mailbox.ts';
import { addressKey, domainOf, readAddress } from '../mailAddress.ts';
import { Pace } from '../pace.ts';
import type { PaceOptions } from '../pace.ts';
import { ShardedMap } from '../shardedMap.ts';
import type { ColumnRole } from './csvColumns.ts';
import { notedDelimiter } from './csvDelimiter.ts';
import { decodedPieces } from './csvEncoding.ts';
import { CsvRecords, longestRow } from './csvRecords.ts';
import type { CsvBreak, CsvRecord } from './csvRecords.ts';
import { isBlank } from './csvShape.ts';
import type { CsvReading } from './csvShape.ts';

/** What a file of mailboxes holds: each row is a mailbox, has at least one fault, is blank, or is the header. */
export interface MailboxCsv {
  readonly mailboxes: readonly SourceMailbox[];
  /** By rows; a row may have several. */
  readonly faults: readonly InputFault[];
  readonly faultyRows: number;
  readonly blankRows: number;
  /** All rows, with the header and the note of a delimiter. */
  readonly rows: number;
}

export interface ReadOptions extends PaceOptions {
  /** Domains of the source's tenant, in small letters: an address of another one cannot be opened there. Unknown: none is judged by it. */
  readonly domains?: ReadonlySet<string>;
}

const rowsBetweenLooks = 64;

/**
 * Reads a file of mailboxes, in slices. Progress is in characters.
 * @throws MailboxFileError when a column is not in the header; the reason of an aborted signal
 */
export async function readMailboxCsv(
  bytes: Uint8Array,
  reading: CsvReading,
  options: ReadOptions = {},
): Promise<MailboxCsv> {
  const columns = Object.values(reading.columns);
  if (columns.some((column) => column < 0 || column >= reading.header.length))
    throw new MailboxFileError('noSuchColumn');
  const pace = new Pace(options);
  const rows = new MailboxRows(reading, options.domains);
  const records = new CsvRecords(reading.delimiter);
  let done = 0;
  let count = 0;
  for (const { piece, isLast } of withLast(decodedPieces(bytes, reading.encoding))) {
    records.feed(piece, isLast);
    for (let next = records.next(); next !== undefined; next = records.next()) {
      rows.take(next);
      count += 1;
      if (count % rowsBetweenLooks === 0 && pace.isOver) await pace.next(done);
    }
    done += piece.length;
    if (pace.isOver) await pace.next(done);
  }
  options.onProgress?.(done);
  return { ...rows.result(), rows: count };
}

function* withLast(pieces: Iterable<string>): Generator<{ piece: string; isLast: boolean }> {
  let held: string | undefined;
  for (const piece of pieces) {
    if (held !== undefined) yield { piece: held, isLast: false };
    held = piece;
  }
  yield { piece: held ?? '', isLast: true };
}

/** Makes mailboxes and faults of rows. */
class MailboxRows {
  readonly #reading: CsvReading;
  readonly #domains: ReadonlySet<string> | undefined;
  readonly #mailboxes: SourceMailbox[] = [];
  readonly #faults: InputFault[] = [];
  /** Where each address stands first. */
  readonly #places = new ShardedMap<Place>();
  #faultyRows = 0;
  #blankRows = 0;

  constructor(reading: CsvReading, domains: ReadonlySet<string> | undefined) {
    this.#reading = reading;
    this.#domains = domains;
  }

  result(): Omit<MailboxCsv, 'rows'> {
    const faults = this.#faults;
    return { mailboxes: this.#mailboxes, faults, faultyRows: this.#faultyRows, blankRows: this.#blankRows };
  }

  take(record: CsvRecord | CsvBreak): void {
    const faults = this.#faults.length;
    if (!('cells' in record)) this.#tellBreak(record);
    else if (isBlank(record)) this.#blankRows += 1;
    else if (!this.#isHead(record)) this.#takeRow(record);
    if (this.#faults.length > faults) this.#faultyRows += 1;
  }

  #isHead({ row, cells }: CsvRecord): boolean {
    return (
      row === this.#reading.headerRow ||
      (row === 1 && notedDelimiter(cells.join(this.#reading.delimiter)) !== undefined)
    );
  }

  #tellBreak({ row, line, column, reason }: CsvBreak): void {
    const place = this.#place({ row, line }, column - 1);
    this.#faults.push(reason === 'rowTooLong' ? { reason, limit: longestRow, place } : { reason, place });
  }

  #takeRow(record: CsvRecord): void {
    const { header, columns } = this.#reading;
    const before = this.#faults.length;
    const found = record.cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    // A delimiter too many, as in a name that lacks its quotes, moves all that follow it: no cell can be trusted.
    if (found > header.length) {
      this.#tell(record, header.length, { reason: 'tooManyCells', expected: header.length, found });
      return;
    }
    const source = this.#address(record, 'source');
    const target = this.#address(record, 'target');
    if (this.#faults.length > before || source === undefined) return;
    const place: Place = { in: 'file', row: record.row, line: record.line };
    const key = addressKey(source.address);
    if (!this.#isOwn(record, source.address, key) || !this.#isFirst(record, source.address, key, place)) return;
    const name = columns.displayName === undefined ? '' : cellOf(record, columns.displayName);
    const displayName = name === '' ? source.displayName : name;
    this.#mailboxes.push({
      address: source.address,
      ...(displayName !== undefined && { displayName: shortened(displayName) }),
      ...(target !== undefined && { target: target.address }),
      place,
    });
  }

  #isOwn(record: CsvRecord, address: string, key: string): boolean {
    const domain = domainOf(key);
    if (this.#domains === undefined || this.#domains.has(domain)) return true;
    this.#tell(record, this.#reading.columns.source, { reason: 'foreignDomain', address, domain });
    return false;
  }

  #isFirst(record: CsvRecord, address: string, key: string, place: Place): boolean {
    const first = this.#places.get(key);
    if (first === undefined) this.#places.set(key, place);
    else this.#tell(record, this.#reading.columns.source, { reason: 'mailboxTwice', address, first });
    return first === undefined;
  }

  #address(record: CsvRecord, role: Exclude<ColumnRole, 'displayName'>): ReturnType<typeof readAddress> {
    const column = this.#reading.columns[role];
    if (column === undefined) return undefined;
    const cell = cellOf(record, column);
    const address = readAddress(cell);
    // What stands for bytes that are no letter of the encoding.
    if (cell.includes('\ufffd')) this.#tell(record, column, { reason: 'unreadableCharacter', value: shortened(cell) });
    else if (address !== undefined) return address;
    else if (cell !== '') {
      const reason = role === 'source' ? 'notAnAddress' : 'targetNotAnAddress';
      this.#tell(record, column, { reason, value: shortened(cell) });
    } else if (role === 'source') this.#tell(record, column, { reason: 'addressMissing' });
    return undefined;
  }

  #tell(record: CsvRecord, column: number, problem: Problem): void {
    this.#faults.push({ ...problem, place: this.#place(record, column) });
  }

  /** @param column from 0 */
  #place({ row, line }: { readonly row: number; readonly line: number }, column: number): Place {
    const header = this.#reading.header[column] ?? '';
    return { in: 'file', row, line, column: column + 1, ...(header !== '' && { header }) };
  }
}

function cellOf({ cells }: CsvRecord, column: number): string {
  return cells[column]?.trim() ?? '';
}
