import { CsvRecords } from '../csv/csvRecords.ts';
import type { CsvRecord } from '../csv/csvRecords.ts';
import { addressKey } from '../mailAddress.ts';
import type { MailboxType } from '../mailbox.ts';
import { Pace } from '../pace.ts';
import type { PaceOptions } from '../pace.ts';
import { ShardedMap } from '../shardedMap.ts';

/** What is learnt of a mailbox after it was listed. */
export interface MailboxDetail {
  readonly type?: MailboxType;
  /** Bytes. */
  readonly size?: number;
}

/** What a usage report says, by user principal names as `addressKey` makes them. */
export interface UsageDetails {
  readonly byPrincipal: ShardedMap<MailboxDetail>;
  /** Mailboxes. */
  readonly count: number;
  /** The tenant has it that reports name nobody: codes stand in place of user principal names. */
  readonly isConcealed: boolean;
}

const rowsBetweenLooks = 64;

/** Columns as Graph names them; the last is in some tenants' reports only. */
const names = {
  principal: 'User Principal Name',
  isDeleted: 'Is Deleted',
  size: 'Storage Used (Byte)',
  type: 'Recipient Type',
};

/**
 * Reads Graph's report on the usage of mailboxes as it arrives, in slices. Deleted mailboxes are left out. Progress is in rows.
 * @returns undefined when it is no such report
 * @throws the reason of an aborted signal, and what the reading of `body` throws
 */
export async function readUsageReport(
  body: AsyncIterable<Uint8Array>,
  options: PaceOptions = {},
): Promise<UsageDetails | undefined> {
  const pace = new Pace(options);
  const decoder = new TextDecoder('utf-8');
  const records = new CsvRecords(',');
  const rows = new ReportRows();
  let count = 0;
  const takeAll = async (): Promise<void> => {
    for (let next = records.next(); next !== undefined; next = records.next()) {
      if ('cells' in next) rows.take(next);
      count += 1;
      if (count % rowsBetweenLooks === 0 && pace.isOver) await pace.next(count);
    }
  };
  for await (const chunk of body) {
    records.feed(decoder.decode(chunk, { stream: true }), false);
    await takeAll();
    if (rows.isOther) return undefined;
  }
  records.feed(decoder.decode(), true);
  await takeAll();
  return rows.result();
}

class ReportRows {
  readonly #byPrincipal = new ShardedMap<MailboxDetail>();
  #columns: Readonly<Record<keyof typeof names, number>> | undefined;
  #count = 0;
  #named = 0;

  /** Whether the header is not a usage report's. */
  get isOther(): boolean {
    return this.#columns !== undefined && (this.#columns.principal < 0 || this.#columns.size < 0);
  }

  result(): UsageDetails | undefined {
    if (this.#columns === undefined || this.isOther) return undefined;
    const isConcealed = this.#count > 0 && this.#named === 0;
    return { byPrincipal: this.#byPrincipal, count: this.#count, isConcealed };
  }

  take({ cells }: CsvRecord): void {
    if (this.#columns === undefined) {
      const place = (name: string): number => cells.findIndex((cell) => cell.trim() === name);
      const { principal, isDeleted, size, type } = names;
      this.#columns = {
        ...{ principal: place(principal), isDeleted: place(isDeleted), size: place(size), type: place(type) },
      };
      return;
    }
    const { principal: at, isDeleted, size, type } = this.#columns;
    const principal = cells[at]?.trim() ?? '';
    if (principal === '' || cells[isDeleted]?.trim().toLowerCase() === 'true') return;
    this.#count += 1;
    if (!principal.includes('@')) return;
    this.#named += 1;
    const [bytes, kind] = [sizeOf(cells[size]), typeOf(cells[type])];
    this.#byPrincipal.set(addressKey(principal), {
      ...(kind !== undefined && { type: kind }),
      ...(bytes !== undefined && { size: bytes }),
    });
  }
}

function sizeOf(cell = ''): number | undefined {
  return /^\d{1,15}$/.test(cell.trim()) ? Number(cell) : undefined;
}

/** As Exchange names types of recipients, with or without “Mailbox” behind. */
function typeOf(cell = ''): MailboxType | undefined {
  const name = cell
    .trim()
    .toLowerCase()
    .replace(/mailbox$/, '');
  switch (name) {
    case '':
      return undefined;
    case 'user':
    case 'shared':
    case 'room':
    case 'equipment':
      return name;
    default:
      return 'other';
  }
}
