import * as l10n from '@vscode/l10n';
import { makeAreaField } from '../areaField.ts';
import { makeButton } from '../controls.ts';
import { make } from '../dom.ts';
import { makeDisclosure } from '../disclosure.ts';
import type { Field } from '../fields.ts';
import type { JobFieldId, JobView } from '../../job/jobProtocol.ts';
import type { JobStepServices } from './jobPage.ts';

interface TypedSection extends Field<JobFieldId> {
  update(view: JobView): void;
  /** Has what stands in the field taken; false: nothing does. */
  add(): boolean;
  /** The host has taken the addresses, but for these. */
  taken(left: string): void;
}

/** Addresses that somebody types or pastes. */
export function makeTypedSection({ host }: JobStepServices): TypedSection {
  const field = makeAreaField<JobFieldId>({
    id: 'typed',
    label: l10n.t('Addresses'),
    hint: l10n.t(
      'Separated by lines, commas, semicolons or blanks. Names are understood: Anna Smith <anna@contoso.com>',
    ),
    ...{ value: '', rows: 4, onInput: () => undefined, onLeft: () => undefined },
  });
  const addAll = (): boolean => {
    const isThere = field.value().trim() !== '';
    if (isThere) host.post({ type: 'addTyped', text: field.value() });
    return isThere;
  };
  const add = makeButton(l10n.t('Add'), 'secondary', addAll);
  const disclosure = makeDisclosure(l10n.t('Type or paste'), () => undefined);
  disclosure.content.append(field.element, make('div', 'button-row', add.element));
  return {
    ...field,
    element: make('div', 'field', disclosure.button, disclosure.content),
    add: addAll,
    update: ({ busy }) => add.setBusy(busy),
    taken: (left) => field.fill(left),
  };
}
