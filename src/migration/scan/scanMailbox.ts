import { ewsCode } from '../../ews/ewsError.ts';
import { isMissing } from '../../ews/findFolders.ts';
import type { MailboxServer } from '../access/mailboxServer.ts';
import type { Finding } from '../../verification/verification.ts';
import type { JobContent } from '../content/jobContent.ts';
import type { ContentJudge } from '../content/wanted.ts';
import type { MailboxRules } from '../mailboxRules.ts';
import type { PlacedFolder } from './folderPlaces.ts';
import { readLargeItems } from './largeItems.ts';
import type { LargeItems } from './largeItems.ts';
import { PacedMailbox } from './pacedMailbox.ts';
import type { PacedServer } from './pacedMailbox.ts';
import { readBelow, readStore } from './readFolders.ts';
import * as findings from './scanFindings.ts';
import { mostOversizedKept } from './scanTypes.ts';
import type { AtTarget, ScannedFolder, ScannedMailbox } from './scanTypes.ts';

/** A mailbox and where it goes. */
export interface ScanPair {
  readonly source: string;
  /** Absent: nobody has decided yet. */
  readonly target?: string;
}

/** What is the same for all mailboxes of a scan. */
export interface MailboxScan {
  readonly source: PacedServer;
  /** Undefined: only the source is scanned. */
  readonly target: PacedServer | undefined;
  readonly content: JobContent;
  readonly judge: ContentJudge;
  readonly parts: MailboxRules['parts'];
  /** The largest item (bytes) that the target takes: see largestItemFor. */
  readonly largestItem: number;
  /** Requests to one mailbox at once, at most. */
  readonly connections: number;
}

/** A mailbox, and with it what failed, for whoever judges the connections. */
export interface ScannedPair {
  readonly mailbox: ScannedMailbox;
  readonly failures: { readonly source?: unknown; readonly target?: unknown };
}

/** Exchange says that there is no such mailbox. */
const noMailbox = ['ErrorNonExistentMailbox', 'ErrorMissingEmailAddress', 'ErrorInvalidSmtpAddress'];

/**
 * Looks into a mailbox at both ends, side by side: what is in it, what of that is wanted and what is too large. It asks
 * the source twice (mailbox and archive) and the target once, and more only where that is worth it. Never rejects.
 * @param row the pair's place among all
 */
export async function scanMailbox(pair: ScanPair, row: number, scan: MailboxScan): Promise<ScannedPair> {
  const [source, target] = await Promise.all([
    attempt(() => readSource(pair.source, scan)),
    attempt(() => readTarget(pair.target, scan)),
  ]);
  const found: Finding[] = [];
  const failures: { source?: unknown; target?: unknown } = {};
  if ('error' in source) {
    failures.source = source.error;
    found.push(scan.source.server.explain(source.error, pair.source));
  } else found.push(...source.value.findings);
  let atTarget = 'error' in target ? undefined : target.value;
  if ('error' in target) {
    failures.target = target.error;
    if (noMailbox.includes(ewsCode(target.error))) atTarget = { exists: false, items: 0, bytes: 0 };
    if (scan.target) found.push(scan.target.server.explain(target.error, pair.target));
  }
  const contents = 'value' in source ? cleaned(source.value.contents, scan.source.server) : nothing;
  if (atTarget?.exists === true && contents.folders.some(({ part, items }) => part === 'archive' && items > 0)) {
    const archive = await attempt(() => readTargetArchive(pair.target, scan));
    if ('error' in archive) {
      failures.target = archive.error;
      if (scan.target) found.push(scan.target.server.explain(archive.error, pair.target));
    } else {
      atTarget = { ...atTarget, hasArchive: archive.value };
      if (!archive.value && pair.target !== undefined) found.push(findings.archiveMissingAtTarget(pair.target));
    }
  }
  if (scan.target && pair.target === undefined) found.push(findings.noTarget(pair.source));
  const mailbox = {
    ...{ row, source: pair.source },
    ...(pair.target !== undefined && { target: pair.target }),
    state: stateOf(found),
    ...contents,
    ...(atTarget && { atTarget }),
    findings: found.map(findings.asScanFinding),
  };
  return { mailbox, failures };
}

type Contents = Pick<ScannedMailbox, 'folders' | 'leftOut' | 'items' | 'bytes' | 'oversized' | 'oversizedCount'>;

const nothing: Contents = {
  ...{ folders: [], leftOut: { folders: 0, items: 0, bytes: 0 }, items: 0, bytes: 0 },
  ...{ oversized: [], oversizedCount: 0 },
};

/** With names as they may be kept and shown. */
function cleaned(contents: Contents, server: MailboxServer): Contents {
  const pathOf = (names: readonly string[]): string[] => names.map((name) => server.clean(name));
  return {
    ...contents,
    folders: contents.folders.map((folder) => ({ ...folder, path: pathOf(folder.path) })),
    oversized: contents.oversized.map(({ folder, itemClass, ...item }) => {
      return { folder: pathOf(folder), ...item, itemClass: server.clean(itemClass) };
    }),
  };
}

async function attempt<T>(work: () => Promise<T>): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}

