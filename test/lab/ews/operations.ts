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

/** Operations that Exchange has and the simulated server has not, mostly because it cannot be written to. */
export const notSimulated: ReadonlySet<string> = new Set(
  [
    'AddDelegate ApplyConversationAction ArchiveItem CopyFolder CopyItem CreateAttachment CreateFolder CreateFolderPath',
    'CreateItem CreateUserConfiguration DeleteAttachment DeleteFolder DeleteItem DeleteUserConfiguration EmptyFolder',
    'ExpandDL FindConversation FindPeople GetAppManifests GetConversationItems GetDelegate GetEvents GetInboxRules',
    'GetMailTips GetPasswordExpirationDate GetPersona GetRoomLists GetRooms GetSearchableMailboxes GetServiceConfiguration',
    'GetSharingFolder GetSharingMetadata GetStreamingEvents GetUserAvailabilityRequest GetUserConfiguration',
    'GetUserOofSettingsRequest GetUserPhoto GetUserRetentionPolicyTags MarkAllItemsAsRead MarkAsJunk MoveFolder MoveItem',
    'RemoveDelegate SearchMailboxes SendItem SetUserOofSettingsRequest Subscribe Unsubscribe UpdateDelegate UpdateFolder',
    'UpdateInboxRules UpdateItem UpdateUserConfiguration UploadItems',
  ].flatMap((line) => line.split(' ')),
);
