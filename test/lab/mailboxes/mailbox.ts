import { stableGuid } from '../tenant.ts';
import { makeItem } from './generator.ts';
import type { Address, LabItem } from './item.ts';
import { folders, inboxNumber } from './tree.ts';
import type { LabFolder } from './tree.ts';

/** Items are kept once made, up to this many a mailbox. */
const cacheSize = 50_000;

/** Shares the items out by the folders' weights; what does not divide goes to the Inbox. */
function share(items: number): Map<number, number> {
  const total = folders.reduce((sum, folder) => sum + folder.weight, 0);
  const counts = new Map(folders.map((folder) => [folder.number, Math.floor((items * folder.weight) / total)]));
  const given = [...counts.values()].reduce((sum, count) => sum + count, 0);
  counts.set(inboxNumber, (counts.get(inboxNumber) ?? 0) + items - given);
  return counts;
}

/** One mailbox. Its items are made when they are first looked at. */
export class Mailbox {
  readonly owner: Address;
  readonly guid: string;
  readonly #initial: ReadonlyMap<number, number>;
  readonly #arrived: () => number;
  readonly #cache = new Map<string, LabItem>();

  /**
   * @param items how many items it holds in all
   * @param arrived how many messages came into the Inbox since the lab was started
   */
  constructor(owner: Address, items: number, arrived: () => number) {
    this.owner = owner;
    this.guid = stableGuid(`mailbox ${owner.email}`);
    this.#initial = share(items);
    this.#arrived = arrived;
  }

  count(folder: LabFolder): number {
    return (this.#initial.get(folder.number) ?? 0) + (folder.number === inboxNumber ? this.#arrived() : 0);
  }

  /** @param ordinal oldest first, from 0 */
  item(folder: LabFolder, ordinal: number): LabItem | undefined {
    if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal >= this.count(folder)) return undefined;
    const key = `${folder.number}/${ordinal}`;
    const known = this.#cache.get(key);
    if (known) return known;
    const initialCount = this.#initial.get(folder.number) ?? 0;
    const made = makeItem({ owner: this.owner, folder, ordinal, initialCount });
    if (this.#cache.size >= cacheSize) this.#cache.clear();
    this.#cache.set(key, made);
    return made;
  }

  /** All items of a folder, newest first, which is how FindItem orders them when not asked otherwise. */
  itemsOf(folder: LabFolder): LabItem[] {
    const count = this.count(folder);
    return Array.from({ length: count }, (_, index) => this.item(folder, count - 1 - index)).filter(
      (item) => item !== undefined,
    );
  }

  /** Bytes that the folder's items take. */
  sizeOf(folder: LabFolder): number {
    return this.itemsOf(folder).reduce((sum, item) => sum + item.size, 0);
  }

  unread(folder: LabFolder): number {
    return this.itemsOf(folder).filter((item) => !item.isRead).length;
  }
}
