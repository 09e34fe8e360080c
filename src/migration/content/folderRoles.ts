/**
 * What a folder is for, whatever it is called in a mailbox's language: the names that Exchange gives its own folders
 * (MS-OXWSCDATA, DistinguishedFolderIdNameType). `other`: a folder that somebody has made beside these.
 */
export const folderRoles = [
  ...([
    'inbox',
    'sentitems',
    'drafts',
    'outbox',
    'deleteditems',
    'junkemail',
    'archive',
    'conversationhistory',
  ] as const),
  ...(['calendar', 'contacts', 'tasks', 'notes', 'journal', 'syncissues', 'other'] as const),
] as const;
export type FolderRole = (typeof folderRoles)[number];

/** Folders of Recoverable Items: what was deleted, earlier versions, what waits to be purged, what is held for a search. */
export const recoverableRoles = [
  'recoverableitemsdeletions',
  'recoverableitemsversions',
  'recoverableitemspurges',
  'recoverableitemsdiscoveryholds',
] as const;
export type RecoverableRole = (typeof recoverableRoles)[number];
