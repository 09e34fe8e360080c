/** What EWS calls the element of a folder (types.xsd: Folder, CalendarFolder, …). */
export type FolderElement = 'Folder' | 'CalendarFolder' | 'ContactsFolder' | 'TasksFolder' | 'SearchFolder';

export interface LabFolder {
  /** Its number in the mailbox; the ids that clients see are made of it. */
  readonly number: number;
  readonly parent: number | null;
  readonly name: string;
  readonly folderClass: string | null;
  /** The name by which clients may ask for it without an id, as DistinguishedFolderId has it. */
  readonly distinguished: string | null;
  /** Its share of the mailbox's items. */
  readonly weight: number;
  /** Set for a search folder: it shows what is in the folder of this number and below it. */
  readonly searches?: number;
}

type Row = readonly [
  number: number,
  parent: number | null,
  name: string,
  distinguished: string | null,
  weight: number,
  folderClass?: string | null,
];

/** Numbers are part of the ids that clients store: never give a number a new meaning. */
const rows: readonly Row[] = [
  [1, null, '', 'root', 0, null],
  [2, 1, 'Top of Information Store', 'msgfolderroot', 0, null],
  [3, 2, 'Inbox', 'inbox', 30],
  [4, 3, 'Projects', null, 9],
  [5, 4, 'Übergabe/Ärger', null, 6],
  [6, 4, '受信プロジェクト', null, 5],
  [7, 3, 'Reisen ✈️ 2026', null, 4],
  [8, 2, 'Drafts', 'drafts', 3],
  [9, 2, 'Sent Items', 'sentitems', 14],
  [10, 2, 'Deleted Items', 'deleteditems', 4],
  [11, 10, 'Old newsletters', null, 2],
  [12, 2, 'Junk Email', 'junkemail', 2],
  [13, 2, 'Outbox', 'outbox', 0],
  [14, 2, 'Archive', 'archive', 3],
  [15, 14, '2024', null, 2],
  [16, 14, '2025', null, 2],
  [17, 2, 'Calendar', 'calendar', 8, 'IPF.Appointment'],
  [18, 17, 'Birthdays', null, 0, 'IPF.Appointment.Birthday'],
  [19, 2, 'Contacts', 'contacts', 6, 'IPF.Contact'],
  [20, 19, 'Fournisseurs & façades', null, 2, 'IPF.Contact'],
  [21, 2, 'Tasks', 'tasks', 4, 'IPF.Task'],
  [22, 2, 'Notes', 'notes', 3, 'IPF.StickyNote'],
  [23, 2, 'Journal', 'journal', 0, 'IPF.Journal'],
  [24, 2, 'Conversation History', 'conversationhistory', 0],
  [25, 2, 'Nothing in here', null, 0],
  [26, 1, 'Recoverable Items', 'recoverableitemsroot', 0, null],
  [27, 26, 'Deletions', 'recoverableitemsdeletions', 0, null],
  [28, 26, 'Versions', 'recoverableitemsversions', 0, null],
  [29, 26, 'Purges', 'recoverableitemspurges', 0, null],
  [30, 1, 'Finder', 'searchfolders', 0, null],
];

/** Only in mailboxes that are to have one. */
const searchFolder = {
  number: 31,
  parent: 2,
  name: 'Search in mail',
  folderClass: 'IPF.Note',
  distinguished: null,
  weight: 0,
  searches: 3,
};

/** The folders of a mailbox in use. */
export const folders: readonly LabFolder[] = [
  ...rows.map(([number, parent, name, distinguished, weight, folderClass]) => ({
    number,
    parent,
    name,
    distinguished,
    weight,
    folderClass: folderClass === undefined ? 'IPF.Note' : folderClass,
  })),
  searchFolder,
];

/** The folders of a mailbox that nobody has used yet: those that Exchange makes itself. */
export const defaultFolders: readonly LabFolder[] = folders.filter(
  ({ distinguished, searches }) => distinguished !== null || searches !== undefined,
);

/** Folders of an archive that can be asked for without an id; any other is found by its id only. */
const archiveNames: ReadonlyMap<string | null, string> = new Map([
  ['root', 'archiveroot'],
  ...['msgfolderroot', 'inbox', 'deleteditems', 'recoverableitemsroot', 'recoverableitemsdeletions'].map(archived),
  ...['recoverableitemsversions', 'recoverableitemspurges'].map(archived),
]);

function archived(name: string): [string, string] {
  return [name, `archive${name}`];
}

/** The folders of an archive: mail only. */
export const archiveFolders: readonly LabFolder[] = folders
  .filter(({ number, searches }) => (number < 17 || (number > 25 && number < 30)) && searches === undefined)
  .map((folder) => ({ ...folder, distinguished: archiveNames.get(folder.distinguished) ?? null }));

export const inboxNumber = 3;
export const deletedItemsNumber = 10;

export function elementOf(folder: LabFolder): FolderElement {
  const kind = folder.folderClass ?? '';
  if (folder.searches !== undefined) return 'SearchFolder';
  if (kind.startsWith('IPF.Appointment')) return 'CalendarFolder';
  if (kind.startsWith('IPF.Contact')) return 'ContactsFolder';
  return kind.startsWith('IPF.Task') ? 'TasksFolder' : 'Folder';
}
