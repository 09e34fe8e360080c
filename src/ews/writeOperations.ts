import { askEws, askOne, createdId } from './askEws.ts';
import type { Asking } from './askEws.ts';
import type { ResponseMessage } from './responseMessages.ts';
import { escapeXml } from './soap.ts';

/**
 * What is written to a mailbox besides whole items. Each is sent once and never repeated by the transport: after a
 * failure the caller looks what has become of it.
 */
const once = { once: true } as const;

/** Creates a folder of mail right below the folders that a person sees. @returns its id. @throws as askEws does */
export async function createFolder(asking: Asking, displayName: string): Promise<string> {
  const { mailbox } = asking.session;
  const root =
    `<t:DistinguishedFolderId Id="msgfolderroot"><t:Mailbox><t:EmailAddress>${escapeXml(mailbox)}</t:EmailAddress>` +
    '</t:Mailbox></t:DistinguishedFolderId>';
  const body =
    `<m:CreateFolder><m:ParentFolderId>${root}</m:ParentFolderId><m:Folders><t:Folder>` +
    '<t:FolderClass>IPF.Note</t:FolderClass>' +
    `<t:DisplayName>${escapeXml(displayName)}</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>`;
  return createdId(asking, await askOne(asking, 'CreateFolder', body, once));
}

/** Creates a message that is sent to nobody. @returns its id. @throws as askEws does */
export async function createMessage(
  asking: Asking,
  message: { readonly folderId: string; readonly subject: string; readonly text: string },
): Promise<string> {
  const body =
    '<m:CreateItem MessageDisposition="SaveOnly"><m:SavedItemFolderId>' +
    `<t:FolderId Id="${escapeXml(message.folderId)}"/></m:SavedItemFolderId><m:Items><t:Message>` +
    `<t:Subject>${escapeXml(message.subject)}</t:Subject>` +
    `<t:Body BodyType="Text">${escapeXml(message.text)}</t:Body></t:Message></m:Items></m:CreateItem>`;
  return createdId(asking, await askOne(asking, 'CreateItem', body, once));
}

/** Deletes items for good. @returns what became of each. @throws as askEws does */
export async function deleteItems(asking: Asking, itemIds: readonly string[]): Promise<readonly ResponseMessage[]> {
  const ids = itemIds.map((id) => `<t:ItemId Id="${escapeXml(id)}"/>`).join('');
  const body =
    '<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone" ' +
    `AffectedTaskOccurrences="AllOccurrences"><m:ItemIds>${ids}</m:ItemIds></m:DeleteItem>`;
  return askEws(asking, 'DeleteItem', body, { ...once, messages: itemIds.length });
}

/** Deletes a folder for good, with all that is in it. @throws as askEws does */
export async function deleteFolder(asking: Asking, folderId: string): Promise<void> {
  const ids = `<m:FolderIds><t:FolderId Id="${escapeXml(folderId)}"/></m:FolderIds>`;
  await askOne(asking, 'DeleteFolder', `<m:DeleteFolder DeleteType="HardDelete">${ids}</m:DeleteFolder>`, once);
}
