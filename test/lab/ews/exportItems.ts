import { exportStream } from '../mailboxes/exportStream.ts';
import type { EwsContext, Operation } from './context.ts';
import { itemIdXml } from './baseProperties.ts';
import { responseMessages } from './responses.ts';
import { findItem } from './targets.ts';
import { leaf } from './xml.ts';
import { child } from './xmlReader.ts';

const truncationMark = Buffer.from('=== Truncated Data ===', 'latin1');

/** Exchange's transient failure: the stream breaks off and ends in a mark. Uses up one of the state's times. */
function truncated(stream: Buffer, context: EwsContext): Buffer {
  const { ews } = context.state;
  if (ews.truncatedExports === 0) return stream;
  ews.truncatedExports -= 1;
  return Buffer.concat([stream.subarray(0, Math.floor(stream.length / 2)), truncationMark]);
}

export const exportItems: Operation = (context) => {
  const [major = 15, minor = 20, build = 0] = context.version.split('.').map(Number);
  return responseMessages('ExportItems', child(context.request, 'm:ItemIds')?.children ?? [], (id) => {
    const { mailbox, item } = findItem(context, id);
    const stream = truncated(exportStream(item, [major, minor, build]), context);
    return itemIdXml(mailbox, item).replaceAll('t:ItemId', 'm:ItemId') + leaf('m:Data', stream.toString('base64'));
  });
};
