import * as l10n from '@vscode/l10n';
import { makeButton } from '../controls.ts';
import { makeSelectField } from '../selectField.ts';
import type { SelectField } from '../selectField.ts';
import type { JobFieldId } from '../../job/jobProtocol.ts';
import type { JobStepServices } from './jobPage.ts';

interface ConnectionTexts {
  readonly label: string;
  readonly hint: string;
  /** What the button beside the list does, in full. */
  readonly add: string;
}

/** A choice among the saved connections of one kind, or of a new one. */
export function makeConnectionField(
  { host, draft, left }: JobStepServices,
  id: 'source' | 'target',
  { label, hint, add }: ConnectionTexts,
): SelectField<JobFieldId> {
  const button = makeButton(l10n.t('Add New…'), 'secondary', () =>
    host.post({ type: id === 'source' ? 'addSource' : 'addTarget' }),
  );
  button.element.title = add;
  button.element.setAttribute('aria-label', add);
  return makeSelectField<JobFieldId>({
    ...{ id, label, hint, beside: [button.element] },
    placeholder: l10n.t('Choose a connection'),
    onChange: (chosen) => {
      draft.set(id, chosen);
      draft.flush();
      left(id);
    },
  });
}
