import { shortened } from '../inputFault.ts';
import type { Place } from '../inputFault.ts';
import type { SourceMailbox } from '../mailbox.ts';
import { addressKey, domainOf, readAddress } from '../mailAddress.ts';
import type { PaceOptions } from '../pace.ts';
import { ShardedMap } from '../shardedMap.ts';
import type { ColumnRole } from './csvColumns.ts';
import type { CsvRecord } from './csvRecords.ts';
import { cellOf } from './csvRows.ts';
import { CsvRowTaker } from './csvRowTaker.ts';
import type { RowsTaken } from './csvRowTaker.ts';
import type { CsvReading } from './csvShape.ts';

/** What a file of mailboxes holds: each row is a mailbox, has at least one fault, is blank, or is the header. */
export interface MailboxCsv extends RowsTaken {
  readonly mailboxes: readonly SourceMailbox[];
}

export interface ReadOptions extends PaceOptions {
  /** Domains of the source's tenant, in small letters: an address of another one cannot be opened there. Unknown: none is judged by it. */
  readonly domains?: ReadonlySet<string>;
}

/**
 * Reads a file of mailboxes, in slices. Progress is in characters.
 * @throws MailboxFileError when a column is not in the header; the reason of an aborted signal
 */
export async function readMailboxCsv(
  bytes: Uint8Array,
  reading: CsvReading,
  options: ReadOptions = {},
): Promise<MailboxCsv> {
  const rows = new MailboxRows(reading, options.domains);
  return { ...(await rows.read(bytes, options)), mailboxes: rows.mailboxes };
}

class MailboxRows extends CsvRowTaker<CsvReading> {
  readonly mailboxes: SourceMailbox[] = [];
  readonly #domains: ReadonlySet<string> | undefined;
  /** Where each address stands first. */
  readonly #places = new ShardedMap<Place>();

  constructor(reading: CsvReading, domains: ReadonlySet<string> | undefined) {
    super(reading, Object.values(reading.columns));
    this.#domains = domains;
  }

  protected override takeRow(record: CsvRecord): void {
    const { columns } = this.reading;
    const before = this.told;
    const source = this.#address(record, 'source');
    const target = this.#address(record, 'target');
    if (this.told > before || source === undefined) return;
    const place: Place = { in: 'file', row: record.row, line: record.line };
    const key = addressKey(source.address);
    if (!this.#isOwn(record, source.address, key) || !this.#isFirst(record, source.address, key, place)) return;
    const name = columns.displayName === undefined ? '' : cellOf(record, columns.displayName);
    const displayName = name === '' ? source.displayName : name;
    this.mailboxes.push({
      address: source.address,
      ...(displayName !== undefined && { displayName: shortened(displayName) }),
      ...(target !== undefined && { target: target.address }),
      place,
    });
  }

  #isOwn(record: CsvRecord, address: string, key: string): boolean {
    const domain = domainOf(key);
    if (this.#domains === undefined || this.#domains.has(domain)) return true;
    this.tell(record, this.reading.columns.source, { reason: 'foreignDomain', address, domain });
    return false;
  }

  #isFirst(record: CsvRecord, address: string, key: string, place: Place): boolean {
    const first = this.#places.get(key);
    if (first === undefined) this.#places.set(key, place);
    else this.tell(record, this.reading.columns.source, { reason: 'mailboxTwice', address, first });
    return first === undefined;
  }

  #address(record: CsvRecord, role: Exclude<ColumnRole, 'displayName'>): ReturnType<typeof readAddress> {
    const column = this.reading.columns[role];
    if (column === undefined) return undefined;
    const cell = cellOf(record, column);
    const address = readAddress(cell);
    // What stands for bytes that are no letter of the encoding.
    if (cell.includes('\ufffd')) this.tell(record, column, { reason: 'unreadableCharacter', value: shortened(cell) });
    else if (address !== undefined) return address;
    else if (cell !== '') {
      const reason = role === 'source' ? 'notAnAddress' : 'targetNotAnAddress';
      this.tell(record, column, { reason, value: shortened(cell) });
    } else if (role === 'source') this.tell(record, column, { reason: 'addressMissing' });
    return undefined;
  }
}
