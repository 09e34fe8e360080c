import { mailboxTypes } from '../mailbox.ts';
import type { DirectoryMailbox, MailboxType } from '../mailbox.ts';

/** Rows by columns: a number takes a few bytes here, and a department or a type is kept once. */
export class MailboxColumns {
  readonly #addresses: string[] = [];
  readonly #names: string[] = [];
  /** What typed text is looked for in. */
  readonly #searched: string[] = [];
  readonly #departments: string[] = [''];
  readonly #departmentNumbers = new Map<string, number>([['', 0]]);
  #types = new Uint8Array(1024);
  #departmentOf = new Uint32Array(1024);
  #sizes = new Float64Array(1024);

  get count(): number {
    return this.#addresses.length;
  }

  add({ address, displayName, type, department = '', size = NaN }: DirectoryMailbox): void {
    const row = this.count;
    if (row === this.#types.length) this.#grow(row * 2);
    this.#addresses.push(address);
    this.#names.push(displayName);
    this.#searched.push(searchable(`${displayName}\n${address}`));
    this.#types[row] = mailboxTypes.indexOf(type);
    this.#departmentOf[row] = this.#numberOf(department);
    this.#sizes[row] = size;
  }

  /** What is unknown of it stays as it is. @param row one that is there */
  learn(row: number, { type, size }: Partial<Pick<DirectoryMailbox, 'type' | 'size'>>): void {
    if (type !== undefined) this.#types[row] = mailboxTypes.indexOf(type);
    if (size !== undefined) this.#sizes[row] = size;
  }

  mailbox(row: number): DirectoryMailbox | undefined {
    const address = this.#addresses[row];
    if (address === undefined) return undefined;
    const [department, size] = [this.department(row), this.size(row)];
    return {
      address,
      displayName: this.name(row),
      type: this.type(row),
      ...(department !== '' && { department }),
      ...(!Number.isNaN(size) && { size }),
    };
  }

  address(row: number): string {
    return this.#addresses[row] ?? '';
  }

  name(row: number): string {
    return this.#names[row] ?? '';
  }

  /** Display name and address in letters that `searchable` makes. */
  searched(row: number): string {
    return this.#searched[row] ?? '';
  }

  type(row: number): MailboxType {
    return mailboxTypes[this.#types[row] ?? 0] ?? 'unknown';
  }

  /** Empty for none. */
  department(row: number): string {
    return this.#departments[this.#departmentOf[row] ?? 0] ?? '';
  }

  /** NaN for an unknown one. */
  size(row: number): number {
    return this.#sizes[row] ?? NaN;
  }

  /** All that there are, without the empty one; as they came. */
  get departments(): readonly string[] {
    return this.#departments.slice(1);
  }

  #numberOf(department: string): number {
    const known = this.#departmentNumbers.get(department);
    if (known !== undefined) return known;
    this.#departmentNumbers.set(department, this.#departments.length);
    return this.#departments.push(department) - 1;
  }

  #grow(length: number): void {
    const [types, departments, sizes] = [this.#types, this.#departmentOf, this.#sizes];
    this.#types = new Uint8Array(length);
    this.#departmentOf = new Uint32Array(length);
    this.#sizes = new Float64Array(length);
    this.#types.set(types);
    this.#departmentOf.set(departments);
    this.#sizes.set(sizes);
  }
}

/** Neither case nor accents count when somebody searches: “zoe” finds Zoë. */
export function searchable(text: string): string {
  const lower = text.toLowerCase();
  // Most are plain, and taking letters apart takes ten times as long.
  return /^[\u0000-\u007f]*$/.test(lower) ? lower : lower.normalize('NFKD').replace(/\p{M}/gu, '');
}
