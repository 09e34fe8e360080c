import * as l10n from '@vscode/l10n';
import { makeActionBar } from '../actionBar.ts';
import { makeButton } from '../controls.ts';
import { make } from '../dom.ts';
import { makeStepHeading } from '../stepHeading.ts';
import { makeScanSection } from './scanSection.ts';
import { stepButtons } from './stepButtons.ts';
import type { JobFormStep, JobStepServices } from './jobPage.ts';

/** A last look at the job, and whether both servers are ready for it. */
export function makeSummaryStep(services: JobStepServices): JobFormStep {
  const { host, draft } = services;
  const heading = makeStepHeading(l10n.t('Summary'));
  const facts = make('dl', 'facts');
  const scan = makeScanSection(services);
  const finish = makeButton(l10n.t('Finish'), 'primary', () => host.post({ type: 'finish', form: draft.form }));
  const bar = makeActionBar(stepButtons(services, finish));
  let drawn = '';
  return {
    element: make(
      'div',
      'step',
      ...[heading, make('p', 'intro', l10n.t('Finish saves the job. Nothing is moved before you start it.')), facts],
      ...[scan.element, bar.element],
    ),
    heading,
    takers: scan.takers,
    focusField: () => undefined, // Nothing is filled in here.
    update: (view) => {
      bar.setBusy(view.busy);
      scan.update(view);
      const now = JSON.stringify(view.facts);
      if (now === drawn) return;
      drawn = now;
      facts.replaceChildren(...view.facts.flatMap(([name, value]) => [make('dt', '', name), make('dd', '', value)]));
    },
  };
}
