import type { LabItem, NewItem } from '../../mailboxes/item.ts';
import type { EwsContext } from '../context.ts';
import { ResponseError } from '../fault.ts';
import type { FolderTarget } from '../targets.ts';

/** Puts an item into a folder, within the limits of the mailbox. @param instead the item whose place it takes */
export function store(
  context: EwsContext,
  { mailbox, folder }: FolderTarget,
  item: NewItem,
  instead?: LabItem,
): LabItem {
  const { uploads } = context.state.ews;
  if (uploads?.largestItemBytes && item.size > uploads.largestItemBytes) {
    throw new ResponseError('ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.');
  }
  const quota = context.state.mailboxes[mailbox.owner.email.toLowerCase()]?.quotaBytes ?? null;
  if (quota !== null) {
    const used = mailbox.folders.all.reduce((sum, one) => sum + mailbox.sizeOf(one), 0);
    if (used + item.size > quota) {
      throw new ResponseError('ErrorQuotaExceeded', 'Mailbox has exceeded maximum mailbox size.');
    }
  }
  return instead ? mailbox.replace(instead, item) : mailbox.add(folder, item);
}
