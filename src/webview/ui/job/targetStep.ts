import * as l10n from '@vscode/l10n';
import { makeAreaField } from '../areaField.ts';
import { makeButton } from '../controls.ts';
import { make } from '../dom.ts';
import { makeFormStep } from '../formStep.ts';
import { makeSelectField } from '../selectField.ts';
import { makeTickField } from '../tickField.ts';
import { makeMatchSection } from './matchSection.ts';
import type { JobFieldId } from '../../job/jobProtocol.ts';
import type { JobFormStep, JobStepServices } from './jobPage.ts';

const rules = ['byFile', 'bySameAddress', 'bySameLocalPart'] as const;

/** Where the mailboxes go. */
export function makeTargetStep(services: JobStepServices): JobFormStep {
  const { host, draft, left, next, back, announce } = services;
  const add = makeButton(l10n.t('Add New…'), 'secondary', () => host.post({ type: 'addTarget' }));
  add.element.setAttribute('aria-label', l10n.t('Add new target connection…'));
  const target = makeSelectField<JobFieldId>({
    id: 'target',
    label: l10n.t('Target server'),
    hint: l10n.t('One of your target connections.'),
    placeholder: l10n.t('Choose a connection'),
    beside: [add.element],
    onChange: (id) => {
      draft.set('target', id);
      draft.flush();
      left('target');
    },
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
  const byPattern = makeAreaField<JobFieldId>({
    id: 'byPattern',
    label: l10n.t('Patterns (optional)'),
    hint: l10n.t('One a line, such as: *@contoso.onmicrosoft.com *@contoso.com'),
    ...{ value: draft.get('byPattern'), rows: 2, onLeft: left },
    onInput: (value) => draft.set('byPattern', value),
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
    buttons: [
      makeButton(l10n.t('Next'), 'primary', next),
      makeButton(l10n.t('Back'), 'secondary', back),
      makeButton(l10n.t('Cancel'), 'secondary', () => host.post({ type: 'close' })),
      services.startOver(),
    ],
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
