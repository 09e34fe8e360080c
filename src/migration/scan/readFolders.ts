import { EwsError } from '../../ews/ewsError.ts';
import { findFolders, folderNames, isMissing } from '../../ews/findFolders.ts';
import type { FolderRoot, MailboxFolder } from '../../ews/findFolders.ts';
import { oldNames, placeFolders } from './folderPlaces.ts';
import type { PlacedFolder } from './folderPlaces.ts';
import type { PacedMailbox } from './pacedMailbox.ts';

/** The folders of a mailbox or of an archive, and of its Recoverable Items. */
export interface Store {
  readonly folders: readonly PlacedFolder[];
}

const roots = {
  primary: ['msgfolderroot', 'recoverableitemsroot'],
  archive: ['archivemsgfolderroot', 'archiverecoverableitemsroot'],
} as const;

/**
 * Reads all folders of a store: one request, unless there are more than a thousand.
 * @returns undefined: there is no archive
 * @throws as findFolders does, and EwsError where a part could not be read
 */
export async function readStore(mailbox: PacedMailbox, kind: keyof typeof roots): Promise<Store | undefined> {
  const [top, recoverable] = roots[kind];
  const [visible, deleted] = await readBelow(
    mailbox,
    [top, recoverable],
    kind === 'archive' ? [top, recoverable] : [recoverable],
  );
  if (visible === undefined) return undefined;
  const isTold = visible.some(({ distinguished }) => distinguished !== undefined);
  const names = isTold ? undefined : await mailbox.ask((asking) => folderNames(asking, oldNames[kind]));
  return {
    folders: [
      ...placeFolders(visible, kind === 'archive' ? 'archive' : 'primary', names),
      ...placeFolders(deleted ?? [], 'recoverable', names),
    ],
  };
}

/**
 * All folders below some roots.
 * @param optional roots that need not be there @returns of each its folders; undefined: it is not there
 */
export async function readBelow(
  mailbox: PacedMailbox,
  asked: readonly FolderRoot[],
  optional: readonly FolderRoot[] = [],
): Promise<readonly (readonly MailboxFolder[] | undefined)[]> {
  const pageOf = async (wanted: readonly FolderRoot[], offset: number) =>
    mailbox.ask(async (asking) => {
      const pages = await findFolders(asking, wanted, offset);
      // Thrown in here, so that what passes is asked again.
      return pages.map((page, index) => {
        if (!(page instanceof EwsError)) return page;
        if (isMissing(page) && optional.some((root) => root === wanted[index])) return undefined;
        throw page;
      });
    });
  const first = await pageOf(asked, 0);
  const all: (readonly MailboxFolder[] | undefined)[] = [];
  for (const [index, page] of first.entries()) {
    const root = asked[index];
    const folders = page && [...page.rows];
    for (let next = page?.next; next !== undefined && root !== undefined;) {
      const [more] = await pageOf([root], next);
      folders?.push(...(more?.rows ?? []));
      next = more?.next;
    }
    all.push(folders);
  }
  return all;
}
