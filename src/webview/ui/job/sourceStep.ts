import * as l10n from '@vscode/l10n';
import { makeAreaField } from '../areaField.ts';
import { makeButton } from '../controls.ts';
import { make } from '../dom.ts';
import { makeFormStep } from '../formStep.ts';
import { makeRadioField } from '../radioField.ts';
import { makeSelectField } from '../selectField.ts';
import { makeChosenSection } from './chosenSection.ts';
import { makeDirectorySection } from './directorySection.ts';
import { makeFileSection } from './fileSection.ts';
import { makeTypedSection } from './typedSection.ts';
import type { JobFieldId, JobForm } from '../../job/jobProtocol.ts';
import type { JobFormStep, JobStepServices } from './jobPage.ts';

export interface SourceStep extends JobFormStep {
  /** What was typed has been taken, but for this. */
  typedTaken(left: string): void;
}

/** Which mailboxes are migrated. */
export function makeSourceStep(services: JobStepServices): SourceStep {
  const { host, draft, left, next, back, announce } = services;
  const add = makeButton(l10n.t('Add New…'), 'secondary', () => host.post({ type: 'addSource' }));
  add.element.title = l10n.t('Add new source connection…');
  add.element.setAttribute('aria-label', l10n.t('Add new source connection…'));
  const source = makeSelectField<JobFieldId>({
    id: 'source',
    label: l10n.t('Source server'),
    hint: l10n.t('One of your source connections.'),
    placeholder: l10n.t('Choose a connection'),
    beside: [add.element],
    onChange: (id) => {
      draft.set('source', id);
      draft.flush();
      left('source');
    },
  });
  const directory = makeDirectorySection(services);
  const typed = makeTypedSection(services);
  const file = makeFileSection(services);
  const chosen = makeChosenSection(services);
  const pattern = (id: 'include' | 'exclude', label: string, hint: string) =>
    makeAreaField<JobFieldId>({
      ...{ id, label, hint, rows: 2, value: draft.get(id), onLeft: left },
      onInput: (value) => draft.set(id, value),
    });
  const include = pattern(
    'include',
    l10n.t('Only these (optional)'),
    l10n.t('Patterns of addresses, one a line, such as *@sales.contoso.com. Empty: all that are chosen.'),
  );
  const exclude = pattern('exclude', l10n.t('But not these (optional)'), l10n.t('Goes before the patterns above.'));
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
    buttons: [
      makeButton(l10n.t('Next'), 'primary', goOn),
      makeButton(l10n.t('Back'), 'secondary', back),
      makeButton(l10n.t('Cancel'), 'secondary', () => host.post({ type: 'close' })),
      services.startOver(),
    ],
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
