import { stableGuid } from '../tenant.ts';
import { germanNames, usualContents } from './contents.ts';
import type { Contents } from './contents.ts';
import { FolderTree } from './folderTree.ts';
import { makeItem } from './generator.ts';
import type { Address, LabItem, NewItem } from './item.ts';
import { folders as foldersInUse, inboxNumber } from './tree.ts';
import type { LabFolder } from './tree.ts';

/** Items are kept once made, up to this many a mailbox. */
const cacheSize = 50_000;

/** Shares the items out by the folders' weights; what does not divide goes to the Inbox. */
function share(items: number, folders: readonly LabFolder[]): Map<number, number> {
  const total = folders.reduce((sum, folder) => sum + folder.weight, 0);
  const counts = new Map(folders.map((folder) => [folder.number, Math.floor((items * folder.weight) / total)]));
  const given = [...counts.values()].reduce((sum, count) => sum + count, 0);
  counts.set(inboxNumber, (counts.get(inboxNumber) ?? 0) + items - given);
  return counts;
}

/** What clients have done to a folder. */
interface Changes {
  /** Items that clients put there, or put in the place of others, by their ordinal. */
  readonly written: Map<number, LabItem>;
  readonly removed: Set<number>;
  /** The ordinal of the next one. */
  next: number;
}

export interface MailboxOptions {
  /** How many items it holds by itself. */
  readonly items: number | (() => number);
  /** How many messages came into the Inbox since the lab was started; not for mailboxes that clients write to. */
  readonly arrived?: () => number;
  /** Those of a mailbox in use when absent. */
  readonly folders?: readonly LabFolder[];
  /** What else is in it at the moment. */
  readonly contents?: () => Contents | undefined;
  /** It is the archive of its owner's mailbox. */
  readonly isArchive?: boolean;
}

/** One mailbox. Its items are made when they are first looked at, or were written by clients. */
export class Mailbox {
  readonly owner: Address;
  readonly guid: string;
  readonly folders: FolderTree;
  readonly isArchive: boolean;
  readonly #initialFolders: readonly LabFolder[];
  readonly #items: () => number;
  readonly #contents: () => Contents;
  /** How the items are shared out, for the number that there are. */
  #shares: { readonly items: number; readonly counts: ReadonlyMap<number, number> } | undefined;
  /** Sizes of folders that nobody has changed, and of what they are. */
  readonly #sizes = new Map<number, { readonly of: string; readonly bytes: number }>();
  readonly #arrived: () => number;
  readonly #cache = new Map<string, LabItem>();
  readonly #changes = new Map<number, Changes>();

