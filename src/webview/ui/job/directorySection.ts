import * as l10n from '@vscode/l10n';
import { makeButton, makeSpinner } from '../controls.ts';
import { icon, make, newId, setText, show, showOneOf } from '../dom.ts';
import { makeDisclosure } from '../disclosure.ts';
import { makeSelect } from '../selectField.ts';
import { makeListHead, makeVirtualList } from '../virtualList.ts';
import type { DirectoryFilter, DirectoryRow, DirectorySort, JobView } from '../../job/jobProtocol.ts';
import type { JobStepServices, RowTakers } from './jobPage.ts';
import { makeSearch } from './searchBox.ts';
import { makeTrouble } from './trouble.ts';

interface DirectorySection {
  readonly element: HTMLElement;
  readonly takers: RowTakers;
  update(view: JobView): void;
}

/** The tenant's directory to pick from. It is read when somebody opens it. */
export function makeDirectorySection({ host, ask }: JobStepServices): DirectorySection {
  let filter: DirectoryFilter = { text: '', type: '', minSize: '', maxSize: '' };
  const setFilter = (change: Partial<DirectoryFilter>): void => {
    filter = { ...filter, ...change };
    host.post({ type: 'filterDirectory', filter });
  };
  const search = makeSearch(l10n.t('Search name or address'), (text) => setFilter({ text }));
  const type = makeSelect((id) => setFilter({ type: id as DirectoryFilter['type'] }), l10n.t('Type')); // Of its choices.
  type.update(
    [
      ...[
        { id: '', label: l10n.t('All types') },
        { id: 'user', label: l10n.t('User') },
      ],
      ...[
        { id: 'shared', label: l10n.t('Shared') },
        { id: 'room', label: l10n.t('Room') },
      ],
      ...[
        { id: 'equipment', label: l10n.t('Equipment') },
        { id: 'other', label: l10n.t('Other') },
      ],
    ],
    '',
  );
  const department = makeSelect((id) => {
    const { text, type: wanted, minSize, maxSize } = filter;
    filter = { text, type: wanted, minSize, maxSize };
    setFilter(id === 'all' ? {} : { department: id.slice('is '.length) });
  }, l10n.t('Department'));
  const least = makeSearch(l10n.t('From MB'), (minSize) => setFilter({ minSize }), 'size');
  const most = makeSearch(l10n.t('To MB'), (maxSize) => setFilter({ maxSize }), 'size');
  const filters = make('div', 'filters', search.element, type.element, department.element, least.element, most.element);

  const all = make('input', '');
  all.type = 'checkbox';
  all.id = newId();
  all.setAttribute('aria-label', l10n.t('Choose all that are shown'));
  all.addEventListener('change', () => host.post({ type: 'pickShown', picked: all.checked }));
  let sort: JobView['directory']['sort'] = { key: 'displayName', descending: false };
  const heads = sortNames().map(({ key, name }) => {
    const button = make('button', 'sort', make('span', '', name));
    button.type = 'button';
    button.addEventListener('click', () => {
      const descending = sort.key === key && !sort.descending;
      host.post({ type: 'sortDirectory', key, descending });
    });
    return { key, name, button };
  });
  const head = makeListHead('columns-directory', [
    make('span', 'radio cell', all),
    ...heads.map(({ button }) => button),
  ]);
  const list = makeVirtualList<DirectoryRow>({
    label: l10n.t('Directory'),
    ...{ multiple: true, stable: true, height: 12, columns: 'columns-directory' },
    empty: () => l10n.t('No mailbox fits.'),
    cells: (row) => [
      make('span', 'tick', ...(row.picked ? [icon('check')] : [])),
      ...[row.displayName, row.address, row.type, row.department, row.size],
    ],
    isSelected: ({ picked }) => picked,
    onPress: ({ row, picked }) => host.post({ type: 'pick', row, picked: !picked }),
    ask: ask('directory'),
  });
  const status = make('span', '');
  const spinner = makeSpinner();
  const stop = makeButton(l10n.t('Stop'), 'secondary', () => host.post({ type: 'stopDirectory' }));
  const again = makeButton(l10n.t('Read Again'), 'secondary', () => host.post({ type: 'openDirectory' }));
  const line = make('p', 'list-status', spinner, status, stop.element, again.element);
  line.setAttribute('role', 'status');
  const trouble = makeTrouble(host);
  const picker = make('div', '', filters, head, list.element);
  const disclosure = makeDisclosure(l10n.t('From the directory'), (open) => {
    if (open && state === 'closed') host.post({ type: 'openDirectory' });
  });
  disclosure.content.append(line, trouble.element, picker);
  let state: JobView['directory']['state'] = 'closed';
  return {
    element: make('div', 'field wide', disclosure.button, disclosure.content),
    takers: { directory: (version, offset, rows) => list.take(version, offset, rows) },
    update: ({ directory, errors }) => {
      // The tenant is another now, or could not be asked for want of one.
      if (errors.source !== undefined || (state !== 'closed' && directory.state === 'closed'))
        disclosure.setOpen(false);
      ({ state, sort } = directory);
      show(spinner, state === 'loading');
      showOneOf(again.element, stop.element, state === 'closed' ? 'none' : state === 'loading' ? 'second' : 'first');
      setText(status, statusText(directory));
      show(picker, directory.total > 0);
      list.update(directory, directory.firstRows);
      department.update(
        [
          ...[
            { id: 'all', label: l10n.t('All departments') },
            { id: 'is ', label: l10n.t('Without department') },
          ],
          ...directory.departments.map((name) => ({ id: `is ${name}`, label: name })),
        ],
        filter.department === undefined ? 'all' : `is ${filter.department}`,
      );
      all.checked = directory.picked === 'all' && directory.count > 0;
      all.indeterminate = directory.picked === 'some';
      for (const { key, name, button } of heads) drawSort(button, name, key === sort.key ? sort.descending : undefined);
      trouble.update(directory.finding);
    },
  };
}

