import type { Operation } from './context.ts';
import { convertId } from './convertId.ts';
import { exportItems } from './exportItems.ts';
import { findFolders, getFolder } from './folderOperations.ts';
import { getServerTimeZones } from './getServerTimeZones.ts';
import { findItems, getAttachment, getItem } from './itemOperations.ts';
import { resolveNames } from './resolveNames.ts';
import { syncFolderHierarchy, syncFolderItems } from './syncOperations.ts';

/** What the simulated server can do, by the name of the request's element. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['ConvertId', convertId],
  ['ExportItems', exportItems],
  ['FindFolder', findFolders],
  ['FindItem', findItems],
  ['GetAttachment', getAttachment],
  ['GetFolder', getFolder],
  ['GetItem', getItem],
  ['GetServerTimeZones', getServerTimeZones],
  ['ResolveNames', resolveNames],
  ['SyncFolderHierarchy', syncFolderHierarchy],
  ['SyncFolderItems', syncFolderItems],
]);
