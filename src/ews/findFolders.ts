import { askEach } from './askEach.ts';
import type { Asking } from './askEws.ts';
import { ewsCode } from './ewsError.ts';
import type { EwsError } from './ewsError.ts';
import type { ContentReader } from './messageReader.ts';
import { Paging } from './paging.ts';
import type { Page } from './paging.ts';
import { escapeXml } from './soap.ts';

/** Below which folders can be looked for: what a person sees, and Recoverable Items; of the mailbox and of its archive. */
export type FolderRoot =
  'msgfolderroot' | 'recoverableitemsroot' | 'archivemsgfolderroot' | 'archiverecoverableitemsroot';

export interface MailboxFolder {
  readonly id: string;
  readonly parentId: string;
  readonly displayName: string;
  /** Such as IPF.Note; '' where it has none. */
  readonly folderClass: string;
  /** Items in it, without those of folders below it and without hidden ones. */
  readonly items: number;
  /** What they take in the store (PidTagMessageSizeExtended, MS-OXPROPS); undefined: not told. */
  readonly bytes: number | undefined;
  /** As DistinguishedFolderId names it, whatever the mailbox's language; undefined: it has no such name, or none is told. */
  readonly distinguished: string | undefined;
  /** Shows items of other folders. */
  readonly isSearchFolder: boolean;
}

/** The most that a page has without a restriction (EWSFindCountLimit). */
const pageSize = 1000;

/** PidTagMessageSizeExtended: 64 bits, as the property with 32 ends at 2 GB. Exchange answers by PropertyTag="0xe08". */
const sizeTag = 0x0e08;

/** What is answered for a folder that is not there, and for an archive that somebody does not have. */
const missing = ['ErrorItemNotFound', 'ErrorFolderNotFound', 'ErrorArchiveMailboxNotEnabled'];

/** Whether an error says that a folder or an archive is not there. Without rights to the mailbox it is said, too. */
export function isMissing(error: unknown): boolean {
  return missing.includes(ewsCode(error));
}

/**
 * One page of all folders below some roots of a mailbox (FindFolder, MS-OXWSSRCH), search folders included.
 * Servers before Exchange 2013 do not tell `distinguished`: see folderNames.
 * @param offset how many were had already, below each of them
 * @returns of each root a page, or why there is none. @throws as askEach does
 */
export function findFolders(
  asking: Asking,
  roots: readonly FolderRoot[],
  offset = 0,
): Promise<readonly (Page<MailboxFolder> | EwsError)[]> {
  const fields = ['folder:ParentFolderId', 'folder:FolderClass', 'folder:DisplayName', 'folder:TotalCount'];
  if (asking.session.requestVersion !== 'Exchange2010_SP1') fields.push('folder:DistinguishedFolderId');
  const body =
    '<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>' +
    fields.map((field) => `<t:FieldURI FieldURI="${field}"/>`).join('') +
    `<t:ExtendedFieldURI PropertyTag="0x0E08" PropertyType="Long"/></t:AdditionalProperties></m:FolderShape>` +
    `<m:IndexedPageFolderView MaxEntriesReturned="${pageSize}" Offset="${offset}" BasePoint="Beginning"/>` +
    `<m:ParentFolderIds>${roots.map((root) => distinguishedId(asking, root)).join('')}</m:ParentFolderIds></m:FindFolder>`;
  return askEach(asking, 'FindFolder', body, { count: roots.length, newContent: () => new FolderReader(offset) });
}

/**
 * Finds out which folders have these names (GetFolder, MS-OXWSFOLD), where a server does not tell it with the folders.
 * @param names as DistinguishedFolderId has them; the server has to know them all
 * @returns the names by the ids of their folders; those that are not there are left out
 * @throws EwsError for any other refusal, and as askEach does
 */
export async function folderNames(asking: Asking, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = names.map((name) => distinguishedId(asking, name)).join('');
  const body =
    '<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>' +
    `<m:FolderIds>${ids}</m:FolderIds></m:GetFolder>`;
  const found = await askEach(asking, 'GetFolder', body, { count: names.length, newContent: () => new IdReader() });
  const known = new Map<string, string>();
  for (const [index, id] of found.entries()) {
    if (typeof id === 'string') known.set(id, names[index] ?? '');
    else if (!isMissing(id)) throw id;
  }
  return known;
}

function distinguishedId({ session }: Asking, name: string): string {
  return (
    `<t:DistinguishedFolderId Id="${name}"><t:Mailbox><t:EmailAddress>${escapeXml(session.mailbox)}</t:EmailAddress>` +
    '</t:Mailbox></t:DistinguishedFolderId>'
  );
}

class IdReader implements ContentReader<string> {
  #id: string | undefined;

  open(name: string, attribute: (name: string) => string): void {
    if (name === 'FolderId') this.#id = attribute('Id');
  }

  result(): string | undefined {
    return this.#id;
  }
}

type Draft = { -readonly [Key in keyof MailboxFolder]: MailboxFolder[Key] };

class FolderReader implements ContentReader<Page<MailboxFolder>> {
  readonly #paging: Paging<MailboxFolder>;
  #folder: Draft | undefined;
  #isSearchFolder = false;
  #isSize = false;

  constructor(offset: number) {
    this.#paging = new Paging(offset);
  }

  open(name: string, attribute: (name: string) => string): void {
    this.#paging.open(name, attribute);
    // The element that a folder is names its kind, and its id comes first in it.
    if (name === 'SearchFolder') this.#isSearchFolder = true;
    if (name === 'FolderId') this.#begin(attribute('Id'));
    if (name === 'ParentFolderId' && this.#folder) this.#folder.parentId = attribute('Id');
    if (name === 'ExtendedFieldURI') this.#isSize = Number(attribute('PropertyTag')) === sizeTag;
  }

  close(name: string, text: string): void {
    if (name === 'SearchFolder') this.#isSearchFolder = false;
    const folder = this.#folder;
    if (folder === undefined) return;
    if (name === 'DisplayName') folder.displayName = text;
    if (name === 'FolderClass') folder.folderClass = text;
    if (name === 'TotalCount') folder.items = Number(text);
    if (name === 'DistinguishedFolderId') folder.distinguished = text;
    if (name === 'Value' && this.#isSize && /^\d{1,15}$/.test(text)) folder.bytes = Number(text);
  }

  result(): Page<MailboxFolder> | undefined {
    return this.#paging.result();
  }

  #begin(id: string): void {
    this.#folder = {
      ...{ id, parentId: '', displayName: '', folderClass: '', items: 0 },
      ...{ bytes: undefined, distinguished: undefined, isSearchFolder: this.#isSearchFolder },
    };
    this.#paging.rows.push(this.#folder);
  }
}
