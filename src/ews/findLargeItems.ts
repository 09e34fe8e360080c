import { askEach } from './askEach.ts';
import type { Asking } from './askEws.ts';
import type { EwsError } from './ewsError.ts';
import type { ContentReader } from './messageReader.ts';
import { Paging } from './paging.ts';
import type { Page } from './paging.ts';
import { escapeXml } from './soap.ts';

/** What may be told of an item: nothing that a person wrote. */
export interface LargeItem {
  /** As the store counts it (PidTagMessageSize). */
  readonly bytes: number;
  /** Such as IPM.Note. */
  readonly itemClass: string;
  /** ISO 8601; absent for what was never received. */
  readonly received?: string;
}

/** A page of a search with a restriction has no more (EWSFindCountLimit of Exchange Online) [facts: limits]. */
const pageSize = 250;

/** Exchange has to look through each folder for it. A batch may run for a minute [facts: limits]. */
const timeoutMs = 100_000;

/** Sizes of items are numbers of 32 bits in EWS: nothing is larger. */
export const largestTold = 2 ** 31 - 1;

/**
 * Looks for items above a size in many folders by one request (FindItem, MS-OXWSSRCH), the largest first.
 * @param above bytes, below `largestTold`
 * @param offset how many were had already, of each folder
 * @returns of each folder a page, or why there is none. @throws as askEach does
 */
export function findLargeItems(
  asking: Asking,
  folderIds: readonly string[],
  above: number,
  offset = 0,
): Promise<readonly (Page<LargeItem> | EwsError)[]> {
  const fields = ['item:ItemClass', 'item:DateTimeReceived', 'item:Size'];
  const body =
    '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>' +
    fields.map((field) => `<t:FieldURI FieldURI="${field}"/>`).join('') +
    '</t:AdditionalProperties></m:ItemShape>' +
    `<m:IndexedPageItemView MaxEntriesReturned="${pageSize}" Offset="${offset}" BasePoint="Beginning"/>` +
    '<m:Restriction><t:IsGreaterThan><t:FieldURI FieldURI="item:Size"/><t:FieldURIOrConstant>' +
    `<t:Constant Value="${above}"/></t:FieldURIOrConstant></t:IsGreaterThan></m:Restriction>` +
    '<m:SortOrder><t:FieldOrder Order="Descending"><t:FieldURI FieldURI="item:Size"/></t:FieldOrder></m:SortOrder>' +
    `<m:ParentFolderIds>${folderIds.map((id) => `<t:FolderId Id="${escapeXml(id)}"/>`).join('')}</m:ParentFolderIds>` +
    '</m:FindItem>';
  const newContent = () => new ItemReader(offset);
  return askEach(asking, 'FindItem', body, { count: folderIds.length, newContent, timeoutMs });
}

type Draft = { -readonly [Key in keyof LargeItem]: LargeItem[Key] };

class ItemReader implements ContentReader<Page<LargeItem>> {
  readonly #paging: Paging<LargeItem>;
  #item: Draft | undefined;

  constructor(offset: number) {
    this.#paging = new Paging(offset);
  }

  open(name: string, attribute: (name: string) => string): void {
    this.#paging.open(name, attribute);
    if (name !== 'ItemId') return; // It comes first in an item, whatever kind that is.
    this.#item = { bytes: 0, itemClass: '' };
    this.#paging.rows.push(this.#item);
  }

  close(name: string, text: string): void {
    const item = this.#item;
    if (item === undefined) return;
    if (name === 'ItemClass') item.itemClass = text;
    if (name === 'Size' && /^\d+$/.test(text)) item.bytes = Number(text);
    if (name === 'DateTimeReceived' && isTime(text)) item.received = new Date(text).toISOString();
  }

  result(): Page<LargeItem> | undefined {
    return this.#paging.result();
  }
}

function isTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}
