import { makeTextField } from './fields.ts';
import type { TextFieldControl } from './fields.ts';
import type { SourceDraft } from './sourceDraft.ts';
import type { FieldId, SecretInputs, TextFieldId } from '../protocol.ts';

/** What the inputs of step one share. */
export interface FormContext {
  readonly draft: SourceDraft;
  /** The user has left a field, or chosen something in it. */
  readonly left: (field: FieldId) => void;
  /** The text fields made so far. */
  readonly texts: Map<TextFieldId, TextFieldControl>;
}

export interface FieldTexts {
  readonly label: string;
  readonly hint: string;
  readonly optional?: boolean;
}

/** A text field bound to the draft. */
export function makeFormField(context: FormContext, id: TextFieldId, texts: FieldTexts): TextFieldControl {
  const { draft, left } = context;
  const field = makeTextField({
    ...texts,
    id,
    value: draft.form[id],
    onInput: (value) => draft.set(id, value),
    onLeft: left,
  });
  context.texts.set(id, field);
  return field;
}

/** A password field bound to the draft's secrets, which never leave the page but in a message to the host. */
export function makeSecretField(context: FormContext, id: keyof SecretInputs, texts: FieldTexts): TextFieldControl {
  const { draft, left } = context;
  return makeTextField({
    ...texts,
    id,
    type: 'password',
    onInput: (value) => draft.setSecret(id, value),
    onLeft: left,
  });
}