function stateOf(found: readonly Finding[]): ScannedMailbox['state'] {
  if (found.some(({ severity }) => severity === 'error')) return 'failed';
  return found.some(({ severity }) => severity === 'warning') ? 'attention' : 'ready';
}

async function readSource(
  address: string,
  scan: MailboxScan,
): Promise<{ readonly contents: Contents; readonly findings: Finding[] }> {
  const mailbox = new PacedMailbox(scan.source, address, scan.connections);
  const { parts, largestItem, content } = scan;
  const wantsRecoverable = content.folders.recoverable.length > 0;
  const stores = await Promise.all([
    parts === 'archive' ? undefined : readStore(mailbox, 'primary', wantsRecoverable),
    parts === 'primary' ? undefined : readStore(mailbox, 'archive', wantsRecoverable),
  ]);
  const limits = { largestItem, maximumSize: content.items.maximumSize };
  const wanted: PlacedFolder[] = [];
  const leftOut = { folders: 0, items: 0, bytes: 0 };
  const large: LargeItems[] = [];
  for (const store of stores) {
    const ofStore: PlacedFolder[] = [];
    for (const placed of store?.folders ?? []) {
      if (isWanted(placed, scan.judge)) ofStore.push(placed);
      else leaveOut(placed, leftOut);
    }
    wanted.push(...ofStore);
    large.push(await readLargeItems(mailbox, ofStore, limits));
  }
  const contents = contentsOf(wanted, leftOut, large);
  return { contents, findings: findingsOf(address, scan, contents, stores[1] === undefined) };
}

/** What is in Recoverable Items and has no role, as audits and logs have none, is no folder that somebody has made. */
function isWanted({ folder, role, part }: PlacedFolder, judge: ContentJudge): boolean {
  if (part === 'recoverable' && role === undefined) return false;
  return judge.whyNotFolder({ role: role ?? 'other', isSearchFolder: folder.isSearchFolder }) === undefined;
}

/** A search folder holds nothing itself. */
function leaveOut({ folder }: PlacedFolder, leftOut: { folders: number; items: number; bytes: number }): void {
  leftOut.folders += 1;
  if (folder.isSearchFolder) return;
  leftOut.items += folder.items;
  leftOut.bytes += folder.bytes ?? 0;
}

function contentsOf(
  wanted: readonly PlacedFolder[],
  leftOut: Contents['leftOut'],
  large: readonly LargeItems[],
): Contents {
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const tooLarge = {
    items: sum(large.map((each) => each.leftOut.items)),
    bytes: sum(large.map((each) => each.leftOut.bytes)),
  };
  return {
    folders: wanted.map(asScanned),
    leftOut: {
      folders: leftOut.folders,
      items: leftOut.items + tooLarge.items,
      bytes: leftOut.bytes + tooLarge.bytes,
    },
    // What somebody deletes between two questions must not make the rest negative.
    items: Math.max(0, sum(wanted.map(({ folder }) => folder.items)) - tooLarge.items),
    bytes: Math.max(0, sum(wanted.map(({ folder }) => folder.bytes ?? 0)) - tooLarge.bytes),
    oversized: large
      .flatMap(({ oversized }) => oversized)
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, mostOversizedKept),
    oversizedCount: sum(large.map(({ oversizedCount }) => oversizedCount)),
  };
}

function asScanned({ folder, path, role, part }: PlacedFolder): ScannedFolder {
  const { items, bytes } = folder;
  return { path, role: role ?? 'other', part, items, ...(bytes !== undefined && { bytes }) };
}

function findingsOf(
  address: string,
  { parts, largestItem }: MailboxScan,
  { folders, oversized: [largest], oversizedCount }: Contents,
  isWithoutArchive: boolean,
): Finding[] {
  const untold = folders.filter(({ items, bytes }) => items > 0 && bytes === undefined).length;
  return [
    ...(parts === 'archive' && isWithoutArchive ? [findings.noArchive(address)] : []),
    ...(largest ? [findings.oversizedItems(oversizedCount, largest.bytes, largestItem)] : []),
    ...(untold > 0 ? [findings.sizesNotTold(untold)] : []),
  ];
}

/** @returns undefined: there is none to be asked */
async function readTarget(address: string | undefined, scan: MailboxScan): Promise<AtTarget | undefined> {
  if (scan.target === undefined || address === undefined) return undefined;
  const mailbox = new PacedMailbox(scan.target, address, scan.connections);
  const [folders = []] = await readBelow(mailbox, ['msgfolderroot']);
  const held = folders.filter(({ isSearchFolder }) => !isSearchFolder);
  return {
    exists: true,
    items: held.reduce((sum, { items }) => sum + items, 0),
    bytes: held.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
  };
}

async function readTargetArchive(address: string | undefined, scan: MailboxScan): Promise<boolean> {
  if (scan.target === undefined || address === undefined) return false;
  const mailbox = new PacedMailbox(scan.target, address, scan.connections);
  const [folders] = await readBelow(mailbox, ['archivemsgfolderroot'], (_, error) => isMissing(error));
  return folders !== undefined;
}
