import { importStream } from '../../mailboxes/importStream.ts';
import type { ImportedItem } from '../../mailboxes/importStream.ts';
import type { StreamVersion } from '../../mailboxes/streamContainer.ts';
import { itemIdXml } from '../baseProperties.ts';
import type { EwsContext, Operation } from '../context.ts';
import { ResponseError, SoapFault } from '../fault.ts';
import { responseMessages } from '../responses.ts';
import { findFolder, findItem } from '../targets.ts';
import type { FolderTarget, ItemTarget } from '../targets.ts';
import { child, childText } from '../xmlReader.ts';
import type { XmlElement } from '../xmlReader.ts';
import { store } from './store.ts';

/** Length of a change key's bytes (ids.ts). */
const changeKeyLength = 30;

const isNewer = (stream: StreamVersion, server: string): boolean => {
  const own = server.split('.').map(Number);
  const at = stream.findIndex((part, index) => part !== own[index]);
  return at >= 0 && (stream[at] ?? 0) > (own[at] ?? 0);
};

/** @throws ResponseError for data that is no item's */
function imported(context: EwsContext, data: Buffer): ImportedItem {
  const corrupt = (cause?: unknown): ResponseError =>
    Object.assign(new ResponseError('ErrorCorruptData', 'Data is corrupt.'), { cause });
  const { uploads } = context.state.ews;
  if (uploads && uploads.corrupt > 0) {
    uploads.corrupt -= 1;
    throw corrupt();
  }
  try {
    const found = importStream(data);
    if (uploads?.newerStreams === 'refused' && isNewer(found.version, context.version)) throw corrupt();
    return found;
  } catch (error) {
    if (error instanceof RangeError) throw corrupt(error);
    throw error;
  }
}

/** The item to be updated: one that is in the folder. @throws ResponseError when it is not, or its id is none */
function target(context: EwsContext, id: XmlElement, { folder }: FolderTarget): ItemTarget {
  const key = id.attributes.get('ChangeKey') ?? '';
  if (key !== '' && Buffer.from(key, 'base64').length !== changeKeyLength) {
    throw new ResponseError('ErrorInvalidChangeKey', 'The change key is invalid.');
  }
  const found = findItem(context, id);
  if (found.item.folder.number !== folder.number) {
    throw new ResponseError('ErrorItemNotFound', 'The specified object was not found in the store.');
  }
  return found;
}

/** What an upload takes the place of; undefined for a new item. */
function replaced(context: EwsContext, upload: XmlElement, parent: FolderTarget): ItemTarget | undefined {
  const action = upload.attributes.get('CreateAction');
  const id = child(upload, 't:ItemId');
  // CreateNew does not look at the id that came along.
  if (action === 'CreateNew' || !id) return undefined;
  try {
    return target(context, id, parent);
  } catch (error) {
    const isGone = error instanceof ResponseError && error.code === 'ErrorItemNotFound';
    if (action === 'UpdateOrCreate' && isGone) return undefined;
    throw error;
  }
}

/** UploadItems ([MS-OXWSBTRF] 3.1.4.2). */
export const uploadItems: Operation = (context) => {
  const uploads = child(context.request, 'm:Items')?.children ?? [];
  for (const upload of uploads) {
    if (upload.attributes.get('CreateAction') !== 'CreateNew' && !child(upload, 't:ItemId')) {
      throw new SoapFault('ErrorInvalidRequest', 'The request is invalid. An update has to name its item.');
    }
  }
  return responseMessages('UploadItems', uploads, (upload) => {
    if (['true', '1'].includes(upload.attributes.get('IsAssociated') ?? '')) {
      throw new ResponseError('ErrorInvalidOperation', 'The simulated server has no associated items.');
    }
    const folderId = child(upload, 't:ParentFolderId');
    if (!folderId) throw new TypeError('The grammar asks for a parent folder.');
    const parent = findFolder(context, { ...folderId, name: 't:FolderId' });
    const before = replaced(context, upload, parent);
    const { item } = imported(context, Buffer.from(childText(upload, 't:Data') ?? '', 'base64'));
    const stored = store(context, parent, item, before?.item);
    return itemIdXml(parent.mailbox, stored).replace('t:ItemId', 'm:ItemId');
  });
};
