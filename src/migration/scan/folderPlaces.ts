import type { MailboxFolder } from '../../ews/findFolders.ts';
import { folderRoles, recoverableRoles } from '../content/folderRoles.ts';
import type { FolderRole, RecoverableRole } from '../content/folderRoles.ts';
import type { FolderPart } from './scanTypes.ts';

/** A folder and where it is in its mailbox. */
export interface PlacedFolder {
  readonly folder: MailboxFolder;
  readonly path: string[];
  /** Its own, or that of the nearest folder above it that has one; undefined: none of them has. */
  readonly role: FolderRole | RecoverableRole | undefined;
  readonly part: FolderPart;
}

const roles: ReadonlySet<string> = new Set([...folderRoles, ...recoverableRoles]);

/**
 * Distinguished names that have a role and that every server knows which does not tell them with the folders (Exchange
 * 2010 SP1). Of an archive it knows the deleted items only.
 */
export const oldNames = {
  primary: [
    ...[
      'inbox',
      'sentitems',
      'drafts',
      'outbox',
      'deleteditems',
      'junkemail',
      'calendar',
      'contacts',
      'tasks',
      'notes',
    ],
    ...['journal', 'recoverableitemsdeletions', 'recoverableitemsversions', 'recoverableitemspurges'],
  ],
  archive: [
    ...['archivedeleteditems', 'archiverecoverableitemsdeletions', 'archiverecoverableitemsversions'],
    'archiverecoverableitemspurges',
  ],
} as const;

/** The role that a distinguished name stands for; an archive's folders have names of their own for the same. */
export function roleOf(distinguished: string | undefined): FolderRole | RecoverableRole | undefined {
  if (distinguished === undefined) return undefined;
  const name = roles.has(distinguished) ? distinguished : distinguished.replace(/^archive/, '');
  return isRole(name) ? name : undefined;
}

function isRole(name: string): name is FolderRole | RecoverableRole {
  return roles.has(name);
}

/** Says of the folders below one root where each is. @param names of folders by their ids, where they do not tell it */
export function placeFolders(
  folders: readonly MailboxFolder[],
  part: FolderPart,
  names: ReadonlyMap<string, string> = new Map(),
): readonly PlacedFolder[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder]));
  const placed = new Map<string, PlacedFolder>();
  const place = (folder: MailboxFolder): PlacedFolder => {
    const known = placed.get(folder.id);
    if (known !== undefined) return known;
    const own = roleOf(folder.distinguished ?? names.get(folder.id));
    const start: PlacedFolder = { folder, path: [folder.displayName], role: own, part };
    placed.set(folder.id, start); // Before its parent is looked for: a circle would have no end.
    const parent = byId.get(folder.parentId);
    if (parent === undefined) return start;
    const above = place(parent);
    const found = { ...start, path: [...above.path, folder.displayName], role: own ?? above.role };
    placed.set(folder.id, found);
    return found;
  };
  return folders.map(place);
}
