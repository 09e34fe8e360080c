import * as l10n from '@vscode/l10n';
import { makeAnnouncer } from '../announcer.ts';
import { makeButton } from '../controls.ts';
import type { ButtonControl } from '../controls.ts';
import { show } from '../dom.ts';
import { Draft } from '../draft.ts';
import { makeWizardFrame } from '../wizardFrame.ts';
import { makeContentStep } from './contentStep.ts';
import { makeJobNameStep } from './nameStep.ts';
import { makeScheduleStep } from './scheduleStep.ts';
import { makeSourceStep } from './sourceStep.ts';
import { makeSummaryStep } from './summaryStep.ts';
import { makeTargetStep } from './targetStep.ts';
import type { TextContext } from '../formFields.ts';
import type { FormStep } from '../formStep.ts';
import type { PageHost } from '../host.ts';
import type {
  FromJobPage,
  JobFieldId,
  JobForm,
  JobState,
  JobStep,
  JobView,
  ListName,
  RowsOf,
  ToJobPage,
} from '../../job/jobProtocol.ts';

export type JobHost = PageHost<FromJobPage, ToJobPage, JobState>;

/** Fields of the form whose value is a text. */
type JobTextField = {
  [Field in keyof JobForm]: string extends JobForm[Field] ? Field : never;
}[keyof JobForm];

/** What the steps share. */
export interface JobStepServices extends TextContext<JobFieldId, JobTextField, never> {
  readonly host: JobHost;
  readonly draft: Draft<JobState, object>;
  readonly next: () => void;
  readonly back: () => void;
  readonly announce: (text: string) => void;
  /** A button that forgets what was filled in before, as long as there is such. */
  readonly startOver: () => ButtonControl;
  /** Asks the host for rows of a list. */
  readonly ask: (list: ListName) => (offset: number, count: number) => void;
}

/** Takes the rows of the lists that it has. */
export type RowTakers = {
  readonly [List in ListName]?: (version: number, offset: number, rows: readonly RowsOf[List][]) => void;
};

export interface JobFormStep extends Omit<FormStep<JobFieldId>, 'update'> {
  readonly update: (view: JobView) => void;
  readonly takers?: RowTakers;
  /** The host has chosen or changed something in the form. */
  fill?(form: Partial<JobForm>): void;
}

export interface JobPage {
  readonly update: (view: JobView) => void;
  fill(form: Partial<JobForm>): void;
  typedTaken(left: string): void;
  take(message: Extract<ToJobPage, { type: 'rows' }>): void;
  readonly focusField: (field: JobFieldId) => void;
  /** Tells the host what the user has typed a moment ago. */
  readonly flush: () => void;
}

/** Draws the wizard of a migration job. */
export function drawJobPage(root: HTMLElement, host: JobHost, first: JobView, state: JobState): JobPage {
  const draft = new Draft<JobState, object>({
    ...{ state, secrets: {} },
    keep: (kept) => host.keep(kept),
    tell: ({ form }) => host.post({ type: 'changed', form }),
  });
  const announcer = makeAnnouncer();
  let { busy } = first;
  const startOver: ButtonControl[] = [];
  const services: JobStepServices = {
    ...{ host, draft },
    announce: (text) => announcer.announce(text),
    left: (field) => host.post({ type: 'left', field, form: draft.form }),
    next: () => {
      if (!busy) host.post({ type: 'next', form: draft.form });
    },
    back: () => host.post({ type: 'back', form: draft.form }),
    startOver: () => {
      const button = makeButton(l10n.t('Start Over'), 'secondary', () => host.post({ type: 'startOver' }));
      startOver.push(button);
      return button;
    },
    ask: (list) => (offset, count) => host.post({ type: 'rows', list, offset, count }),
  };
  const source = makeSourceStep(services);
  const steps = {
    name: { name: l10n.t('Job name'), part: makeJobNameStep(services) },
    source: { name: l10n.t('Source mailboxes'), part: source },
    target: { name: l10n.t('Target mailboxes'), part: makeTargetStep(services) },
    content: { name: l10n.t('What to migrate'), part: makeContentStep(services, first) },
    schedule: { name: l10n.t('Schedule and speed'), part: makeScheduleStep(services) },
    summary: { name: l10n.t('Summary'), part: makeSummaryStep(services) },
  } satisfies { readonly [step in JobStep]: { readonly name: string; readonly part: JobFormStep } };
  const parts: readonly JobFormStep[] = Object.values(steps).map(({ part }) => part);
  const takers: RowTakers = Object.assign({}, ...parts.map((part) => part.takers ?? {})) as RowTakers; // Of all steps.
  const drawFrame = makeWizardFrame<JobStep, JobView>(root, { steps, draft, announcer: announcer.element });
  const draw = (view: JobView): void => {
    for (const button of startOver) show(button.element, view.restored);
    drawFrame(view);
  };
  draw(first);
  // A page restored in the background must not pull the focus out of an editor.
  if (first.step === 'name' && document.hasFocus()) steps.name.part.focusField('name');
  return {
    update: (view) => {
      busy = view.busy;
      draw(view);
    },
    fill: (form) => {
      draft.change({ ...draft.state, form: { ...draft.form, ...form } });
      for (const part of parts) part.fill?.(form);
    },
    typedTaken: (left) => source.typedTaken(left),
    take: ({ list, version, offset, rows }) => {
      // The message is of one list: its rows are of the kind that the taker of this list takes.
      const taker = takers[list] as ((version: number, offset: number, rows: readonly unknown[]) => void) | undefined;
      taker?.(version, offset, rows);
    },
    focusField: (field) => {
      for (const part of parts) part.focusField(field);
    },
    flush: () => draft.flush(),
  };
}
