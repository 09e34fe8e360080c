import { EwsError, ewsCode } from '../../ews/ewsError.ts';
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

/** Whether the folders below a root can be done without, as they could not be read. */
type CanDoWithout = (root: FolderRoot, error: EwsError) => boolean;

/**
 * Reads all folders of a store: one request, unless there are more than a thousand.
 * @param wantsRecoverable whether Recoverable Items are wanted: if not, they are only looked at where one may
 * @returns undefined: there is no archive
 * @throws as findFolders does, and EwsError where a part could not be read
 */
export async function readStore(
  mailbox: PacedMailbox,
  kind: keyof typeof roots,
  wantsRecoverable: boolean,
): Promise<Store | undefined> {
  const [top, recoverable] = roots[kind];
  const [visible, deleted] = await readBelow(mailbox, [top, recoverable], (root, error) => {
    if (isMissing(error)) return kind === 'archive' || root === recoverable;
    return root === recoverable && !wantsRecoverable && ewsCode(error) === 'ErrorAccessDenied';
  });
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

/** All folders below some roots. @returns of each its folders; undefined: they can be done without */
export async function readBelow(
  mailbox: PacedMailbox,
  asked: readonly FolderRoot[],
  canDoWithout: CanDoWithout = () => false,
): Promise<readonly (readonly MailboxFolder[] | undefined)[]> {
  const pageOf = async (wanted: readonly FolderRoot[], offset: number) =>
    mailbox.ask(async (asking) => {
      const pages = await findFolders(asking, wanted, offset);
      // Thrown in here, so that what passes is asked again.
      return pages.map((page, index) => {
        if (!(page instanceof EwsError)) return page;
        const root = wanted[index];
        if (root !== undefined && canDoWithout(root, page)) return undefined;
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
