import * as l10n from '@vscode/l10n';
import { makeButton } from '../controls.ts';
import { make } from '../dom.ts';
import { makeFormArea } from '../formFields.ts';
import { makeFormStep } from '../formStep.ts';
import { makeTickField } from '../tickField.ts';
import { makeConnectionField } from './connectionField.ts';
import { makeMatchSection } from './matchSection.ts';
import { stepButtons } from './stepButtons.ts';
import type { JobFieldId } from '../../job/jobProtocol.ts';
import type { JobFormStep, JobStepServices } from './jobPage.ts';

const rules = ['byFile', 'bySameAddress', 'bySameLocalPart'] as const;

/** Where the mailboxes go. */
export function makeTargetStep(services: JobStepServices): JobFormStep {
  const { draft, left, next, announce } = services;
  const target = makeConnectionField(services, 'target', {
    label: l10n.t('Target server'),
    hint: l10n.t('One of your target connections.'),
    add: l10n.t('Add new target connection…'),
  });
  const matching = makeTickField<JobFieldId>({
    id: 'byFile',
    label: l10n.t('A mailbox goes to the one on the target with'),
    hint: l10n.t('Tried in this order; a pattern below goes before the same address.'),
    choices: [
      { id: 'byFile', label: l10n.t('the address that the CSV file names') },
      { id: 'bySameAddress', label: l10n.t('the same address') },
      { id: 'bySameLocalPart', label: l10n.t('the same name before the @') },
    ],
    inOrder: true,
    ticked: rules.filter((rule) => draft.form[rule]),
    onChange: (ticked) => {
      const { form } = draft;
      const [byFile = false, bySameAddress = false, bySameLocalPart = false] = rules.map((rule) =>
        ticked.includes(rule),
      );
      draft.change({ ...draft.state, form: { ...form, byFile, bySameAddress, bySameLocalPart } });
      left('byFile');
    },
  });
  const byPattern = makeFormArea(services, 'byPattern', {
    label: l10n.t('Patterns (optional)'),
    hint: l10n.t('One a line, such as: *@contoso.onmicrosoft.com *@contoso.com'),
  });
  const matches = makeMatchSection(services);
  const step = makeFormStep<JobFieldId>({
    heading: l10n.t('Target mailboxes'),
    intro: [
      l10n.t(
        'Each source mailbox needs one mailbox on the target. Matching is automatic; you can decide for each row yourself.',
      ),
    ],
    fields: [target, matching, byPattern, matches],
    buttons: stepButtons(services, makeButton(l10n.t('Next'), 'primary', next)),
    ...{ goOn: next, announce },
  });
  matches.element.before(make('h3', '', l10n.t('Matches')));
  return {
    ...step,
    takers: matches.takers,
    update: (view) => {
      step.update(view);
      target.update(view.targets, draft.form.target);
      matches.update(view);
    },
    fill: (form) => {
      if (form.byPattern !== undefined) byPattern.fill(form.byPattern);
    },
  };
}
