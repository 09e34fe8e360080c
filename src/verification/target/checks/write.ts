import * as l10n from '@vscode/l10n';
import type { Asking } from '../../../ews/askEws.ts';
import { exportItems } from '../../../ews/exportItems.ts';
import { uploadItems } from '../../../ews/uploadItems.ts';
import { createFolder, createMessage, deleteItems } from '../../../ews/writeOperations.ts';
import { UnreadableAnswerError } from '../../../ews/library/ewsLibrary.ts';
import type { CheckScope, CheckSuccess } from '../../checkRunner.ts';
import type { TargetInput } from '../targetInput.ts';
import { isLeftOver, newTestFolderName, removeTestFolder } from '../testFolder.ts';
import type { OpenedTarget } from './impersonation.ts';

/**
 * Writes to the test mailbox as a migration will, and leaves nothing: all of it happens in a folder that is made for it
 * and deleted for good at the end, also after a failure, a cancel or the deadline.
 */
export async function checkWrite(
  scope: CheckScope,
  input: TargetInput,
  { session, folders }: OpenedTarget,
): Promise<CheckSuccess<undefined>> {
  const asking = { http: scope.http, session, impersonate: session.mailbox };
  const name = newTestFolderName(new Date());
  let folderId: string | undefined;
  try {
    folderId = await createFolder(asking, name);
    await writeAndDelete(asking, folderId);
  } finally {
    await removeTestFolder(scope, input, session, { name, id: folderId });
  }
  // Of a run whose window was closed in the middle.
  for (const { id, displayName } of folders.filter((folder) => isLeftOver(folder.displayName, new Date()))) {
    await removeTestFolder(scope, input, session, { name: displayName, id });
  }
  return { value: undefined, detail: l10n.t('One message created, uploaded and deleted; nothing is left of it.') };
}

/** The same bytes that a migration moves: those of an export. */
async function writeAndDelete(asking: Asking, folderId: string): Promise<void> {
  const { http, session, impersonate } = asking;
  const subject = 'Exchange Migration';
  const text = 'Written to see whether this mailbox can be written to. It is deleted at once.';
  const created = await createMessage(asking, { folderId, subject, text });
  const stream: Buffer[] = [];
  const [exported] = await exportItems(http, session, [created], impersonate, (_, piece) => stream.push(piece));
  if (exported?.error) throw exported.error;
  const bytes = stream.reduce((sum, { length }) => sum + length, 0);
  if (bytes === 0) throw new UnreadableAnswerError('The exported item is empty.');
  const item = { parentFolderId: folderId, bytes, pieces: () => each(stream) };
  const [uploaded] = await uploadItems(asking, [item]);
  if (uploaded?.error) throw uploaded.error;
  if (uploaded?.itemId === undefined) throw new UnreadableAnswerError('The uploaded item has no id.');
  for (const { error } of await deleteItems(asking, [created, uploaded.itemId])) if (error) throw error;
}

async function* each(pieces: readonly Buffer[]): AsyncGenerator<Buffer, void> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}
