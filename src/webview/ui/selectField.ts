import { make, newId } from './dom.ts';
import { makeFrame } from './frame.ts';
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
  frame.label.id = newId();
  select.element.setAttribute('aria-labelledby', frame.label.id);
  select.element.setAttribute('aria-describedby', `${frame.hint.id} ${frame.error.id}`);
  frame.label.addEventListener('click', () => select.element.focus());
  frame.hold(make('div', 'beside', select.element, ...(options.beside ?? [])));
  return {
    id: options.id,
    label: () => options.label,
    element: frame.element,
    setError: (error) => {
      frame.setError(error);
      select.element.setAttribute('aria-invalid', String(error !== undefined));
    },
    focus: () => select.element.focus(),
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

/** The list itself, to be named by who makes it. */
export function makeSelect(onChange: (id: string) => void): Select {
  const element = make('select', 'select');
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
