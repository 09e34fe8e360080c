import type { Operation } from '../context.ts';
import { createItem } from './createItem.ts';
import { deleteItem } from './deleteItem.ts';
import { createFolder, deleteFolder } from './folders.ts';
import { uploadItems } from './uploadItems.ts';

/** What a server can do that clients may write to, by the name of the request's element. */
export const writeOperations: ReadonlyMap<string, Operation> = new Map([
  ['CreateFolder', createFolder],
  ['CreateItem', createItem],
  ['DeleteFolder', deleteFolder],
  ['DeleteItem', deleteItem],
  ['UploadItems', uploadItems],
]);
