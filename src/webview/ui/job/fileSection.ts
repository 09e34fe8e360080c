import * as l10n from '@vscode/l10n';
import { makeButton } from '../controls.ts';
import { make, setText, show } from '../dom.ts';
import { makeDisclosure } from '../disclosure.ts';
import { makeFrame } from '../frame.ts';
import { makeSelectField } from '../selectField.ts';
import type { Field } from '../fields.ts';
import { makeInputResult } from './inputResult.ts';
import type { FileView, JobFieldId, JobView } from '../../job/jobProtocol.ts';
import type { JobStepServices, RowTakers } from './jobPage.ts';

interface FileSection extends Field<JobFieldId> {
  readonly takers: RowTakers;
  update(view: JobView): void;
}

type ColumnField = 'source' | 'target' | 'displayName';

/** A CSV file of mailboxes: how it is read can be corrected before it is taken. */
export function makeFileSection({ host, ask }: JobStepServices): FileSection {
  const frame = makeFrame('', '');
  const choose = makeButton(l10n.t('Choose CSV File…'), 'secondary', () => host.post({ type: 'chooseFile' }));
  const add = makeButton(l10n.t('Add Mailboxes'), 'primary', () => host.post({ type: 'addFile' }));
  const drop = makeButton(l10n.t('Discard'), 'secondary', () => host.post({ type: 'dropFile' }));
  const column = (id: ColumnField, label: string, hint: string) =>
    makeSelectField<ColumnField>({
      ...{ id, label, hint, placeholder: l10n.t('None') },
      onChange: (value) => host.post({ type: 'readFile', [id]: value === '' ? -1 : Number(value) }),
    });
  const columns = {
    source: column('source', l10n.t('Column of the source'), ''),
    target: column('target', l10n.t('Column of the target'), ''),
    displayName: column('displayName', l10n.t('Column of the name'), ''),
  };
  const delimiter = makeSelectField<'delimiter'>({
    ...{ id: 'delimiter', label: l10n.t('Delimiter'), hint: '' },
    onChange: (value) => host.post({ type: 'readFile', delimiter: value }),
  });
  const encoding = makeSelectField<'encoding'>({
    ...{ id: 'encoding', label: l10n.t('Encoding'), hint: '' },
    onChange: (value) => host.post({ type: 'readFile', encoding: value }),
  });
  const name = make('p', 'file-name', '');
  const note = make('p', 'field-hint', '');
  const sample = make('div', 'sample');
  const reading = make(
    'div',
    'file-reading',
    ...[name, note, sample],
    make('div', 'file-columns', columns.source.element, columns.target.element, columns.displayName.element),
    make('div', 'file-columns', delimiter.element, encoding.element),
    make('div', 'button-row', add.element, drop.element),
  );
  const result = makeInputResult(ask('faults'));
  const disclosure = makeDisclosure(l10n.t('From a CSV file'), () => undefined);
  disclosure.content.append(
    make('p', 'field-hint', l10n.t('With a column of addresses, and maybe one of targets. Headers are recognised.')),
    make('div', 'button-row', choose.element),
    reading,
    frame.error,
  );
  let drawn: FileView | undefined;
  return {
    id: 'file',
    label: () => l10n.t('CSV file'),
    element: make('div', 'field wide', disclosure.button, disclosure.content, ...result.elements),
    setError: (error) => {
      frame.setError(error);
      if (error !== undefined) disclosure.setOpen(true);
    },
    focus: () => choose.focus(),
    takers: { faults: result.take },
    update: ({ file, input, faults, busy }) => {
      for (const button of [choose, add, drop]) button.setBusy(busy);
      show(reading, file !== undefined);
      result.update(input, faults);
      if (file === undefined || JSON.stringify(file) === JSON.stringify(drawn)) return;
      drawn = file;
      setText(name, file.fileName);
      setText(note, file.note ?? '');
      const choices = file.columns.map((label, index) => ({ id: String(index), label }));
      for (const id of ['source', 'target', 'displayName'] as const)
        columns[id].update(choices, String(file[id] ?? ''));
      delimiter.update(file.delimiters, file.delimiter);
      encoding.update(file.encodings, file.encoding);
      sample.replaceChildren(makeSample(file));
    },
  };
}

function makeSample({ columns, sample }: FileView): HTMLElement {
  const cellsOf = (tag: 'th' | 'td', cells: readonly string[]) =>
    make('tr', '', ...columns.map((_, index) => make(tag, '', cells[index] ?? '')));
  const head = make('thead', '', cellsOf('th', columns));
  const table = make('table', '', head, make('tbody', '', ...sample.map((cells) => cellsOf('td', cells))));
  table.setAttribute('aria-label', l10n.t('The first rows of the file'));
  return table;
}
