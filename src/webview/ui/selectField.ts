import { make } from './dom.ts';
import { makeFrame } from './frame.ts';
import { makePlainField } from './plainField.ts';
import type { Field } from './fields.ts';
import type { Choice } from '../protocol.ts';

export interface SelectFieldOptions<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly hint: string;
  /** Undefined: nothing is chosen yet, which the first entry says with this text. */
  readonly placeholder?: string;
  /** Beside the list. */
  readonly beside?: readonly HTMLElement[];
  readonly onChange: (id: string) => void;
}

export interface SelectField<Id extends string> extends Field<Id> {
  /** The choices there are now, and which is chosen. */
  update(choices: readonly Choice<string>[], selected: string): void;
}

/** A choice among what comes and goes while the page is open; the toolkit's dropdown wants its choices when it is made. */
export function makeSelectField<Id extends string>(options: SelectFieldOptions<Id>): SelectField<Id> {
  const frame = makeFrame(options.label, options.hint);
  const select = makeSelect(options.onChange);
  frame.hold(make('div', 'beside', select.element, ...(options.beside ?? [])));
  return {
    ...makePlainField(frame, options.id, options.label, select.element),
    update: (choices, selected) => {
      const first = options.placeholder === undefined ? [] : [{ id: '', label: options.placeholder }];
      select.update([...first, ...choices], selected);
    },
  };
}

export interface Select {
  readonly element: HTMLSelectElement;
  update(choices: readonly Choice<string>[], selected: string): void;
}

/** The list itself. @param label for a screen reader, where no other element names it */
export function makeSelect(onChange: (id: string) => void, label?: string): Select {
  const element = make('select', 'select');
  if (label !== undefined) element.setAttribute('aria-label', label);
  element.addEventListener('change', () => onChange(element.value));
  let shown = '';
  return {
    element,
    update: (choices, selected) => {
      const now = JSON.stringify(choices);
      if (now !== shown) {
        shown = now;
        element.replaceChildren(
          ...choices.map(({ id, label }) => {
            const option = make('option', '', label);
            option.value = id;
            return option;
          }),
        );
      }
      if (element.value !== selected) element.value = selected;
    },
  };
}
