import type { LabFolder } from './tree.ts';

/** The folders of one mailbox. */
export class FolderTree {
  readonly #initial: readonly LabFolder[];
  readonly #isShown: (folder: LabFolder) => boolean;
  #byNumber: Map<number, LabFolder>;
  #next: number;

  /** @param isShown whether a folder is there at the moment */
  constructor(initial: readonly LabFolder[], isShown: (folder: LabFolder) => boolean = () => true) {
    this.#initial = initial;
    this.#isShown = isShown;
    this.#byNumber = new Map(initial.map((folder) => [folder.number, folder]));
    this.#next = firstOwnNumber;
  }

  /** In the order in which they were made. */
  get all(): readonly LabFolder[] {
    return [...this.#byNumber.values()].filter(this.#isShown);
  }

  byNumber(number: number): LabFolder | undefined {
    const folder = this.#byNumber.get(number);
    return folder && this.#isShown(folder) ? folder : undefined;
  }

  byDistinguishedName(name: string): LabFolder | undefined {
    return this.all.find((folder) => folder.distinguished === name);
  }

  childrenOf(folder: LabFolder): readonly LabFolder[] {
    return this.all.filter((other) => other.parent === folder.number);
  }

  /** All folders below one, parents before their children. */
  descendantsOf(folder: LabFolder): readonly LabFolder[] {
    return this.childrenOf(folder).flatMap((child) => [child, ...this.descendantsOf(child)]);
  }

  add(parent: LabFolder, name: string, folderClass: string | null): LabFolder {
    const made = { number: this.#next, parent: parent.number, name, folderClass, distinguished: null, weight: 0 };
    this.#next += 1;
    this.#byNumber.set(made.number, made);
    return made;
  }

  /** Removes a folder; what is below it has to be removed before. */
  remove(folder: LabFolder): void {
    this.#byNumber.delete(folder.number);
  }

  /** Hangs a folder below another one; its number, and so its id, stays. */
  move(folder: LabFolder, parent: LabFolder): void {
    this.#byNumber.set(folder.number, { ...folder, parent: parent.number });
  }

  /** Back to the folders of the start. */
  reset(): void {
    this.#byNumber = new Map(this.#initial.map((folder) => [folder.number, folder]));
    this.#next = firstOwnNumber;
  }
}

/** Folders that clients make are numbered from here on; those of a new mailbox stay far below. */
const firstOwnNumber = 1_000;
