import { make, newId } from './dom.ts';
import { makeFrame } from './frame.ts';
import type { Field } from './fields.ts';
import type { Choice } from '../protocol.ts';

export interface TickFieldOptions<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly hint: string;
  readonly choices: readonly Choice<string>[];
  readonly ticked: readonly string[];
  /** One below the other, as their order matters. */
  readonly inOrder?: boolean;
  readonly onChange: (ticked: readonly string[]) => void;
}

/** Boxes to tick under one label, in columns where there is room. */
export function makeTickField<Id extends string>(options: TickFieldOptions<Id>): Field<Id> {
  const frame = makeFrame(options.label, options.hint);
  frame.element.setAttribute('role', 'group');
  frame.element.setAttribute('aria-labelledby', frame.label.id);
  frame.element.setAttribute('aria-describedby', `${frame.hint.id} ${frame.error.id}`);
  const boxes = options.choices.map(({ id, label }) => {
    const input = make('input', '');
    input.type = 'checkbox';
    input.id = newId();
    input.value = id;
    input.checked = options.ticked.includes(id);
    const text = make('label', '', label);
    text.htmlFor = input.id;
    return { input, row: make('div', 'radio', input, text) };
  });
  const grid = make('div', options.inOrder === true ? 'ticks single' : 'ticks', ...boxes.map(({ row }) => row));
  grid.addEventListener('change', () =>
    options.onChange(boxes.filter(({ input }) => input.checked).map(({ input }) => input.value)),
  );
  frame.hold(grid);
  return {
    id: options.id,
    label: () => options.label,
    element: frame.element,
    setError: (error) => frame.setError(error),
    focus: () => boxes[0]?.input.focus(),
  };
}
