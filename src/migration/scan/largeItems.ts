import { EwsError } from '../../ews/ewsError.ts';
import { findLargeItems, largestTold } from '../../ews/findLargeItems.ts';
import type { LargeItem } from '../../ews/findLargeItems.ts';
import type { PlacedFolder } from './folderPlaces.ts';
import type { PacedMailbox } from './pacedMailbox.ts';
import { mostOversizedKept } from './scanTypes.ts';
import type { OversizedItem } from './scanTypes.ts';

/** Folders of one request: Exchange looks through each of them, and a batch may run for a minute [facts: limits]. */
const foldersAtOnce = 50;
/** Items of a folder that are looked at one by one; what is beyond is smaller than these, and counted. */
const mostLookedAt = 1_000;

/** Bytes. */
export interface SizeLimits {
  /** That the target takes. */
  readonly largestItem: number;
  /** That the job wants; undefined: any. */
  readonly maximumSize: number | undefined;
}

export interface LargeItems {
  /** Too large for the target, the largest first. */
  readonly oversized: readonly OversizedItem[];
  readonly oversizedCount: number;
  /** Larger than the job wants: no fault. Of more than a thousand in a folder the others count with the least they have. */
  readonly leftOut: { readonly items: number; readonly bytes: number };
}

/**
 * Looks for items that are larger than the target takes or than the job wants. A folder that is no larger as a whole is
 * not asked for; so most mailboxes cost no request.
 * @param folders of one store: an archive may be on another server
 * @throws as findLargeItems does, and EwsError where a folder could not be searched
 */
export async function readLargeItems(
  mailbox: PacedMailbox,
  folders: readonly PlacedFolder[],
  { largestItem, maximumSize = Infinity }: SizeLimits,
): Promise<LargeItems> {
  const above = Math.min(largestItem, maximumSize);
  const oversized: OversizedItem[] = [];
  let oversizedCount = 0;
  const leftOut = { items: 0, bytes: 0 };
  if (above >= largestTold) return { oversized, oversizedCount, leftOut };
  const candidates = folders.filter(({ folder }) => folder.items > 0 && (folder.bytes ?? Infinity) > above);
  for (const { folder, rows, total } of await search(mailbox, candidates, above)) {
    for (const item of rows) {
      if (item.bytes > maximumSize) {
        leftOut.items += 1;
        leftOut.bytes += item.bytes;
        continue;
      }
      oversizedCount += 1;
      oversized.push({ folder: folder.path, ...item });
    }
    const rest = Math.max(0, total - rows.length);
    if (above < maximumSize) oversizedCount += rest;
    else {
      leftOut.items += rest;
      leftOut.bytes += rest * above;
    }
  }
  oversized.sort((a, b) => b.bytes - a.bytes);
  return { oversized: oversized.slice(0, mostOversizedKept), oversizedCount, leftOut };
}

interface Found {
  readonly folder: PlacedFolder;
  readonly rows: readonly LargeItem[];
  readonly total: number;
}

async function search(
  mailbox: PacedMailbox,
  folders: readonly PlacedFolder[],
  above: number,
): Promise<readonly Found[]> {
  const pagesOf = async (asked: readonly PlacedFolder[], offset: number) =>
    mailbox.ask(async (asking) => {
      const ids = asked.map(({ folder }) => folder.id);
      return (await findLargeItems(asking, ids, above, offset)).map((page) => {
        if (page instanceof EwsError) throw page;
        return page;
      });
    });
  const all: Found[] = [];
  for (let at = 0; at < folders.length; at += foldersAtOnce) {
    const chunk = folders.slice(at, at + foldersAtOnce);
    const pages = await pagesOf(chunk, 0);
    for (const [index, folder] of chunk.entries()) {
      let page = pages[index];
      const rows = [...(page?.rows ?? [])];
      while (page?.next !== undefined && rows.length < mostLookedAt) {
        [page] = await pagesOf([folder], page.next);
        rows.push(...(page?.rows ?? []));
      }
      all.push({ folder, rows, total: page?.total ?? 0 });
    }
  }
  return all;
}
