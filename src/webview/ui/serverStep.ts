import * as l10n from '@vscode/l10n';
import { makeButton } from './controls.ts';
import { makeTextField } from './fields.ts';
import { makeFileField } from './fileField.ts';
import { makeFormStep } from './formStep.ts';
import type { FormStep } from './formStep.ts';
import type { TargetDraft, TargetHost } from './targetPage.ts';
import type { TargetFieldId, TargetView } from '../targetProtocol.ts';

export interface TargetStepServices {
  readonly host: TargetHost;
  readonly draft: TargetDraft;
  readonly announce: (text: string) => void;
}

export interface ServerStep extends Omit<FormStep<TargetFieldId>, 'update'> {
  update(view: TargetView): void;
  /** Puts a name in, if there is none. */
  fillName(name: string): void;
}

/** Which server it is. */
export function makeServerStep({ host, draft, announce }: TargetStepServices, first: TargetView): ServerStep {
  const filledIn = () => ({ form: draft.form, secrets: draft.secrets });
  const onLeft = (field: TargetFieldId): void => host.post({ type: 'left', field, ...filledIn() });
  const name = makeTextField<TargetFieldId>({
    id: 'name',
    label: l10n.t('Connection name'),
    hint: l10n.t('Unique among your target connections. If empty, one is proposed from the server.'),
    value: draft.form.name,
    onInput: (value) => draft.set('name', value),
    onLeft,
  });
  const server = makeTextField<TargetFieldId>({
    id: 'server',
    label: l10n.t('Server'),
    hint: l10n.t(
      'Its name, such as mail.contoso.com; or the address of its EWS; or an e-mail address there, by which Autodiscover finds it.',
    ),
    value: draft.form.server,
    onInput: (value) => draft.set('server', value),
    onLeft,
  });
  const additionalCa = makeFileField<TargetFieldId>({
    id: 'additionalCa',
    label: l10n.t('Additional CA file (optional)'),
    hint: l10n.t('PEM file of a certification authority that this connection trusts besides the machine’s own.'),
    onChoose: () => host.post({ type: 'chooseAdditionalCa', form: draft.form }),
    onRemove: () => host.post({ type: 'removeAdditionalCa' }),
  });
  let { busy } = first;
  const goOn = (): void => {
    if (!busy) host.post({ type: 'next', ...filledIn() });
  };
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
      busy = view.busy;
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
