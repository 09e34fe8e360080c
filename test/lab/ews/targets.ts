import type { LabItem } from '../mailboxes/item.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import type { LabFolder } from '../mailboxes/tree.ts';
import { folderMissing, openMailbox, openMailboxByGuid } from './access.ts';
import type { EwsContext } from './context.ts';
import { ResponseError } from './fault.ts';
import { decodeId } from './ids.ts';
import type { DecodedId } from './ids.ts';
import { child, childText } from './xmlReader.ts';
import type { XmlElement } from './xmlReader.ts';

export interface FolderTarget {
  readonly mailbox: Mailbox;
  readonly folder: LabFolder;
}

export interface ItemTarget {
  readonly mailbox: Mailbox;
  readonly item: LabItem;
}

const itemMissing = (): ResponseError =>
  new ResponseError(
    'ErrorItemNotFound',
    'The specified object was not found in the store., The process failed to get the correct properties.',
  );

function decode(element: XmlElement, attribute: string): DecodedId {
  const id = element.attributes.get(attribute) ?? '';
  if (id === '') throw new ResponseError('ErrorInvalidIdEmpty', 'Id must be non-empty.');
  const decoded = decodeId(id);
  if (!decoded) throw new ResponseError('ErrorInvalidIdMalformed', 'Id is malformed.');
  return decoded;
}

/** Finds the folder that a FolderId or a DistinguishedFolderId names. @throws ResponseError */
export function findFolder(context: EwsContext, element: XmlElement): FolderTarget {
  if (element.name === 't:FolderId') {
    const id = decode(element, 'Id');
    if (id.ordinal !== null) {
      throw new ResponseError(
        'ErrorCannotUseItemIdForFolderId',
        'An item Id was specified where a folder Id was expected.',
      );
    }
    const mailbox = openMailboxByGuid(context, id.mailboxGuid);
    const folder = mailbox.folders.byNumber(id.folder);
    if (!folder) throw folderMissing();
    return { mailbox, folder };
  }
  const name = element.attributes.get('Id') ?? '';
  const address = childText(child(element, 't:Mailbox'), 't:EmailAddress');
  const isArchive = name.startsWith('archive') && name !== 'archive';
  const mailbox = openMailbox(context, address, `Default folder ${name} not found.`, isArchive);
  const folder = mailbox.folders.byDistinguishedName(name);
  // Folders that Exchange makes on first use are not there yet.
  if (!folder) throw folderMissing();
  return { mailbox, folder };
}

function itemOf(context: EwsContext, id: DecodedId): ItemTarget {
  const mailbox = openMailboxByGuid(context, id.mailboxGuid);
  const folder = mailbox.folders.byNumber(id.folder);
  const item = folder && id.ordinal !== null ? mailbox.item(folder, id.ordinal) : undefined;
  if (!item) throw itemMissing();
  return { mailbox, item };
}

/** Finds the item that an ItemId names. @throws ResponseError */
export function findItem(context: EwsContext, element: XmlElement): ItemTarget {
  if (element.name !== 't:ItemId') {
    throw new ResponseError(
      'ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange',
      'Occurrence index is out of recurrence range.',
    );
  }
  const id = decode(element, 'Id');
  if (id.ordinal === null) {
    throw new ResponseError(
      'ErrorCannotUseFolderIdForItemId',
      'A folder Id was specified where an item Id was expected.',
    );
  }
  return itemOf(context, id);
}

/** Finds the attachment that an AttachmentId names. @throws ResponseError */
export function findAttachment(context: EwsContext, element: XmlElement): ItemTarget & { readonly index: number } {
  const id = decode(element, 'Id');
  if (id.attachment === null) {
    throw new ResponseError('ErrorInvalidAttachmentId', 'The attachment Id is invalid.');
  }
  const target = itemOf(context, id);
  if (!target.item.attachments[id.attachment]) {
    throw new ResponseError('ErrorAttachmentNotFound', 'The specified attachment could not be found.');
  }
  return { ...target, index: id.attachment };
}
