import * as l10n from '@vscode/l10n';
import { makeButton } from '../controls.ts';
import { makeFormArea, makeFormField } from '../formFields.ts';
import { makeFormStep } from '../formStep.ts';
import { makeTickField } from '../tickField.ts';
import { stepButtons } from './stepButtons.ts';
import type { JobFieldId, JobView } from '../../job/jobProtocol.ts';
import type { JobFormStep, JobStepServices } from './jobPage.ts';

/** What of each mailbox is migrated. */
export function makeContentStep(services: JobStepServices, first: JobView): JobFormStep {
  const { draft, left, next, announce } = services;
  const folders = makeTickField<JobFieldId>({
    id: 'folders',
    label: l10n.t('Folders'),
    hint: l10n.t('By what a folder is for, whatever it is called in a mailbox’s language, with all folders below it.'),
    choices: first.folderChoices,
    ticked: draft.form.folders,
    onChange: (ticked) => {
      draft.set('folders', ticked);
      left('folders');
    },
  });
  const recoverable = makeTickField<JobFieldId>({
    id: 'recoverable',
    label: l10n.t('Recoverable Items'),
    hint: l10n.t('What users have deleted and Exchange still keeps. Needed only for legal holds or late restores.'),
    choices: first.recoverableChoices,
    ticked: draft.form.recoverable,
    onChange: (ticked) => draft.set('recoverable', ticked),
  });
  const from = makeFormField(services, 'from', {
    label: l10n.t('First day'),
    hint: l10n.t('Such as 2024-01-31. Items before it stay behind.'),
    optional: true,
  });
  const until = makeFormField(services, 'until', {
    label: l10n.t('Last day'),
    hint: l10n.t('This day is migrated, too.'),
    optional: true,
  });
  const includeClasses = makeFormArea(services, 'includeClasses', {
    label: l10n.t('Only these item classes (optional)'),
    hint: l10n.t('One a line, such as IPM.Note, which stands for those below it, too. Empty: all.'),
  });
  const excludeClasses = makeFormArea(services, 'excludeClasses', {
    label: l10n.t('But not these item classes (optional)'),
    hint: '',
  });
  const maximumSize = makeFormField(services, 'maximumSize', {
    label: l10n.t('Largest item in MB'),
    hint: l10n.t('Larger ones stay behind.'),
    optional: true,
  });
  return makeFormStep<JobFieldId>({
    heading: l10n.t('What to migrate'),
    intro: [l10n.t('Usually all of a mailbox. What is left out here stays on the source and can be migrated later.')],
    fields: [folders, recoverable, from, until, includeClasses, excludeClasses, maximumSize],
    buttons: stepButtons(services, makeButton(l10n.t('Next'), 'primary', next)),
    ...{ goOn: next, announce },
  });
}
