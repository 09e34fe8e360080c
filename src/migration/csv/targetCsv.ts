import { MailboxFileError, shortened } from '../inputFault.ts';
import type { Place } from '../inputFault.ts';
import { addressKey, isOneAddress, readAddress } from '../mailAddress.ts';
import type { TargetMailbox } from '../matching/targetDirectory.ts';
import type { PaceOptions } from '../pace.ts';
import { ShardedMap } from '../shardedMap.ts';
import { columnNamed } from './csvColumns.ts';
import type { CsvRecord } from './csvRecords.ts';
import { cellOf } from './csvRows.ts';
import type { RowReading } from './csvRows.ts';
import { CsvRowTaker } from './csvRowTaker.ts';
import type { RowsTaken } from './csvRowTaker.ts';
import type { CsvShape } from './csvShape.ts';

/** Which column has what; each counted from 0. One of the first two is there. */
interface TargetColumns {
  /** The primary address. */
  readonly address?: number;
  /** All addresses, as Exchange lists them: `SMTP:anna@contoso.com smtp:a@contoso.com X500:/o=…`. */
  readonly addresses?: number;
  /** RecipientTypeDetails, which tells mailboxes from other recipients. */
  readonly type?: number;
}

export type TargetReading = RowReading & { readonly columns: TargetColumns };

/** What a file of the target's mailboxes holds: each row is a mailbox, another recipient, has a fault, is blank or the header. */
export interface TargetCsv extends RowsTaken {
  readonly targets: readonly TargetMailbox[];
  /** Rows of contacts, groups and the like. */
  readonly otherRows: number;
}

/** Columns by their names, best first; written as `columnNamed` wants them. */
const names = {
  address: [
    'primarysmtpaddress',
    'targetmailbox',
    'targetaddress',
    'windowsemailaddress',
    'emailaddress',
    'mail',
    'email',
  ],
  addresses: ['emailaddresses', 'proxyaddresses'],
  type: ['recipienttypedetails', 'recipienttype'],
} as const;

/** How a file of the target's mailboxes is read by its header. @throws MailboxFileError when no column is known to hold addresses */
export function targetReadingOf(shape: CsvShape): TargetReading {
  const [address, addresses] = [columnNamed(shape.header, names.address), columnNamed(shape.header, names.addresses)];
  const type = columnNamed(shape.header, names.type);
  // A list without a header has one column.
  const only = shape.headerRow === 0 ? shape.columns.source : undefined;
  const primary = address ?? only;
  if (primary === undefined && addresses === undefined) throw new MailboxFileError('noAddressColumn');
  const columns = {
    ...(primary !== undefined && { address: primary }),
    ...(addresses !== undefined && { addresses }),
    ...(type !== undefined && { type }),
  };
  return { ...shape, columns };
}

/**
 * Reads a file of the target's mailboxes, in slices, as `Get-Mailbox | Select-Object PrimarySmtpAddress, EmailAddresses |
 * Export-Csv` makes it. Addresses that are no SMTP addresses are left out. Progress is in characters.
 * @throws MailboxFileError when a column is not in the header, or holds names of types in place of addresses; the reason of
 * an aborted signal
 */
export async function readTargetCsv(
  bytes: Uint8Array,
  reading: TargetReading,
  options: PaceOptions = {},
): Promise<TargetCsv> {
  const rows = new TargetRows(reading);
  const taken = await rows.read(bytes, options);
  return { ...taken, targets: rows.targets, otherRows: rows.otherRows };
}

class TargetRows extends CsvRowTaker<TargetReading> {
  readonly targets: TargetMailbox[] = [];
  otherRows = 0;
  /** Where each primary address stands first. */
  readonly #places = new ShardedMap<Place>();

  constructor(reading: TargetReading) {
    super(reading, Object.values(reading.columns));
  }

  protected override takeRow(record: CsvRecord): void {
    const { type } = this.reading.columns;
    if (type !== undefined && isOtherRecipient(cellOf(record, type))) {
      this.otherRows += 1;
      return;
    }
    const before = this.told;
    const listed = this.#listed(record);
    const address = this.#primary(record, listed.primary);
    if (this.told > before || address === undefined) return;
    const key = addressKey(address);
    const first = this.#places.get(key);
    if (first !== undefined) {
      this.tell(record, this.#addressColumn, { reason: 'mailboxTwice', address, first });
      return;
    }
    this.#places.set(key, { in: 'file', row: record.row, line: record.line });
    const aliases = listed.all.filter((each) => addressKey(each) !== key);
    this.targets.push({ address, ...(aliases.length > 0 && { aliases }) });
  }

  get #addressColumn(): number {
    const { address, addresses } = this.reading.columns;
    return address ?? addresses ?? 0;
  }

  #primary(record: CsvRecord, listed: string | undefined): string | undefined {
    const { address: column } = this.reading.columns;
    const cell = column === undefined ? '' : cellOf(record, column);
    if (column === undefined || cell === '') {
      if (listed === undefined) this.tell(record, this.#addressColumn, { reason: 'addressMissing' });
      return listed;
    }
    const address = readAddress(cell)?.address;
    if (address === undefined) this.#tellWrong(record, column, cell);
    return address;
  }

  /** The SMTP addresses of the list; the primary one is in capitals. */
  #listed(record: CsvRecord): { readonly primary?: string; readonly all: readonly string[] } {
    const { addresses: column } = this.reading.columns;
    if (column === undefined) return { all: [] };
    const cell = cellOf(record, column);
    // What Export-Csv writes of a list that was not joined before.
    if (/^(?:System|Microsoft\.Exchange)\.[\w.`[\], ]+$/.test(cell)) throw new MailboxFileError('listNotWrittenOut');
    const all: string[] = [];
    let primary: string | undefined;
    for (const entry of entriesOf(cell)) {
      const [, prefix = 'smtp', address = ''] = /^(?:([\w-]+):)?(.*)$/s.exec(entry) ?? [];
      if (prefix.toLowerCase() !== 'smtp') continue;
      if (isOneAddress(address)) all.push(address);
      else this.#tellWrong(record, column, entry);
      if (prefix === 'SMTP') primary ??= address;
    }
    return { all, ...(primary !== undefined && { primary }) };
  }

  #tellWrong(record: CsvRecord, column: number, cell: string): void {
    // What stands for bytes that are no letter of the encoding.
    const reason = cell.includes('\ufffd') ? 'unreadableCharacter' : 'notAnAddress';
    this.tell(record, column, { reason, value: shortened(cell) });
  }
}

/** Between blanks, commas and semicolons; names of X.500 have such in them, so an entry ends only before the next prefix. */
function entriesOf(cell: string): readonly string[] {
  const text = cell.replace(/^\{(.*)\}$/s, '$1').trim();
  const hasPrefixes = /^[\w-]+:/.test(text);
  const entries = hasPrefixes ? text.split(/[\s,;]+(?=[\w-]+:)/) : text.split(/[\s,;]+/);
  return entries.map((entry) => entry.replace(/[,;]$/, '')).filter((entry) => entry !== '');
}

/** Contacts, groups, mail users, and mailboxes that are elsewhere or nobody's. An empty type says nothing. */
function isOtherRecipient(type: string): boolean {
  return type !== '' && !/^(?:user|legacy|shared|room|equipment|linked|linkedroom|scheduling|team)mailbox$/i.test(type);
}
