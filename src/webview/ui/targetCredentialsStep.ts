import * as l10n from '@vscode/l10n';
import { makeButton, makeSpinner } from './controls.ts';
import { make, show } from './dom.ts';
import { makeTextField } from './fields.ts';
import { makeFinding } from './finding.ts';
import { makeFormStep } from './formStep.ts';
import { makeRadioField } from './radioField.ts';
import type { FormStep } from './formStep.ts';
import type { TargetStepServices } from './serverStep.ts';
import type { TargetFieldId, TargetView } from '../targetProtocol.ts';

export interface TargetCredentialsStep extends Omit<FormStep<TargetFieldId>, 'update'> {
  update(view: TargetView): void;
}

/** Who signs in to the server, and in which mailbox it is tried. */
export function makeTargetCredentialsStep(
  { host, draft, announce }: TargetStepServices,
  first: TargetView,
): TargetCredentialsStep {
  const filledIn = () => ({ form: draft.form, secrets: draft.secrets });
  const onLeft = (field: TargetFieldId): void => host.post({ type: 'left', field, ...filledIn() });
  const method = makeRadioField<TargetView['methods'][number]['id'], TargetFieldId>({
    id: 'method',
    label: l10n.t('Sign-in method'),
    choices: first.methods,
    selected: draft.form.method,
    onChange: (id) => {
      draft.set('method', id);
      onLeft('method');
    },
  });
  const userName = makeTextField<TargetFieldId>({
    id: 'userName',
    label: l10n.t('User name'),
    hint: l10n.t('DOMAIN\\user or user@contoso.com. The account needs the role ApplicationImpersonation.'),
    value: draft.form.userName,
    onInput: (value) => draft.set('userName', value),
    onLeft,
  });
  const password = makeTextField<TargetFieldId>({
    id: 'password',
    label: l10n.t('Password'),
    hint: '',
    type: 'password',
    onInput: (value) => draft.setSecret('password', value),
    onLeft,
  });
  const testMailbox = makeTextField<TargetFieldId>({
    id: 'testMailbox',
    label: l10n.t('Mailbox to test with'),
    hint: l10n.t('E-mail address of a mailbox on that server, ideally not the administrator’s.'),
    value: draft.form.testMailbox,
    onInput: (value) => draft.set('testMailbox', value),
    onLeft,
  });

  let { busy } = first;
  const goOn = (): void => {
    if (!busy) host.post({ type: 'next', ...filledIn() });
  };
  const stop = makeButton(l10n.t('Cancel search'), 'secondary', () => host.post({ type: 'cancel' }));
  const looking = make(
    'div',
    'looking',
    make('p', '', makeSpinner(), l10n.t('Autodiscover is looking for the server…')),
    make('div', 'button-row', stop.element),
  );
  looking.setAttribute('role', 'status');
  const trouble = make('div', '');
  trouble.setAttribute('role', 'alert');
  const step = makeFormStep<TargetFieldId>({
    heading: l10n.t('Admin credentials'),
    intro: [l10n.t('Say who signs in to the server. The password is kept in the system’s key store only.')],
    fields: [method, userName, password, testMailbox],
    more: [looking, trouble],
    buttons: [
      makeButton(l10n.t('Next'), 'primary', goOn),
      makeButton(l10n.t('Back'), 'secondary', () => host.post({ type: 'back' })),
    ],
    ...{ goOn, announce },
  });
  let drawn: TargetView['finding'];
  return {
    ...step,
    update: (view) => {
      busy = view.busy;
      step.update(view);
      password.setStored(view.stored);
      show(looking, view.looking);
      if (drawn?.title === view.finding?.title) return;
      drawn = view.finding;
      trouble.replaceChildren(...(drawn ? [makeFinding(drawn, host)] : []));
      trouble.scrollIntoView({ block: 'nearest' }); // It may have come up behind the buttons.
    },
  };
}
