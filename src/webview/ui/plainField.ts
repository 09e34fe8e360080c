import type { Field } from './fields.ts';
import type { Frame } from './frame.ts';

/** The field of an input that is the browser's own: the frame's label names it, hint and error describe it. */
export function makePlainField<Id extends string>(frame: Frame, id: Id, label: string, input: HTMLElement): Field<Id> {
  input.setAttribute('aria-labelledby', frame.label.id);
  input.setAttribute('aria-describedby', `${frame.hint.id} ${frame.error.id}`);
  frame.label.addEventListener('click', () => input.focus());
  return {
    id,
    label: () => label,
    element: frame.element,
    setError: (error) => {
      frame.setError(error);
      input.setAttribute('aria-invalid', String(error !== undefined));
    },
    focus: () => input.focus(),
  };
}
