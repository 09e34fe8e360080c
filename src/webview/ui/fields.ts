import * as l10n from '@vscode/l10n';
import { makeDropdown, makeTextInput } from './controls.ts';
import { makeFrame } from './frame.ts';
import type { Choice, FieldId } from '../protocol.ts';

/** One input of a wizard with its label, hint and error. @param Id of the wizard's fields */
export interface Field<Id extends string = FieldId> {
  readonly id: Id;
  /** The visible label, for announcements. */
  readonly label: () => string;
  readonly element: HTMLElement;
  setError(error: string | undefined): void;
  focus(): void;
}

export interface TextFieldControl<Id extends string = FieldId> extends Field<Id> {
  value(): string;
  /** Sets the text; when the user is in the field the text is selected, so that typing replaces it. */
  fill(value: string): void;
  setHint(hint: string): void;
  setOptional(optional: boolean): void;
  /** A secret is stored already: an empty field keeps it. */
  setStored(stored: boolean): void;
}

export interface TextFieldOptions<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly hint: string;
  readonly type?: 'text' | 'password';
  readonly optional?: boolean;
  readonly value?: string;
  readonly onInput: (value: string) => void;
  readonly onLeft: (field: Id) => void;
}

export function makeTextField<Id extends string>(options: TextFieldOptions<Id>): TextFieldControl<Id> {
  const frame = makeFrame(options.label, options.hint);
  const input = makeTextInput(options.type ?? 'text', [frame.hint, frame.error]);
  input.setValue(options.value ?? '');
  frame.hold(input.element);
  const setOptional = (optional: boolean): void => {
    const label = optional ? l10n.t('{0} (optional)', options.label) : options.label;
    frame.setLabel(label);
    input.setLabel(label);
    input.setRequired(!optional);
  };
  setOptional(options.optional ?? false);
  frame.label.addEventListener('click', () => input.focus());
  input.element.addEventListener('input', () => options.onInput(input.value()));
  input.element.addEventListener('focusout', () => {
    // The window lost the focus, not the field: the user may be fetching the value from somewhere else.
    if (document.activeElement !== input.element) options.onLeft(options.id);
  });
  return {
    id: options.id,
    label: () => options.label,
    element: frame.element,
    setError: (error) => {
      frame.setError(error);
      input.setInvalid(error !== undefined);
    },
    focus: () => input.focus(),
    value: () => input.value(),
    fill: (value) => {
      input.setValue(value);
      if (document.activeElement === input.element) input.select();
    },
    setHint: (hint) => frame.setHint(hint),
    setOptional,
    setStored: (stored) => {
      input.setPlaceholder(stored ? l10n.t('stored – leave empty to keep') : '');
      input.setRequired(!stored);
    },
  };
}

export interface DropdownFieldOptions<T extends string> {
  readonly id: FieldId;
  readonly label: string;
  /** Shown when the selected choice has no hint of its own. */
  readonly hint: string;
  readonly choices: readonly Choice<T>[];
  readonly selected: T;
  readonly onChange: (id: T) => void;
}

export interface DropdownField<T extends string> extends Field {
  /** Chooses as the user would. */
  choose(id: T): void;
}

export function makeDropdownField<T extends string>(options: DropdownFieldOptions<T>): DropdownField<T> {
  const frame = makeFrame(options.label, '');
  const explain = (id: T): void =>
    frame.setHint(options.choices.find((choice) => choice.id === id)?.hint ?? options.hint);
  const dropdown = makeDropdown(options.choices, options.selected, frame.label.id, [frame.hint.id, frame.error.id]);
  frame.hold(dropdown.element);
  frame.label.addEventListener('click', () => dropdown.element.focus());
  explain(options.selected);
  const chosen = (id: T): void => {
    explain(id);
    options.onChange(id);
  };
  dropdown.onChange(chosen);
  return {
    id: options.id,
    label: () => options.label,
    element: frame.element,
    setError: (error) => {
      frame.setError(error);
      dropdown.setInvalid(error !== undefined);
    },
    focus: () => dropdown.element.focus(),
    choose: (id) => {
      dropdown.select(id);
      chosen(id);
    },
  };
}
