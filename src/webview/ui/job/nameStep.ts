import * as l10n from '@vscode/l10n';
import { makeButton } from '../controls.ts';
import { makeFormField } from '../formFields.ts';
import { makeFormStep } from '../formStep.ts';
import { makeRadioField } from '../radioField.ts';
import { leaveButtons } from './stepButtons.ts';
import type { JobFieldId } from '../../job/jobProtocol.ts';
import type { JobFormStep, JobStepServices } from './jobPage.ts';

/** What the job is called, and what kind of source it has. */
export function makeJobNameStep(services: JobStepServices): JobFormStep {
  const { next, announce } = services;
  const kind = makeRadioField<'office365', JobFieldId | 'kind'>({
    id: 'kind',
    label: l10n.t('Source kind'),
    choices: [{ id: 'office365', label: l10n.t('Office 365'), hint: l10n.t('Mailboxes of a tenant, over EWS.') }],
    selected: 'office365',
    onChange: () => undefined, // There is one.
  });
  const name = makeFormField(services, 'name', {
    label: l10n.t('Job name'),
    hint: l10n.t(
      'Such as “Wave 1”. Unique among your migration jobs, and without {0}',
      '\\ / : * ? < > |'.replaceAll(' ', '\u00a0'), // All of them on one line.
    ),
  });
  const step = makeFormStep<JobFieldId>({
    heading: l10n.t('Job name'),
    intro: [
      l10n.t(
        'A migration job says which mailboxes move where, what of them, and when. Nothing is moved before you start it.',
      ),
    ],
    fields: [{ ...kind, id: 'source' }, name],
    buttons: [makeButton(l10n.t('Next'), 'primary', next), ...leaveButtons(services)],
    ...{ goOn: next, announce },
  });
  return {
    ...step,
    focusField: (field) => {
      if (field === 'name') name.focus();
    },
    update: (view) => {
      step.update({ busy: view.busy, errors: view.errors.name === undefined ? {} : { name: view.errors.name } });
    },
    fill: (form) => {
      if (form.name !== undefined) name.fill(form.name);
    },
  };
}
