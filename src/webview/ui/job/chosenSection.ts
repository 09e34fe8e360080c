import * as l10n from '@vscode/l10n';
import { makeButton } from '../controls.ts';
import { make, setText, show } from '../dom.ts';
import { makeFrame } from '../frame.ts';
import type { Field } from '../fields.ts';
import { countText, makeVirtualList } from '../virtualList.ts';
import type { ChosenRow, JobFieldId, JobView } from '../../job/jobProtocol.ts';
import type { JobStepServices, RowTakers } from './jobPage.ts';

interface ChosenSection extends Field<JobFieldId> {
  readonly takers: RowTakers;
  update(view: JobView): void;
}

/** The mailboxes that are chosen, by whichever way. */
export function makeChosenSection({ host, ask, announce }: JobStepServices): ChosenSection {
  const frame = makeFrame(l10n.t('Chosen mailboxes'), '');
  const list = makeVirtualList<ChosenRow>({
    label: l10n.t('Chosen mailboxes'),
    ...{ height: 8, columns: 'columns-chosen', ask: ask('chosen') },
    empty: () => l10n.t('None yet. Choose some above.'),
    cells: ({ displayName, address, target }) => [address, displayName, target === '' ? '' : `→ ${target}`],
    onPress: () => undefined,
    onDelete: ({ row }) => host.post({ type: 'removeChosen', row }),
  });
  const remove = makeButton(l10n.t('Remove'), 'secondary', () => {
    const row = list.active();
    if (row) host.post({ type: 'removeChosen', row: row.row });
  });
  const removeAll = makeButton(l10n.t('Remove All'), 'secondary', () => host.post({ type: 'removeAll' }));
  const undo = makeButton(l10n.t('Undo'), 'secondary', () => host.post({ type: 'undoRemove' }));
  frame.hold(list.element, make('div', 'button-row', remove.element, removeAll.element, undo.element));
  frame.element.classList.add('wide');
  let before: number | undefined;
  return {
    id: 'mailboxes',
    label: () => l10n.t('Chosen mailboxes'),
    element: frame.element,
    setError: (error) => frame.setError(error),
    focus: () => list.focus(),
    takers: { chosen: (version, offset, rows) => list.take(version, offset, rows) },
    update: ({ chosen, removed }) => {
      setText(
        frame.label,
        chosen.count === 0 ? l10n.t('Chosen mailboxes') : l10n.t('Chosen: {0}', countText(chosen.count)),
      );
      list.update(chosen);
      show(remove.element, chosen.count > 0);
      show(removeAll.element, chosen.count > 0);
      show(undo.element, removed > 0);
      undo.setLabel(removed === 1 ? l10n.t('Undo: 1 removed') : l10n.t('Undo: {0} removed', removed.toLocaleString()));
      if (before !== undefined && before !== chosen.count) announce(l10n.t('Chosen: {0}', countText(chosen.count)));
      before = chosen.count;
    },
  };
}
