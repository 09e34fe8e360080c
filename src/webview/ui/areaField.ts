import { make } from './dom.ts';
import { makeFrame } from './frame.ts';
import { makePlainField } from './plainField.ts';
import type { Field } from './fields.ts';

export interface AreaFieldOptions<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly rows: number;
  readonly onInput: (value: string) => void;
  readonly onLeft: (field: Id) => void;
}

export interface AreaField<Id extends string> extends Field<Id> {
  value(): string;
  fill(value: string): void;
}

/** A field for text of several lines. */
export function makeAreaField<Id extends string>(options: AreaFieldOptions<Id>): AreaField<Id> {
  const frame = makeFrame(options.label, options.hint);
  const area = make('textarea', 'area');
  area.rows = options.rows;
  area.value = options.value;
  area.spellcheck = false;
  area.addEventListener('input', () => options.onInput(area.value));
  area.addEventListener('focusout', () => {
    // The window lost the focus, not the field.
    if (document.activeElement !== area) options.onLeft(options.id);
  });
  frame.hold(area);
  return {
    ...makePlainField(frame, options.id, options.label, area),
    value: () => area.value,
    fill: (value) => {
      area.value = value;
    },
  };
}
