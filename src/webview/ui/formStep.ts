import { makeActionBar } from './actionBar.ts';
import { make } from './dom.ts';
import { newErrorText } from './fieldErrors.ts';
import type { FieldErrorsOf } from './fieldErrors.ts';
import { makeStepHeading } from './stepHeading.ts';
import type { ButtonControl } from './controls.ts';
import type { Field } from './fields.ts';

export interface FormStepOptions<Id extends string> {
  readonly heading: string;
  readonly intro: readonly (HTMLElement | string)[];
  /** In reading order. */
  readonly fields: readonly Field<Id>[];
  /** Below the fields. */
  readonly more?: readonly HTMLElement[];
  readonly buttons: readonly ButtonControl[];
  /** Enter in a field goes on. */
  readonly goOn: () => void;
  readonly announce: (text: string) => void;
}

export interface FormStep<Id extends string> {
  readonly element: HTMLElement;
  readonly heading: HTMLElement;
  update(view: { readonly errors: FieldErrorsOf<Id>; readonly busy: boolean }): void;
  focusField(field: Id): void;
}

/** A step of a wizard in which fields are filled in. */
export function makeFormStep<Id extends string>(options: FormStepOptions<Id>): FormStep<Id> {
  const { fields, buttons, goOn, announce } = options;
  const heading = makeStepHeading(options.heading);
  const bar = makeActionBar(buttons);
  const group = make('section', 'group', ...fields.map(({ element }) => element), ...(options.more ?? []));
  group.addEventListener('keydown', (event) => {
    const inField = event.target instanceof Element && event.target.matches('vscode-text-field, input[type="radio"]');
    if (event.key === 'Enter' && inField && !event.isComposing && !event.repeat) goOn();
  });
  let before: FieldErrorsOf<Id> | undefined;
  return {
    element: make('div', 'step', heading, make('p', 'intro', ...options.intro), group, bar.element),
    heading,
    update: (view) => {
      bar.setBusy(view.busy);
      for (const field of fields) field.setError(view.errors[field.id]);
      const news = before && newErrorText(before, view.errors, fields);
      if (news !== undefined) announce(news);
      before = view.errors;
    },
    focusField: (id) => fields.find((field) => field.id === id)?.focus(),
  };
}
