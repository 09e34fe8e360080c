import * as l10n from '@vscode/l10n';
import { makeButton } from '../controls.ts';
import { make } from '../dom.ts';
import { makeFormArea } from '../formFields.ts';
import { makeFormStep } from '../formStep.ts';
import { makeRadioField } from '../radioField.ts';
import { makeChosenSection } from './chosenSection.ts';
import { makeConnectionField } from './connectionField.ts';
import { makeDirectorySection } from './directorySection.ts';
import { makeFileSection } from './fileSection.ts';
import { stepButtons } from './stepButtons.ts';
import { makeTypedSection } from './typedSection.ts';
import type { JobFieldId, JobForm } from '../../job/jobProtocol.ts';
import type { JobFormStep, JobStepServices } from './jobPage.ts';

export interface SourceStep extends JobFormStep {
  /** What was typed has been taken, but for this. */
  typedTaken(left: string): void;
}

/** Which mailboxes are migrated. */
export function makeSourceStep(services: JobStepServices): SourceStep {
  const { draft, next, announce } = services;
  const source = makeConnectionField(services, 'source', {
    label: l10n.t('Source server'),
    hint: l10n.t('One of your source connections.'),
    add: l10n.t('Add new source connection…'),
  });
  const directory = makeDirectorySection(services);
  const typed = makeTypedSection(services);
  const file = makeFileSection(services);
  const chosen = makeChosenSection(services);
  const include = makeFormArea(services, 'include', {
    label: l10n.t('Only these (optional)'),
    hint: l10n.t('Patterns of addresses, one a line, such as *@sales.contoso.com. Empty: all that are chosen.'),
  });
  const exclude = makeFormArea(services, 'exclude', {
    label: l10n.t('But not these (optional)'),
    hint: l10n.t('Goes before the patterns above.'),
  });
  const parts = makeRadioField<JobForm['parts'], JobFieldId>({
    id: 'parts',
    label: l10n.t('Parts of each mailbox'),
    choices: [
      { id: 'primary', label: l10n.t('Primary mailbox') },
      { id: 'archive', label: l10n.t('Archive') },
      { id: 'both', label: l10n.t('Primary mailbox and archive') },
    ],
    selected: draft.form.parts,
    onChange: (id) => draft.set('parts', id),
  });
  /** What was typed and not added would be forgotten in silence. */
  const goOn = (): void => {
    if (!typed.add()) next();
  };
  const step = makeFormStep<JobFieldId>({
    heading: l10n.t('Source mailboxes'),
    intro: [l10n.t('Choose the tenant, then its mailboxes: from its directory, typed or pasted, or from a CSV file.')],
    fields: [source, chosen, typed, file, include, exclude, parts],
    buttons: stepButtons(services, makeButton(l10n.t('Next'), 'primary', goOn)),
    ...{ goOn, announce },
  });
  // The ways to choose stand before what is chosen.
  chosen.element.before(make('h3', '', l10n.t('Choose mailboxes')), directory.element, typed.element, file.element);
  return {
    ...step,
    takers: { ...directory.takers, ...file.takers, ...chosen.takers },
    update: (view) => {
      step.update(view);
      source.update(view.sources, draft.form.source);
      directory.update(view);
      typed.update(view);
      file.update(view);
      chosen.update(view);
    },
    typedTaken: (text) => typed.taken(text),
    fill: (form) => {
      if (form.include !== undefined) include.fill(form.include);
      if (form.exclude !== undefined) exclude.fill(form.exclude);
      if (form.parts !== undefined) parts.choose(form.parts);
    },
  };
}
