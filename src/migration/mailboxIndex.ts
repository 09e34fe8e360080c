import { mailboxTypes } from './mailbox.ts';
import type { DirectoryMailbox, MailboxType } from './mailbox.ts';
import { addressKey } from './mailAddress.ts';
import { Pace } from './pace.ts';
import type { PaceOptions } from './pace.ts';
import { MailboxColumns, searchable } from './picker/mailboxColumns.ts';
import { Selection } from './picker/selection.ts';
import { sortedOrder } from './picker/slicedSort.ts';
import { ShardedMap } from './shardedMap.ts';

/** What is shown; what is absent does not matter. */
export interface MailboxFilter {
  /** Words, each of which is in the display name or the address; case and accents do not count. */
  readonly text?: string;
  readonly types?: readonly MailboxType[];
  /** An empty one stands for mailboxes without any. */
  readonly departments?: readonly string[];
  /** Bytes, both included. A mailbox whose size is unknown is not left out: nobody knows that it is too small. */
  readonly minSize?: number;
  readonly maxSize?: number;
  readonly onlyChosen?: boolean;
}

const rowsBetweenLooks = 64;

export type SortKey = 'displayName' | 'address' | 'type' | 'department' | 'size';

export interface PickerRow {
  /** Stays the same however rows are sorted and filtered. */
  readonly row: number;
  readonly mailbox: DirectoryMailbox;
  readonly isChosen: boolean;
}

/**
 * The mailboxes of a directory as a person picks from them. Made for 100,000: a keystroke takes some milliseconds, as a
 * longer text is looked for only in what the shorter one has found; sorting goes in slices and never delays a filter.
 */
export class MailboxIndex {
  readonly #columns = new MailboxColumns();
  readonly #chosen = new Selection();
  /** All rows as they are sorted; those that came later are behind. */
  #order = new Uint32Array(0);
  #sorts = 0;
  #filter: MailboxFilter = {};
  #shown = new Uint32Array(0);
  #shownCount = 0;

  /** All rows. */
  get count(): number {
    return this.#columns.count;
  }

  get shownCount(): number {
    return this.#shownCount;
  }

  get chosenCount(): number {
    return this.#chosen.count;
  }

  /** All departments that occur, to filter by. */
  get departments(): readonly string[] {
    return this.#columns.departments;
  }

  /** Adds a page of the directory. Rows come behind those that are there, until they are sorted again. */
  add(mailboxes: Iterable<DirectoryMailbox>): void {
    const first = this.count;
    for (const mailbox of mailboxes) this.#columns.add(mailbox);
    this.#order = extended(this.#order, this.count);
    this.#shown = extended(this.#shown, this.count);
    this.#keepAsTheyCame(first);
    this.#collect(this.#order.subarray(first, this.count), this.#shownCount, this.#filter);
  }