  constructor(owner: Address, options: MailboxOptions) {
    const { items, arrived = () => 0, folders = foldersInUse, contents, isArchive = false } = options;
    this.owner = owner;
    this.isArchive = isArchive;
    this.guid = stableGuid(`${isArchive ? 'archive' : 'mailbox'} ${owner.email}`);
    this.#contents = () => contents?.() ?? usualContents;
    this.folders = new FolderTree(folders, ({ searches }) => searches === undefined || this.#contents().searchFolder);
    this.#initialFolders = folders;
    this.#items = typeof items === 'number' ? () => items : items;
    this.#arrived = arrived;
  }

  /** What a folder is called in the mailbox's language. */
  displayName({ name, distinguished }: LabFolder): string {
    const translated = this.#contents().language === 'de' ? germanNames[distinguished ?? ''] : undefined;
    return translated ?? name;
  }

  count(folder: LabFolder): number {
    if (folder.searches !== undefined) return this.itemsOf(folder).length;
    const changes = this.#changes.get(folder.number);
    return changes ? this.#ordinals(folder).length : this.#untouched(folder);
  }

  /** Ordinals of a folder's items are all below this. */
  nextOrdinal(folder: LabFolder): number {
    return Math.max(this.#untouched(folder), this.#changes.get(folder.number)?.next ?? 0);
  }

  /** @param ordinal oldest first, from 0; items that are gone leave theirs unused */
  item(folder: LabFolder, ordinal: number): LabItem | undefined {
    const changes = this.#changes.get(folder.number);
    if (changes?.removed.has(ordinal)) return undefined;
    return changes?.written.get(ordinal) ?? this.#made(folder, ordinal);
  }

  /** All items of a folder, newest first, which is how FindItem orders them when not asked otherwise. */
  itemsOf(folder: LabFolder): LabItem[] {
    const searched = this.folders.byNumber(folder.searches ?? 0);
    if (searched) return [searched, ...this.folders.descendantsOf(searched)].flatMap((one) => this.itemsOf(one));
    return this.#ordinals(folder)
      .reverse()
      .map((ordinal) => this.item(folder, ordinal))
      .filter((item) => item !== undefined);
  }

  get sizesUntold(): boolean {
    return this.#contents().sizesUntold;
  }

  /** Bytes that the folder's items take. */
  sizeOf(folder: LabFolder): number {
    const of = this.#changes.size > 0 ? '' : `${this.#untouched(folder)} ${JSON.stringify(this.#moreIn(folder))}`;
    const known = this.#sizes.get(folder.number);
    if (known?.of === of && of !== '' && folder.searches === undefined) return known.bytes;
    const bytes = this.itemsOf(folder).reduce((sum, item) => sum + item.size, 0);
    this.#sizes.set(folder.number, { of, bytes });
    return bytes;
  }

  unread(folder: LabFolder): number {
    return this.itemsOf(folder).filter((item) => !item.isRead).length;
  }

  add(folder: LabFolder, item: NewItem): LabItem {
    const changes = this.#changesOf(folder);
    const added = { ...item, folder, ordinal: changes.next, revision: 0 };
    changes.written.set(added.ordinal, added);
    changes.next += 1;
    return added;
  }

  /** Puts other contents in the place of an item, which keeps its id and gets another change key. */
  replace({ folder, ordinal, revision }: LabItem, contents: NewItem): LabItem {
    const written = { ...contents, folder, ordinal, revision: revision + 1 };
    this.#changesOf(folder).written.set(ordinal, written);
    return written;
  }

  remove({ folder, ordinal }: LabItem): void {
    const changes = this.#changesOf(folder);
    changes.written.delete(ordinal);
    changes.removed.add(ordinal);
  }

  /** Takes back all that clients have written. */
  reset(): void {
    this.#changes.clear();
    this.folders.reset();
  }

  #untouched(folder: LabFolder): number {
    const arrived = folder.number === inboxNumber ? this.#arrived() : 0;
    return this.#initialCount(folder) + this.#moreIn(folder).length + arrived;
  }

  #initialCount({ number }: LabFolder): number {
    const items = this.#items();
    if (this.#shares?.items !== items) {
      this.#shares = { items, counts: share(items, this.#initialFolders) };
      this.#cache.clear();
    }
    return this.#shares.counts.get(number) ?? 0;
  }

  /** The sizes of the items that the state adds to a folder; undefined: as large as any. They come before what arrived. */
  #moreIn({ distinguished }: LabFolder): readonly (number | undefined)[] {
    const { moreItems } = this.#contents();
    if (moreItems.length === 0 || distinguished === null) return [];
    return moreItems
      .filter(({ folder }) => folder === distinguished)
      .flatMap(({ count, bytes }) => Array.from({ length: count }, () => bytes));
  }

  #changesOf(folder: LabFolder): Changes {
    const known = this.#changes.get(folder.number);
    if (known) {
      known.next = this.nextOrdinal(folder);
      return known;
    }
    const begun = { written: new Map<number, LabItem>(), removed: new Set<number>(), next: this.#untouched(folder) };
    this.#changes.set(folder.number, begun);
    return begun;
  }

  #ordinals(folder: LabFolder): number[] {
    const changes = this.#changes.get(folder.number);
    const all = Array.from({ length: this.#untouched(folder) }, (_, ordinal) => ordinal);
    if (!changes) return all;
    const written = [...changes.written.keys()].filter((ordinal) => ordinal >= all.length);
    return [...all.filter((ordinal) => !changes.removed.has(ordinal)), ...written.sort((a, b) => a - b)];
  }

  #made(folder: LabFolder, ordinal: number): LabItem | undefined {
    if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal >= this.#untouched(folder)) return undefined;
    const initialCount = this.#initialCount(folder);
    const size = this.#moreIn(folder)[ordinal - initialCount];
    const made = this.#kept(folder, ordinal, initialCount);
    return size === undefined ? made : { ...made, size };
  }

  #kept(folder: LabFolder, ordinal: number, initialCount: number): LabItem {
    const key = `${folder.number}/${ordinal}`;
    const known = this.#cache.get(key);
    if (known) return known;
    const made = makeItem({ owner: this.owner, folder, ordinal, initialCount });
    if (this.#cache.size >= cacheSize) this.#cache.clear();
    this.#cache.set(key, made);
    return made;
  }
}
