import { deletedItemsNumber } from '../../mailboxes/tree.ts';
import type { LabFolder } from '../../mailboxes/tree.ts';
import type { Operation } from '../context.ts';
import { ResponseError } from '../fault.ts';
import { responseMessages } from '../responses.ts';
import { findItem } from '../targets.ts';
import type { ItemTarget } from '../targets.ts';
import { child } from '../xmlReader.ts';
import type { XmlElement } from '../xmlReader.ts';

/** Recoverable Items\Deletions, where people look for what they have deleted for good. */
const recoverable = 'recoverableitemsdeletions';

/** What Exchange wants to know before it deletes meetings and tasks. */
function checkAttributes({ item }: ItemTarget, { attributes }: XmlElement): void {
  if (item.kind === 'appointment' && !attributes.has('SendMeetingCancellations')) {
    throw new ResponseError(
      'ErrorSendMeetingCancellationsRequired',
      'SendMeetingCancellations has to be set to delete a calendar item.',
    );
  }
  if (item.kind === 'task' && !attributes.has('AffectedTaskOccurrences')) {
    throw new ResponseError(
      'ErrorAffectedTaskOccurrencesRequired',
      'AffectedTaskOccurrences has to be set to delete a task.',
    );
  }
}

function moved({ mailbox, item }: ItemTarget, to: LabFolder | undefined): void {
  if (to?.number === item.folder.number) return;
  mailbox.remove(item);
  // In its new place it has another id, as whatever is moved by EWS.
  if (to) mailbox.add(to, item);
}

export const deleteItem: Operation = ({ request, ...rest }) => {
  const how = request.attributes.get('DeleteType');
  return responseMessages('DeleteItem', child(request, 'm:ItemIds')?.children ?? [], (id) => {
    const found = findItem({ request, ...rest }, id);
    checkAttributes(found, request);
    const { folders } = found.mailbox;
    if (how === 'HardDelete') moved(found, undefined);
    else
      moved(
        found,
        how === 'SoftDelete' ? folders.byDistinguishedName(recoverable) : folders.byNumber(deletedItemsNumber),
      );
    return '';
  });
};
