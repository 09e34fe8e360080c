import { make, newId } from './dom.ts';
import { makeFrame } from './frame.ts';
import type { Field } from './fields.ts';
import type { Choice } from '../protocol.ts';

export interface RadioFieldOptions<T extends string, Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly selected: T;
  readonly onChange: (id: T) => void;
}

export interface RadioField<T extends string, Id extends string> extends Field<Id> {
  /** As if the user had chosen it. */
  choose(id: T): void;
}

/** A choice among few, each with its explanation in sight. Plain inputs: the toolkit's group cannot carry hints. */
export function makeRadioField<T extends string, Id extends string>(
  options: RadioFieldOptions<T, Id>,
): RadioField<T, Id> {
  const frame = makeFrame(options.label, '');
  frame.element.setAttribute('role', 'radiogroup');
  frame.element.setAttribute('aria-labelledby', frame.label.id);
  frame.element.setAttribute('aria-describedby', frame.error.id);
  const groupName = newId();
  const inputs: HTMLInputElement[] = [];
  for (const choice of options.choices) {
    const input = make('input', '');
    input.type = 'radio';
    input.name = groupName;
    input.id = newId();
    input.checked = choice.id === options.selected;
    input.addEventListener('change', () => options.onChange(choice.id));
    const label = make('label', '', choice.label);
    label.htmlFor = input.id;
    const row = make('div', 'radio', input, label);
    if (choice.hint !== undefined) {
      const hint = make('div', 'field-hint', choice.hint);
      hint.id = newId();
      input.setAttribute('aria-describedby', hint.id);
      row.append(hint);
    }
    inputs.push(input);
    frame.hold(row);
  }
  return {
    id: options.id,
    label: () => options.label,
    element: frame.element,
    setError: (error) => {
      frame.setError(error);
      frame.element.setAttribute('aria-invalid', String(error !== undefined));
    },
    choose: (id) => {
      const input = inputs[options.choices.findIndex((choice) => choice.id === id)];
      if (!input || input.checked) return;
      input.checked = true;
      options.onChange(id);
    },
    focus: () => inputs.find((input) => input.checked)?.focus(),
  };
}
