import { deletedItemsNumber } from '../../mailboxes/tree.ts';
import type { FolderElement, LabFolder } from '../../mailboxes/tree.ts';
import type { EwsContext, Operation } from '../context.ts';
import { ResponseError, SoapFault } from '../fault.ts';
import { folderXml } from '../folderXml.ts';
import { responseMessages } from '../responses.ts';
import { readShape } from '../shape.ts';
import { findFolder } from '../targets.ts';
import type { FolderTarget } from '../targets.ts';
import { tag } from '../xml.ts';
import { child, childText } from '../xmlReader.ts';
import type { XmlElement } from '../xmlReader.ts';

const classes: Readonly<Record<Exclude<FolderElement, 'SearchFolder'>, string>> = {
  Folder: 'IPF.Note',
  CalendarFolder: 'IPF.Appointment',
  ContactsFolder: 'IPF.Contact',
  TasksFolder: 'IPF.Task',
};

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The class of a new folder: any for a plain one, one of its own kind for the others. @throws ResponseError */
function classOf(element: XmlElement): string {
  const usual = Object.entries(classes).find(([name]) => element.name === `t:${name}`)?.[1];
  if (usual === undefined) {
    throw new SoapFault('ErrorInvalidOperation', 'The simulated server does not make search folders.');
  }
  const given = childText(element, 't:FolderClass') ?? usual;
  if (element.name !== 't:Folder' && given !== usual && !given.startsWith(`${usual}.`)) {
    throw new ResponseError('ErrorNoFolderClassOverride', 'The class of this kind of folder cannot be another one.');
  }
  return given;
}

function parentOf(context: EwsContext): FolderTarget {
  const id = child(context.request, 'm:ParentFolderId')?.children[0];
  if (!id) throw new TypeError('The grammar asks for a parent folder.');
  try {
    return findFolder(context, id);
  } catch (error) {
    if (!(error instanceof ResponseError) || error.code !== 'ErrorFolderNotFound') throw error;
    throw new ResponseError('ErrorParentFolderNotFound', 'The specified parent folder could not be found.');
  }
}

export const createFolder: Operation = (context) =>
  responseMessages(
    'CreateFolder',
    child(context.request, 'm:Folders')?.children ?? [],
    (element) => {
      const { mailbox, folder: parent } = parentOf(context);
      const name = childText(element, 't:DisplayName') ?? '';
      const folderClass = classOf(element);
      if (name === '') throw new ResponseError('ErrorFolderSave', 'A folder has to have a name.');
      if (mailbox.folders.childrenOf(parent).some((sibling) => isSame(sibling.name, name))) {
        throw new ResponseError('ErrorFolderExists', 'A folder with the specified name already exists.');
      }
      const folder = mailbox.folders.add(parent, name, folderClass);
      return tag('m:Folders', {}, folderXml({ mailbox, folder }, { ...readShape(undefined), base: 'IdOnly' }));
    },
    tag('m:Folders', {}),
  );

function removeAll({ mailbox, folder }: FolderTarget): void {
  const below: readonly LabFolder[] = mailbox.folders.descendantsOf(folder);
  for (const one of [...below.toReversed(), folder]) {
    for (const item of mailbox.itemsOf(one)) mailbox.remove(item);
    mailbox.folders.remove(one);
  }
}

/** Where a deleted folder goes; undefined when it is really deleted. */
function restingPlace({ mailbox, folder }: FolderTarget, how: string | undefined): LabFolder | undefined {
  if (how !== 'MoveToDeletedItems') return undefined;
  const deleted = mailbox.folders.byNumber(deletedItemsNumber);
  const isThere = deleted !== undefined && mailbox.folders.descendantsOf(deleted).includes(folder);
  return isThere ? undefined : deleted;
}

export const deleteFolder: Operation = (context) =>
  responseMessages('DeleteFolder', child(context.request, 'm:FolderIds')?.children ?? [], (id) => {
    const found = findFolder(context, id);
    if (found.folder.distinguished !== null) {
      throw new ResponseError('ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.');
    }
    const place = restingPlace(found, context.request.attributes.get('DeleteType'));
    if (place) found.mailbox.folders.move(found.folder, place);
    else removeAll(found);
    return '';
  });