  /**
   * Adds what was learnt after the mailboxes were listed, in slices; then shows what fits now. The order stays until they are
   * sorted again.
   * @param find by addresses as `addressKey` makes them
   * @throws the reason of an aborted signal
   */
  async learn(
    find: (key: string) => Partial<Pick<DirectoryMailbox, 'type' | 'size'>> | undefined,
    options: PaceOptions = {},
  ): Promise<void> {
    const pace = new Pace(options);
    for (let row = 0; row < this.count; row++) {
      const learnt = find(addressKey(this.#columns.address(row)));
      if (learnt !== undefined) this.#columns.learn(row, learnt);
      if (row % rowsBetweenLooks === 0 && pace.isOver) await pace.next(row);
    }
    this.#collect(this.#order.subarray(0, this.count), 0, this.#filter);
  }

  /** Shows what fits now, in the order of the last sort; with `onlyChosen`, a later choice changes it at the next call. @returns how many there are */
  show(filter: MailboxFilter): number {
    const isNarrower = narrows(this.#filter, filter);
    this.#filter = filter;
    const among = isNarrower ? this.#shown.subarray(0, this.#shownCount) : this.#order.subarray(0, this.count);
    this.#collect(among, 0, filter);
    return this.#shownCount;
  }

  /**
   * Sorts all rows, those that are not shown as well; equal ones stay as they came. Rows that are added meanwhile come
   * behind. A later call goes before an earlier one.
   * @throws the reason of an aborted signal
   */
  async sortBy(key: SortKey, isDescending: boolean, options: PaceOptions = {}): Promise<void> {
    this.#sorts += 1;
    const sort = this.#sorts;
    const compare = this.#comparison(key);
    const sign = isDescending ? -1 : 1;
    const order = await sortedOrder(this.count, (a, b) => sign * compare(a, b), new Pace(options));
    if (sort !== this.#sorts) return;
    this.#order = extended(order, this.count);
    this.#keepAsTheyCame(order.length);
    this.#collect(this.#order.subarray(0, this.count), 0, this.#filter);
  }

  /** Rows of a list that shows only a part. */
  window(offset: number, count: number): readonly PickerRow[] {
    const rows: PickerRow[] = [];
    const end = Math.min(offset + count, this.#shownCount);
    for (let at = Math.max(offset, 0); at < end; at++) {
      const row = this.#shown[at] ?? 0;
      const mailbox = this.#columns.mailbox(row);
      if (mailbox !== undefined) rows.push({ row, mailbox, isChosen: this.#chosen.has(row) });
    }
    return rows;
  }

  /** All that are shown now, one after the other: what is shown later does not matter. */
  shown(): Generator<DirectoryMailbox> {
    return this.#mailboxes(this.#shown.slice(0, this.#shownCount));
  }

  /** Undefined for a row that is not there. */
  mailbox(row: number): DirectoryMailbox | undefined {
    return this.#columns.mailbox(row);
  }

  /** @throws RangeError for a row that is not there */
  choose(row: number, isChosen: boolean): void {
    if (!Number.isInteger(row) || row < 0 || row >= this.count) throw new RangeError(`There is no row ${row}.`);
    this.#chosen.set(row, isChosen);
  }

  /** Chooses what is shown; what is not stays as it is. */
  chooseShown(isChosen: boolean): void {
    for (let at = 0; at < this.#shownCount; at++) this.#chosen.set(this.#shown[at] ?? 0, isChosen);
  }

  /** Also what is not shown. */
  chooseAll(isChosen: boolean): void {
    for (let row = 0; row < this.count; row++) this.#chosen.set(row, isChosen);
  }

  /** How many of the shown ones are chosen: all, none or some, as a box above the list tells. */
  get chosenShownCount(): number {
    let count = 0;
    for (let at = 0; at < this.#shownCount; at++) if (this.#chosen.has(this.#shown[at] ?? 0)) count += 1;
    return count;
  }

  /**
   * Chooses mailboxes by their addresses, as a saved job has them, in slices.
   * @returns those that the directory does not have
   * @throws the reason of an aborted signal
   */
  async chooseAddresses(addresses: Iterable<string>, options: PaceOptions = {}): Promise<readonly string[]> {
    const pace = new Pace(options);
    const rows = new ShardedMap<number>();
    for (let row = 0; row < this.count; row++) {
      rows.set(addressKey(this.#columns.address(row)), row);
      if (row % rowsBetweenLooks === 0 && pace.isOver) await pace.next(0);
    }
    const unknown: string[] = [];
    let done = 0;
    for (const address of addresses) {
      const row = rows.get(addressKey(address));
      if (row === undefined) unknown.push(address);
      else this.#chosen.set(row, true);
      done += 1;
      if (done % rowsBetweenLooks === 0 && pace.isOver) await pace.next(done);
    }
    return unknown;
  }

  /** All that are chosen, shown or not, as they came. */
  *chosen(): Generator<DirectoryMailbox> {
    for (let row = 0; row < this.count; row++) {
      const mailbox = this.#chosen.has(row) ? this.#columns.mailbox(row) : undefined;
      if (mailbox !== undefined) yield mailbox;
    }
  }

  *#mailboxes(rows: Uint32Array): Generator<DirectoryMailbox> {
    for (const row of rows) {
      const mailbox = this.#columns.mailbox(row);
      if (mailbox !== undefined) yield mailbox;
    }
  }

  #keepAsTheyCame(from: number): void {
    for (let row = from; row < this.count; row++) this.#order[row] = row;
  }

  /** Notes which of some rows fit, from a place in what is shown. The rows may be a part of what is shown. */
  #collect(among: Uint32Array, from: number, filter: MailboxFilter): void {
    const fits = this.#predicate(filter);
    let at = from;
    for (const row of among) {
      if (fits(row)) this.#shown[at++] = row;
    }
    this.#shownCount = at;
  }

  #predicate({ text, types, departments, minSize, maxSize, onlyChosen }: MailboxFilter): (row: number) => boolean {
    const columns = this.#columns;
    const tests: ((row: number) => boolean)[] = wordsOf(text).map(
      (word) => (row: number) => columns.searched(row).includes(word),
    );
    const [typeSet, departmentSet] = [new Set(types), new Set(departments)];
    if (types !== undefined) tests.push((row) => typeSet.has(columns.type(row)));
    if (departments !== undefined) tests.push((row) => departmentSet.has(columns.department(row)));
    // Written so that an unknown size, which is NaN, passes.
    if (minSize !== undefined) tests.push((row) => !(columns.size(row) < minSize));
    if (maxSize !== undefined) tests.push((row) => !(columns.size(row) > maxSize));
    if (onlyChosen === true) tests.push((row) => this.#chosen.has(row));
    const [only, ...others] = tests;
    if (only !== undefined && others.length === 0) return only; // As with each letter that is typed.
    return (row) => tests.every((test) => test(row));
  }

  #comparison(key: SortKey): (a: number, b: number) => number {
    const columns = this.#columns;
    const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
    switch (key) {
      case 'displayName':
        return (a, b) => collator.compare(columns.name(a), columns.name(b));
      case 'address':
        return (a, b) => collator.compare(columns.address(a), columns.address(b));
      case 'department':
        return (a, b) => collator.compare(columns.department(a), columns.department(b));
      case 'type':
        return (a, b) => mailboxTypes.indexOf(columns.type(a)) - mailboxTypes.indexOf(columns.type(b));
      case 'size':
        // Unknown ones are before the smallest.
        return (a, b) => sizeRank(columns.size(a)) - sizeRank(columns.size(b));
    }
  }
}

function sizeRank(size: number): number {
  return Number.isNaN(size) ? -1 : size;
}

function wordsOf(text = ''): readonly string[] {
  return searchable(text)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Whether all that the later filter shows is shown by the earlier one: somebody types on, and nothing else is changed. */
function narrows(earlier: MailboxFilter, later: MailboxFilter): boolean {
  const { text: before = '', ...others } = earlier;
  const { text: after = '', ...othersAfter } = later;
  if (others.onlyChosen === true || !searchable(after).startsWith(searchable(before))) return false;
  return JSON.stringify(Object.entries(others).sort()) === JSON.stringify(Object.entries(othersAfter).sort());
}

/** Twice as long, so that pages of any size can be added in a time that goes with their rows. */
function extended(numbers: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (numbers.length >= length) return numbers;
  const longer = new Uint32Array(Math.max(length, numbers.length * 2));
  longer.set(numbers);
  return longer;
}
