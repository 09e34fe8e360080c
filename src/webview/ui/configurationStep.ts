import * as l10n from '@vscode/l10n';
import { makeActionBar } from './actionBar.ts';
import { announcements } from './announcements.ts';
import { makeCheckList } from './checkList.ts';
import { makeButton } from './controls.ts';
import { make, show, setText } from './dom.ts';
import { actionsFor } from './runActions.ts';
import { makeRunSummary } from './runSummary.ts';
import { makeStepHeading } from './stepHeading.ts';
import type { SharedHost } from './host.ts';
import type { RunActions } from './runActions.ts';
import type { FromPage, WizardView } from '../protocol.ts';

/** Of a wizard's view. */
type RunView = Pick<WizardView, 'run' | 'busy'>;

export interface ConfigurationStep {
  readonly element: HTMLElement;
  readonly heading: HTMLElement;
  update(view: RunView): void;
}

export interface ConfigurationHost extends SharedHost {
  post(
    message:
      | Extract<FromPage, { type: 'cancel' | 'configure' | 'copyReport' | 'back' | 'saveUnverified' | 'finish' }>
      | Parameters<SharedHost['post']>[0],
  ): void;
}

/** The last step of a wizard: runs the checks, then saves. @param introduction what running them does */
export function makeConfigurationStep(
  host: ConfigurationHost,
  announce: (text: string) => void,
  first: RunView,
  introduction: string,
): ConfigurationStep {
  let { run } = first;
  // One button through all states: it keeps the focus while what it does changes.
  const runButton = makeButton('', 'primary', () =>
    host.post(actionsFor(run.state).run === 'cancel' ? { type: 'cancel' } : { type: 'configure' }),
  );
  const copyReport = makeButton(l10n.t('Copy report'), 'secondary', () => host.post({ type: 'copyReport' }));
  const back = makeButton(l10n.t('Back'), 'secondary', () => host.post({ type: 'back' }));
  const save = makeButton(l10n.t('Save without verification'), 'secondary', () =>
    host.post({ type: 'saveUnverified' }),
  );
  const finish = makeButton(l10n.t('Finish'), 'primary', () => host.post({ type: 'finish' }));
  const runBar = makeActionBar([runButton, copyReport]);
  runBar.element.className = 'run-bar button-row';
  const bar = makeActionBar([back, save, finish]);

  const heading = makeStepHeading(l10n.t('Configuration'));
  const intro = make('p', 'intro', introduction);
  const summary = makeRunSummary();
  const again = make('p', 'again');
  again.setAttribute('role', 'status');
  const checks = makeCheckList(host);

  return {
    element: make(
      'div',
      'step',
      ...[heading, intro, runBar.element, summary.element, again, checks.element, bar.element],
    ),
    heading,
    update: (view) => {
      for (const sentence of announcements(run, view.run)) announce(sentence);
      run = view.run;
      const actions = actionsFor(run.state);
      runButton.setLabel(runLabel(actions.run));
      runButton.setRank(actions.runIsPrimary ? 'primary' : 'secondary');
      show(copyReport.element, actions.copyReport);
      show(back.element, actions.back);
      show(save.element, actions.saveUnverified);
      show(finish.element, actions.finish);
      runBar.setBusy(view.busy);
      bar.setBusy(view.busy);
      summary.update(run.state, run.summary);
      const at = run.againAt === undefined ? '' : new Date(run.againAt).toLocaleTimeString([], { timeStyle: 'short' });
      setText(again, at === '' ? '' : l10n.t('The checks run again at {0} while VS Code is open.', at));
      show(again, at !== '');
      checks.update(run.checks);
    },
  };
}

function runLabel(run: RunActions['run']): string {
  switch (run) {
    case 'configure':
      return l10n.t('Configure');
    case 'cancel':
      return l10n.t('Cancel');
    case 'runAgain':
      return l10n.t('Run again');
  }
}
