import * as l10n from '@vscode/l10n';
import { makeButton } from './controls.ts';
import { icon, make, setText, show } from './dom.ts';
import { makeFrame } from './frame.ts';
import type { Field } from './fields.ts';
import type { ChosenFile } from '../protocol.ts';

export interface FileField<Id extends string> extends Field<Id> {
  /** @param absent what to say when there is no file; empty: nothing */
  setFile(file: ChosenFile | undefined, absent: string): void;
  setBusy(busy: boolean): void;
}

export interface FileFieldOptions<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly hint: string;
  readonly onChoose: () => void;
  /** Absent: a chosen file can be replaced, but not removed. */
  readonly onRemove?: () => void;
}

/** A file that the host chooses with its dialog; the page shows its name and summary. */
export function makeFileField<Id extends string>(options: FileFieldOptions<Id>): FileField<Id> {
  const frame = makeFrame(options.label, options.hint);
  frame.element.setAttribute('role', 'group');
  frame.element.setAttribute('aria-labelledby', frame.label.id);
  const fileName = make('span', 'file-name');
  const summary = make('span', 'file-summary');
  const file = make('div', 'file', icon('file'), make('div', '', fileName, summary));
  const choose = makeButton(l10n.t('Choose file…'), 'secondary', options.onChoose);
  choose.describe([frame.hint, file, frame.error]);
  const { onRemove } = options;
  const remove = onRemove
    ? makeButton(l10n.t('Remove'), 'secondary', () => {
        // The pressed button is about to go with the file; its neighbour stays.
        choose.focus();
        onRemove();
      })
    : undefined;
  frame.hold(file, make('div', 'button-row', choose.element, ...(remove ? [remove.element] : [])));
  return {
    id: options.id,
    label: () => options.label,
    element: frame.element,
    setError: (error) => frame.setError(error),
    focus: () => choose.focus(),
    setFile: (chosen, absent) => {
      setText(fileName, chosen?.fileName ?? absent);
      setText(summary, chosen?.summary ?? '');
      show(file, chosen !== undefined || absent !== '');
      if (remove) show(remove.element, chosen !== undefined);
    },
    setBusy: (busy) => {
      choose.setBusy(busy);
      remove?.setBusy(busy);
    },
  };
}
