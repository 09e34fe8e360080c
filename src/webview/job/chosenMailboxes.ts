import type { JobMailbox } from '../../migration/jobDefinition.ts';
import type { SourceMailbox } from '../../migration/mailbox.ts';
import { addressKey } from '../../migration/mailAddress.ts';
import { Pace } from '../../migration/pace.ts';
import { ShardedMap } from '../../migration/shardedMap.ts';
import type { ChosenRow } from './jobProtocol.ts';

const rowsBetweenLooks = 64;

/** The mailboxes that somebody has chosen, from whichever way they came; each address once, in the order they came. */
export class ChosenMailboxes {
  readonly #changed: () => void;
  #list: readonly SourceMailbox[] = [];
  #keys = new ShardedMap<true>();
  #removed: readonly SourceMailbox[] = [];
  #version = 0;

  /** @param changed called after each change */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get list(): readonly SourceMailbox[] {
    return this.#list;
  }

  get version(): number {
    return this.#version;
  }

  /** How many were removed last, and can be had again. */
  get removedCount(): number {
    return this.#removed.length;
  }

  rows(offset: number, count: number): readonly ChosenRow[] {
    return this.#list.slice(offset, offset + count).map(({ address, displayName = '', target = '' }, index) => ({
      ...{ row: offset + index, address, displayName, target },
    }));
  }

  has(address: string): boolean {
    return this.#keys.get(addressKey(address)) === true;
  }

  /** @returns those that were there already; what was there stays as it is */
  async add(mailboxes: Iterable<SourceMailbox>): Promise<readonly SourceMailbox[]> {
    const pace = new Pace();
    const fresh: SourceMailbox[] = [];
    const repeated: SourceMailbox[] = [];
    let count = 0;
    for (const mailbox of mailboxes) {
      const key = addressKey(mailbox.address);
      if (this.#keys.get(key) === true) repeated.push(mailbox);
      else {
        this.#keys.set(key, true);
        fresh.push(mailbox);
      }
      count += 1;
      if (count % rowsBetweenLooks === 0 && pace.isOver) await pace.next(count);
    }
    if (fresh.length > 0) this.#set([...this.#list, ...fresh]);
    return repeated;
  }

  /** What a saved job has: without what matching had decided then. */
  async adopt(mailboxes: readonly JobMailbox[]): Promise<void> {
    await this.add(mailboxes.map(({ match: _, ...mailbox }) => mailbox));
  }

  /** Removes these; they can be had again until others are removed. */
  async remove(addresses: Iterable<string>): Promise<void> {
    const pace = new Pace();
    const gone = new ShardedMap<true>();
    let count = 0;
    for (const address of addresses) {
      gone.set(addressKey(address), true);
      count += 1;
      if (count % rowsBetweenLooks === 0 && pace.isOver) await pace.next(count);
    }
    const left: SourceMailbox[] = [];
    const removed: SourceMailbox[] = [];
    for (const [index, mailbox] of this.#list.entries()) {
      const key = addressKey(mailbox.address);
      if (gone.get(key) === true) {
        removed.push(mailbox);
        this.#keys.delete(key);
      } else left.push(mailbox);
      if (index % rowsBetweenLooks === 0 && pace.isOver) await pace.next(index);
    }
    if (removed.length === 0) return;
    this.#removed = removed;
    this.#set(left);
  }

  removeAll(): void {
    this.#removed = this.#list;
    this.#keys = new ShardedMap();
    this.#set([]);
  }

  /** Those that were removed last are chosen again, behind the others. */
  async undo(): Promise<void> {
    const removed = this.#removed;
    this.#removed = [];
    await this.add(removed);
  }

  #set(list: readonly SourceMailbox[]): void {
    this.#list = list;
    this.#version += 1;
    this.#changed();
  }
}
