import * as l10n from '@vscode/l10n';
import { exportItems } from '../../ews/exportItems.ts';
import { UnreadableAnswerError } from '../../ews/library/ewsLibrary.ts';
import type { ItemSummary } from '../../ews/library/messages.ts';
import type { CheckScope, CheckSuccess } from '../checkRunner.ts';
import type { CheckInput } from './checkInput.ts';
import { impersonated, operationContext } from './mailboxAccess.ts';
import type { OpenedMailbox } from './mailboxAccess.ts';

/** Of so many items the smallest is exported: the check shall not move megabytes. */
const itemsToChooseFrom = 20;

/** Exports one item of the test mailbox and throws it away, when there is one. */
export async function checkExport(
  scope: CheckScope,
  input: CheckInput,
  { session, folders }: OpenedMailbox,
): Promise<CheckSuccess<undefined>> {
  const folder = folders.find(({ totalCount }) => totalCount > 0);
  if (folder === undefined)
    return { value: undefined, detail: l10n.t('The mailbox is empty: there is no item to try.') };
  const request = { folderId: folder.id, offset: 0, pageSize: itemsToChooseFrom };
  const { items } = await input.library.run('findItems', request, operationContext(scope, input, session));
  const item = smallest(items);
  if (item === undefined) return { value: undefined, detail: l10n.t('No item was found to try.') };
  const [exported] = await exportItems(scope.http, session, [item.id], impersonated(input, session), () => undefined);
  if (exported?.error) throw exported.error;
  if (exported === undefined || exported.bytes === 0) throw new UnreadableAnswerError('The exported item is empty.');
  return {
    value: undefined,
    detail: l10n.t('One item of {0} exported and thrown away ({1} bytes).', folder.displayName, exported.bytes),
  };
}

function smallest(items: readonly ItemSummary[]): ItemSummary | undefined {
  return items.reduce<ItemSummary | undefined>(
    (best, item) => (best === undefined || item.sizeBytes < best.sizeBytes ? item : best),
    undefined,
  );
}
