import * as l10n from '@vscode/l10n';
import { makeButton, makeSpinner } from './controls.ts';
import { make, show } from './dom.ts';
import { makeFinding } from './finding.ts';
import { makeFormField, makeSecretField } from './formFields.ts';
import { makeFormStep } from './formStep.ts';
import { makeRadioField } from './radioField.ts';
import type { FormStep } from './formStep.ts';
import type { TargetStepServices } from './targetPage.ts';
import type { TargetFieldId, TargetView } from '../targetProtocol.ts';

export interface TargetCredentialsStep extends Omit<FormStep<TargetFieldId>, 'update'> {
  update(view: TargetView): void;
}

/** Who signs in to the server, and in which mailbox it is tried. */
export function makeTargetCredentialsStep(
  services: TargetStepServices,
  methods: TargetView['methods'],
): TargetCredentialsStep {
  const { host, draft, left, goOn, announce } = services;
  const method = makeRadioField<TargetView['methods'][number]['id'], TargetFieldId>({
    id: 'method',
    label: l10n.t('Sign-in method'),
    choices: methods,
    selected: draft.form.method,
    onChange: (id) => {
      draft.set('method', id);
      left('method');
    },
  });
  const userName = makeFormField(services, 'userName', {
    label: l10n.t('User name'),
    hint: l10n.t('DOMAIN\\user or user@contoso.com. The account needs the role ApplicationImpersonation.'),
  });
  const password = makeSecretField(services, 'password', { label: l10n.t('Password'), hint: '' });
  const testMailbox = makeFormField(services, 'testMailbox', {
    label: l10n.t('Mailbox to test with'),
    hint: l10n.t('E-mail address of a mailbox on that server, ideally not the administrator’s.'),
  });

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
