/** A part of what was found (FindResponsePagingAttributes, MS-OXWSCDATA 2.2.5). */
export interface Page<T> {
  readonly rows: readonly T[];
  /** How many there are in all, as far as the server tells. */
  readonly total: number;
  /** Where the next page begins; undefined: this is the last one. */
  readonly next: number | undefined;
}

/** Reads the page of a response message: its root has the attributes. */
export class Paging<T> {
  readonly rows: T[] = [];
  readonly #offset: number;
  #root: { readonly total: number; readonly isLast: boolean } | undefined;

  /** @param offset at which the page begins */
  constructor(offset: number) {
    this.#offset = offset;
  }

  open(name: string, attribute: (name: string) => string): void {
    if (name !== 'RootFolder') return;
    this.#root = {
      total: Number(attribute('TotalItemsInView')),
      isLast: ['true', '1'].includes(attribute('IncludesLastItemInRange')),
    };
  }

  /** @returns undefined for a message without a root, and for a page that has nothing and is not the last one */
  result(): Page<T> | undefined {
    if (this.#root === undefined) return undefined;
    const { total, isLast } = this.#root;
    // Never taken for the end: what is missing would be missing in a migration.
    if (!isLast && this.rows.length === 0) return undefined;
    const next = this.#offset + this.rows.length;
    return { rows: this.rows, total: Math.max(total || 0, next), next: isLast ? undefined : next };
  }
}
