import * as l10n from '@vscode/l10n';
import { makeButton } from './controls.ts';
import { makeFileField } from './fileField.ts';
import { makeFormField } from './formFields.ts';
import { makeFormStep } from './formStep.ts';
import type { FormStep } from './formStep.ts';
import type { TargetStepServices } from './targetPage.ts';
import type { TargetFieldId, TargetView } from '../targetProtocol.ts';

export interface ServerStep extends Omit<FormStep<TargetFieldId>, 'update'> {
  update(view: TargetView): void;
  /** Puts a name in, if there is none. */
  fillName(name: string): void;
}

/** Which server it is. */
export function makeServerStep(services: TargetStepServices): ServerStep {
  const { host, draft, goOn, announce } = services;
  const name = makeFormField(services, 'name', {
    label: l10n.t('Connection name'),
    hint: l10n.t('Unique among your target connections. If empty, one is proposed from the server.'),
  });
  const server = makeFormField(services, 'server', {
    label: l10n.t('Server'),
    hint: l10n.t(
      'Its name, such as mail.contoso.com; or the address of its EWS; or an e-mail address there, by which Autodiscover finds it.',
    ),
  });
  const additionalCa = makeFileField<TargetFieldId>({
    id: 'additionalCa',
    label: l10n.t('Additional CA file (optional)'),
    hint: l10n.t('PEM file of a certification authority that this connection trusts besides the machine’s own.'),
    onChoose: () => host.post({ type: 'chooseAdditionalCa', form: draft.form }),
    onRemove: () => host.post({ type: 'removeAdditionalCa' }),
  });
  const step = makeFormStep<TargetFieldId>({
    heading: l10n.t('Server'),
    intro: [l10n.t('Say which Exchange server the mailboxes move to: 2010 SP1 or later.')],
    fields: [name, server, additionalCa],
    buttons: [
      makeButton(l10n.t('Next'), 'primary', goOn),
      makeButton(l10n.t('Cancel'), 'secondary', () => host.post({ type: 'close' })),
    ],
    ...{ goOn, announce },
  });
  return {
    ...step,
    update: (view) => {
      step.update(view);
      additionalCa.setFile(view.additionalCa, '');
      additionalCa.setBusy(view.busy);
    },
    fillName: (proposed) => {
      if (name.value() !== '') return;
      name.fill(proposed);
      draft.set('name', proposed);
    },
  };
}
