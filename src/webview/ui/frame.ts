import { icon, make, newId, setText, show } from './dom.ts';

/** What surrounds every input: label, hint and the error of the host's judgement. */
export interface Frame {
  readonly element: HTMLElement;
  readonly label: HTMLElement;
  readonly hint: HTMLElement;
  readonly error: HTMLElement;
  setLabel(text: string): void;
  setHint(text: string): void;
  setError(text: string | undefined): void;
  /** Puts the input between hint and error. */
  hold(...controls: readonly HTMLElement[]): void;
}

export function makeFrame(label: string, hint: string): Frame {
  const labelElement = make('div', 'field-label', label);
  const hintElement = make('div', 'field-hint', hint);
  const control = make('div', 'field-control');
  const errorText = make('span', '');
  const error = make('div', 'field-error', icon('error'), errorText);
  for (const part of [labelElement, hintElement, error]) part.id = newId();
  show(hintElement, hint !== '');
  show(error, false);
  return {
    element: make('div', 'field', labelElement, hintElement, control, error),
    label: labelElement,
    hint: hintElement,
    error,
    setLabel: (text) => setText(labelElement, text),
    setHint: (text) => {
      setText(hintElement, text);
      show(hintElement, text !== '');
    },
    setError: (text) => {
      setText(errorText, text ?? '');
      show(error, text !== undefined);
    },
    hold: (...controls) => control.append(...controls),
  };
}