function sortNames(): readonly { readonly key: DirectorySort; readonly name: string }[] {
  return [
    { key: 'displayName', name: l10n.t('Name') },
    { key: 'address', name: l10n.t('Address') },
    { key: 'type', name: l10n.t('Type') },
    { key: 'department', name: l10n.t('Department') },
    { key: 'size', name: l10n.t('Size') },
  ];
}

/** @param descending undefined: the list is sorted by something else */
function drawSort(button: HTMLElement, name: string, descending: boolean | undefined): void {
  const order =
    descending === undefined ? '' : descending ? l10n.t('sorted from the end') : l10n.t('sorted from the beginning');
  button.setAttribute('aria-label', order === '' ? l10n.t('Sort by {0}', name) : `${name}, ${order}`);
  button.querySelector('.codicon')?.remove();
  if (descending !== undefined) button.append(icon(descending ? 'arrow-down' : 'arrow-up'));
}

function statusText({ state, total, count, note = '' }: JobView['directory']): string {
  const shown =
    count === total ? '' : ` ${count === 1 ? l10n.t('1 is shown.') : l10n.t('{0} are shown.', count.toLocaleString())}`;
  switch (state) {
    case 'closed':
      return '';
    case 'loading':
      return total === 0
        ? l10n.t('Asking Microsoft Graph…')
        : l10n.t('{0} mailboxes so far…', total.toLocaleString()) + shown;
    case 'loaded':
      return `${l10n.t('{0} mailboxes.', total.toLocaleString())}${shown} ${note}`.trim();
    case 'stopped':
      return l10n.t('Stopped. {0} mailboxes have come; there may be more.', total.toLocaleString());
    case 'failed':
      return total === 0 ? '' : l10n.t('{0} mailboxes have come; there may be more.', total.toLocaleString());
  }
}
