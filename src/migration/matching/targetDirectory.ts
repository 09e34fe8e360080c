import { addressKey, localPart } from '../mailAddress.ts';
import type { Pace } from '../pace.ts';
import { ShardedMap } from '../shardedMap.ts';

/** A mailbox on the target. */
export interface TargetMailbox {
  /** The primary one. */
  readonly address: string;
  /** Other addresses that reach it. */
  readonly aliases?: readonly string[];
}

/** Finds mailboxes of the target by their addresses. Several can have one local part, or by mistake one alias. */
export class TargetDirectory {
  readonly #byAddress = new ShardedMap<number | number[]>();
  readonly #byLocalPart = new ShardedMap<number | number[]>();
  readonly #targets: readonly TargetMailbox[];

  private constructor(targets: readonly TargetMailbox[]) {
    this.#targets = targets;
  }

  /** @throws what `pace` throws */
  static async of(targets: readonly TargetMailbox[], pace: Pace): Promise<TargetDirectory> {
    const directory = new TargetDirectory(targets);
    for (const [index, { address, aliases = [] }] of targets.entries()) {
      directory.#add(index, address);
      for (const alias of aliases) directory.#add(index, alias);
      if (index % 64 === 0 && pace.isOver) await pace.next(0);
    }
    return directory;
  }

  /** Primary addresses of those that this one reaches. @param key as `addressKey` makes it */
  withAddress(key: string): readonly string[] {
    return this.#addresses(this.#byAddress.get(key));
  }

  withLocalPart(key: string): readonly string[] {
    return this.#addresses(this.#byLocalPart.get(localPart(key)));
  }

  #add(index: number, address: string): void {
    const key = addressKey(address);
    note(this.#byAddress, key, index);
    note(this.#byLocalPart, localPart(key), index);
  }

  #addresses(found: number | number[] | undefined): readonly string[] {
    if (found === undefined) return [];
    const indexes = typeof found === 'number' ? [found] : found;
    return indexes.flatMap((index) => this.#targets[index]?.address ?? []);
  }
}

/** Most keys have one: a list for each would take more memory than all the rest. */
function note(map: ShardedMap<number | number[]>, key: string, index: number): void {
  const before = map.get(key);
  if (before === undefined) map.set(key, index);
  else if (typeof before !== 'number') {
    if (before.at(-1) !== index) before.push(index);
  } else if (before !== index) map.set(key, [before, index]);
}
