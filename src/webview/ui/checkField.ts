import { make, newId } from './dom.ts';

export interface CheckFieldOptions {
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A box to tick, with its explanation in sight. Nothing can be wrong with it. */
export function makeCheckField(options: CheckFieldOptions): HTMLElement {
  const input = make('input', '');
  input.type = 'checkbox';
  input.id = newId();
  input.checked = options.checked;
  input.addEventListener('change', () => options.onChange(input.checked));
  const label = make('label', '', options.label);
  label.htmlFor = input.id;
  const hint = make('div', 'field-hint', options.hint);
  hint.id = newId();
  input.setAttribute('aria-describedby', hint.id);
  return make('div', 'field', make('div', 'radio', input, label, hint));
}
