import { StarPattern } from '../starPattern.ts';
import type { FolderRole, RecoverableRole } from './folderRoles.ts';
import type { JobContent } from './jobContent.ts';

/** What has to be known of a folder. */
export interface FolderFacts {
  /** Its own role, or that of the nearest folder above it that has one; absent: `other`. */
  readonly role?: FolderRole | RecoverableRole;
  /** Shows items of other folders, which would be migrated twice. */
  readonly isSearchFolder?: boolean;
}

/** What has to be known of an item. */
export interface ItemFacts {
  /** Such as `IPM.Note`. */
  readonly itemClass: string;
  /** Bytes; unknown for some. */
  readonly size?: number;
  /**
   * When it was received, or begins, in milliseconds since 1970; absent for what has no date, as contacts. @see until
   */
  readonly at?: number;
  /** When it ends; of a series, its last occurrence, and Infinity without one. An item counts if any of its time does. */
  readonly until?: number;
}

export type UnwantedFolder = 'searchFolder' | 'recoverable' | 'excludedFolder' | 'notIncludedFolder';
export type UnwantedItem = 'tooEarly' | 'tooLate' | 'excludedClass' | 'notIncludedClass' | 'tooLarge';

/** Judges what is in a mailbox by what a job wants. Made once for a job: asked for each item, it only compares. */
export class ContentJudge {
  readonly #content: JobContent;
  readonly #from: number;
  readonly #before: number;
  readonly #includes: readonly ClassPattern[];
  readonly #excludes: readonly ClassPattern[];

  constructor(content: JobContent) {
    const { from, before, includeClasses, excludeClasses } = content.items;
    this.#content = content;
    this.#from = from === undefined ? -Infinity : Date.parse(from);
    this.#before = before === undefined ? Infinity : Date.parse(before);
    this.#includes = includeClasses.map((text) => new ClassPattern(text));
    this.#excludes = excludeClasses.map((text) => new ClassPattern(text));
  }

  /** Why a folder's items are left out; undefined if they are wanted. */
  whyNotFolder({ role = 'other', isSearchFolder = false }: FolderFacts): UnwantedFolder | undefined {
    const { include, exclude, recoverable } = this.#content.folders;
    if (isSearchFolder) return 'searchFolder';
    if (isRecoverable(role)) return recoverable.includes(role) ? undefined : 'recoverable';
    if (exclude.includes(role)) return 'excludedFolder';
    return include.length > 0 && !include.includes(role) ? 'notIncludedFolder' : undefined;
  }

  /** Why an item is left out; undefined if it is wanted. What is not known of it leaves it in: nothing gets lost by that. */
  whyNotItem({ itemClass, size, at, until = at }: ItemFacts): UnwantedItem | undefined {
    const { maximumSize } = this.#content.items;
    if (until !== undefined && until < this.#from) return 'tooEarly';
    if (at !== undefined && at >= this.#before) return 'tooLate';
    if (this.#excludes.some((pattern) => pattern.matches(itemClass))) return 'excludedClass';
    const isIncluded = this.#includes.length === 0 || this.#includes.some((pattern) => pattern.matches(itemClass));
    if (!isIncluded) return 'notIncludedClass';
    return maximumSize !== undefined && size !== undefined && size > maximumSize ? 'tooLarge' : undefined;
  }

  isWanted(folder: FolderFacts, item: ItemFacts): boolean {
    return this.whyNotFolder(folder) === undefined && this.whyNotItem(item) === undefined;
  }
}

/** A class and those below it. Case does not count. */
class ClassPattern {
  readonly #itself: StarPattern;
  readonly #below: StarPattern;

  constructor(text: string) {
    this.#itself = new StarPattern(text);
    this.#below = new StarPattern(`${text}.*`);
  }

  matches(itemClass: string): boolean {
    const key = itemClass.toLowerCase();
    return this.#itself.match(key) !== undefined || this.#below.match(key) !== undefined;
  }
}

function isRecoverable(role: FolderRole | RecoverableRole): role is RecoverableRole {
  return role.startsWith('recoverableitems');
}
