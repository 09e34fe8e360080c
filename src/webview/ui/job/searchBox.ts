import { make } from '../dom.ts';

export interface Search {
  readonly element: HTMLInputElement;
}

/** A small field that filters a list as somebody types. */
export function makeSearch(label: string, onInput: (text: string) => void, kind: 'text' | 'size' = 'text'): Search {
  const element = make('input', `search ${kind}`);
  element.type = 'text';
  element.placeholder = label;
  element.setAttribute('aria-label', label);
  element.spellcheck = false;
  element.autocomplete = 'off';
  if (kind === 'size') element.inputMode = 'decimal';
  element.addEventListener('input', () => onInput(element.value));
  return { element };
}
