import { randomUUID } from 'node:crypto';
import { sameName } from './connectionNames.ts';
import { isUnreadable } from './definitionFiles.ts';
import type { DefinitionFiles, DefinitionList } from './definitionFiles.ts';
import { Emitter } from './emitter.ts';
import { withFolderLock } from './folderLock.ts';
import { FolderWatch } from './folderWatch.ts';
import { StoreError } from './storeError.ts';

/** What every definition's file says, whatever it defines. */
export interface SavedDefinition {
  readonly id: string;
  readonly name: string;
  /** A new value at each save; `basedOn` is the one its editor had read. */
  readonly revision: string;
  readonly basedOn?: string;
}

/** What saving adds to what a person has decided on. */
export interface SavedParts {
  readonly id: string;
  readonly revision: string;
  readonly basedOn?: string;
  readonly modifiedAt: string;
}

export interface SaveOf<D> {
  readonly name: string;
  /** The definition that is edited; absent for a new one. */
  readonly id?: string;
  /** Revision that the editor had read; absent for a new definition. */
  readonly basedOn?: string;
  /** @param before what is there now; undefined: nothing */
  readonly define: (parts: SavedParts, before: D | undefined) => D;
  /** Does what belongs to the same act around the writing of the file; it is then to be undone if `write` rejects. */
  readonly around?: (definition: D, write: () => Promise<void>) => Promise<void>;
}

/**
 * The definitions of one kind, one file each, in all windows: saves follow each other, every window notices what another
 * did, and who overwrites what he has not seen is told of.
 */
export class DefinitionStore<D extends SavedDefinition> {
  readonly #files: DefinitionFiles<D>;
  readonly #watch: FolderWatch;
  #watching: Promise<void> | undefined;
  readonly #changed = new Emitter<undefined>();
  readonly #overwritten = new Emitter<D>();
  /** Revision of the last save of this window by definition: to notice when somebody replaces it unread. */
  readonly #saved = new Map<string, string>();
  /** All revisions that this window has made. */
  readonly #own = new Set<string>();

  constructor(files: DefinitionFiles<D>) {
    this.#files = files;
    this.#watch = new FolderWatch(files.folder, () => this.refresh());
  }

  /** Something may have changed, here or in another window: read again. */
  readonly onDidChange = this.#changed.event;
  /** This window's last save was replaced by one whose editor had not seen it. */
  readonly onDidOverwrite = this.#overwritten.event;

  /** Begins to notice what other windows do, once for all who want to know. */
  watch(): Promise<void> {
    return (this.#watching ??= this.#watch.start());
  }

  dispose(): void {
    this.#watch.close();
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** @throws StoreError when the folder cannot be read. */
  async list(): Promise<DefinitionList<D>> {
    const savedBefore = new Map(this.#saved);
    const list = await this.#files.list();
    for (const definition of list.definitions) this.#noticeOverwrite(definition, savedBefore.get(definition.id));
    return list;
  }

  /** @throws StoreError `missing` or `unreadableDefinition`. */
  async get(id: string): Promise<D> {
    const entry = await this.find(id);
    if (entry === undefined) throw new StoreError('missing', { path: this.#files.pathOf(id) });
    return entry;
  }

  /** Undefined when there is none. @throws StoreError `unreadableDefinition` */
  async find(id: string): Promise<D | undefined> {
    const entry = await this.#files.read(id);
    if (entry !== undefined && isUnreadable(entry)) throw new StoreError('unreadableDefinition', { path: entry.path });
    return entry;
  }

  /** Does this while no window saves or deletes. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return withFolderLock(this.#files.folder, work);
  }

  /** @throws StoreError, also `nameTaken`; then nothing has changed. */
  async save({ name, id = randomUUID(), basedOn, define, around }: SaveOf<D>): Promise<D> {
    return this.alone(async () => {
      const before = await this.find(id);
      await this.#refuseTakenName(name, id);
      const revision = randomUUID();
      const modifiedAt = new Date().toISOString();
      const definition = define({ id, revision, ...(basedOn !== undefined && { basedOn }), modifiedAt }, before);
      this.#own.add(revision);
      const write = async (): Promise<void> => {
        await this.#files.write(definition);
        this.#saved.set(id, revision);
      };
      await (around === undefined ? write() : around(definition, write));
      this.refresh();
      return definition;
    });
  }

  /** @param afterwards what belongs to the same act. @throws StoreError, and what `afterwards` throws */
  async delete(id: string, afterwards: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.alone(async () => {
      await this.find(id);
      await this.#files.remove(id);
      this.#saved.delete(id);
      this.refresh();
      await afterwards();
    });
  }

  async #refuseTakenName(name: string, id: string): Promise<void> {
    const { definitions } = await this.#files.list();
    if (definitions.some((other) => other.id !== id && sameName(other.name, name))) throw new StoreError('nameTaken');
  }

  /** @param savedBefore what this window had saved when the list was begun: a later save says nothing of an older list. */
  #noticeOverwrite(definition: D, savedBefore: string | undefined): void {
    const mine = this.#saved.get(definition.id);
    if (mine === undefined || mine !== savedBefore || this.#own.has(definition.revision)) return;
    this.#saved.delete(definition.id);
    if (definition.basedOn !== mine) this.#overwritten.fire(definition);
  }
}
