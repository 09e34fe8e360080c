import { makeAreaField } from './areaField.ts';
import { makeTextField } from './fields.ts';
import type { AreaField } from './areaField.ts';
import type { TextFieldControl } from './fields.ts';
import type { SourceDraft } from './sourceDraft.ts';
import type { FieldId, SecretInputs, TextFieldId } from '../protocol.ts';

/**
 * What the text fields of a wizard share.
 * @param Id of all its fields; `Text`: of those with free text; `Secret`: of those whose text is a secret
 */
export interface TextContext<Id extends string, Text extends Id, Secret extends Id> {
  readonly draft: {
    get(id: Text): string;
    set(id: Text, value: string): void;
    setSecret(id: Secret, value: string): void;
  };
  /** The user has left a field, or chosen something in it. */
  readonly left: (field: Id) => void;
}

/** What the inputs of a source's step one share. */
export interface FormContext extends TextContext<FieldId, TextFieldId, keyof SecretInputs> {
  readonly draft: SourceDraft;
}

export interface FieldTexts {
  readonly label: string;
  readonly hint: string;
  readonly optional?: boolean;
}

/** A text field bound to the draft. */
export function makeFormField<Id extends string, Text extends Id>(
  { draft, left }: TextContext<Id, NoInfer<Text>, never>,
  id: Text,
  texts: FieldTexts,
): TextFieldControl<Id> {
  return makeTextField<Id>({
    ...texts,
    id,
    value: draft.get(id),
    onInput: (value) => draft.set(id, value),
    onLeft: left,
  });
}

/** A field of several lines bound to the draft. */
export function makeFormArea<Id extends string, Text extends Id>(
  { draft, left }: TextContext<Id, NoInfer<Text>, never>,
  id: Text,
  texts: Omit<FieldTexts, 'optional'>,
): AreaField<Id> {
  return makeAreaField<Id>({
    ...texts,
    ...{ id, rows: 2, value: draft.get(id), onLeft: left },
    onInput: (value) => draft.set(id, value),
  });
}

/** A password field bound to the draft's secrets, which never leave the page but in a message to the host. */
export function makeSecretField<Id extends string, Secret extends Id>(
  { draft, left }: TextContext<Id, never, NoInfer<Secret>>,
  id: Secret,
  texts: FieldTexts,
): TextFieldControl<Id> {
  return makeTextField<Id>({
    ...texts,
    id,
    type: 'password',
    onInput: (value) => draft.setSecret(id, value),
    onLeft: left,
  });
}
