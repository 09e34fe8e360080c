import type { ItemKind } from '../../mailboxes/item.ts';
import type { LabFolder } from '../../mailboxes/tree.ts';
import { itemIdXml } from '../baseProperties.ts';
import { openMailbox } from '../access.ts';
import type { EwsContext, Operation } from '../context.ts';
import { ResponseError, SoapFault } from '../fault.ts';
import { elementOfKind } from '../itemXml.ts';
import { responseMessages } from '../responses.ts';
import { findFolder } from '../targets.ts';
import type { FolderTarget } from '../targets.ts';
import { tag } from '../xml.ts';
import { child } from '../xmlReader.ts';
import type { XmlElement } from '../xmlReader.ts';
import { readItem } from './itemReader.ts';
import { store } from './store.ts';

/** Where an item goes that names no folder. */
const usualFolders: Readonly<Record<ItemKind, string>> = {
  message: 'drafts',
  meetingRequest: 'drafts',
  note: 'notes',
  appointment: 'calendar',
  contact: 'contacts',
  task: 'tasks',
};

function folderFor(context: EwsContext, kind: ItemKind): FolderTarget {
  const asked = child(context.request, 'm:SavedItemFolderId')?.children[0];
  if (asked) return findFolder(context, asked);
  const mailbox = openMailbox(context, undefined, '');
  const folder: LabFolder | undefined = mailbox.folders.byDistinguishedName(usualFolders[kind]);
  if (!folder) throw new Error(`Every mailbox has a folder ${usualFolders[kind]}.`);
  return { mailbox, folder };
}

/** What Exchange wants to know of each kind, and what the lab cannot do. */
function checkDisposition(element: XmlElement, { attributes }: XmlElement): void {
  if (element.name === 't:Message' && !attributes.has('MessageDisposition')) {
    throw new ResponseError('ErrorMessageDispositionRequired', 'MessageDisposition has to be set to create a message.');
  }
  if (element.name === 't:CalendarItem' && !attributes.has('SendMeetingInvitations')) {
    throw new ResponseError(
      'ErrorSendMeetingInvitationsRequired',
      'SendMeetingInvitations has to be set to create a calendar item.',
    );
  }
}

export const createItem: Operation = (context) => {
  const { request } = context;
  const isSent =
    (request.attributes.get('MessageDisposition') ?? 'SaveOnly') !== 'SaveOnly' ||
    (request.attributes.get('SendMeetingInvitations') ?? 'SendToNone') !== 'SendToNone';
  if (isSent) throw new SoapFault('ErrorInvalidOperation', 'The simulated server sends nothing.');
  return responseMessages(
    'CreateItem',
    child(request, 'm:Items')?.children ?? [],
    (element) => {
      checkDisposition(element, request);
      const item = readItem(element, context.actingAs);
      const target = folderFor(context, item.kind);
      const stored = store(context, target, item);
      return tag('m:Items', {}, tag(elementOfKind(stored.kind), {}, itemIdXml(target.mailbox, stored)));
    },
    tag('m:Items', {}),
  );
};
