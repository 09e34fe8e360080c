import { openMailbox } from './access.ts';
import type { EwsContext, Operation } from './context.ts';
import { folderXml } from './folderXml.ts';
import { folderId } from './ids.ts';
import { itemXml } from './itemXml.ts';
import { responseMessages } from './responses.ts';
import { readShape } from './shape.ts';
import { readSyncState, writeSyncState } from './syncState.ts';
import { findFolder } from './targets.ts';
import type { FolderTarget } from './targets.ts';
import { leaf, tag } from './xml.ts';
import { child, childText } from './xmlReader.ts';

/** The folder to synchronise; without one the whole of the mailbox that people see. */
function syncFolder(context: EwsContext): FolderTarget {
  const asked = child(context.request, 'm:SyncFolderId')?.children[0];
  if (asked) return findFolder(context, asked);
  const mailbox = openMailbox(context, undefined, '');
  const folder = mailbox.folders.byDistinguishedName('msgfolderroot');
  if (!folder) throw new Error('Every mailbox has a msgfolderroot.');
  return { mailbox, folder };
}

const changes = (elements: readonly string[]): string =>
  tag('m:Changes', {}, ...elements.map((element) => tag('t:Create', {}, element)));

export const syncFolderHierarchy: Operation = (context) => {
  const shape = readShape(child(context.request, 'm:FolderShape'));
  return responseMessages('SyncFolderHierarchy', [0], () => {
    const { mailbox, folder } = syncFolder(context);
    const of = `hierarchy ${folderId(mailbox, folder)}`;
    const known = readSyncState(childText(context.request, 'm:SyncState'), of);
    const all = mailbox.folders.descendantsOf(folder);
    const fresh = all.slice(known).map((one) => folderXml({ mailbox, folder: one }, shape));
    return (
      leaf('m:SyncState', writeSyncState(of, all.length)) + leaf('m:IncludesLastFolderInRange', true) + changes(fresh)
    );
  });
};

/** Items are given oldest first, so that what arrives later is simply what comes after the known ones. */
export const syncFolderItems: Operation = (context) => {
  const { request } = context;
  const shape = readShape(child(request, 'm:ItemShape'));
  return responseMessages('SyncFolderItems', [0], () => {
    const { mailbox, folder } = syncFolder(context);
    const of = `items ${folderId(mailbox, folder)}`;
    const known = readSyncState(childText(request, 'm:SyncState'), of);
    const ignored = new Set(child(request, 'm:Ignore')?.children.map((id) => id.attributes.get('Id')));
    const count = mailbox.nextOrdinal(folder);
    const end = Math.min(count, known + Number(childText(request, 'm:MaxChangesReturned')));
    const fresh = Array.from({ length: Math.max(0, end - known) }, (_, index) => mailbox.item(folder, known + index))
      .filter((item) => item !== undefined)
      .map((item) => itemXml({ mailbox, item, shape }, false))
      .filter((xml) => ignored.size === 0 || !ignored.has(/ Id="([^"]*)"/.exec(xml)?.[1]));
    return (
      leaf('m:SyncState', writeSyncState(of, Math.max(known, end))) +
      leaf('m:IncludesLastItemInRange', end >= count) +
      changes(fresh)
    );
  });
};
