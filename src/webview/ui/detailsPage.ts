import * as l10n from '@vscode/l10n';
import { announcements } from './announcements.ts';
import { makeAnnouncer } from './announcer.ts';
import { makeCheckList } from './checkList.ts';
import { makeButton, makeSpinner } from './controls.ts';
import { icon, make, setText, show } from './dom.ts';
import { makeHistory } from './history.ts';
import { makeNotice } from './notice.ts';
import { outcomeIcons } from './outcome.ts';
import { makeRunSummary } from './runSummary.ts';
import type { PageHost } from './host.ts';
import type { DetailsState, DetailsView, FromDetails, ToDetails } from '../detailsProtocol.ts';
import type { WizardView } from '../protocol.ts';

export interface DetailsPage {
  readonly elements: readonly HTMLElement[];
  update(view: DetailsView): void;
}

/** The details of a connection. Updated in place, so that opened parts, a selection and the focus stay. */
export function makeDetailsPage(host: PageHost<FromDetails, ToDetails, DetailsState>): DetailsPage {
  let action: DetailsView['actions']['run'] = 'none';
  let run: WizardView['run'] | undefined;
  const announcer = makeAnnouncer();
  const title = make('h1', '');
  const status = makeStatus();
  const notice = makeNotice();
  // One button for both: it keeps the focus while what it does changes.
  const verify = makeButton('', 'primary', () => host.post({ type: action === 'cancel' ? 'cancel' : 'verify' }));
  const copyReport = makeButton(l10n.t('Copy Report'), 'secondary', () => host.post({ type: 'copyReport' }));
  const settings = makeButton(l10n.t('Settings…'), 'secondary', () => host.post({ type: 'openSettings' }));
  const buttons = make('div', 'button-row', verify.element, copyReport.element, settings.element);
  const facts = make('dl', 'facts');
  const checksHeading = make('h2', '', l10n.t('Checks'));
  const summary = makeRunSummary();
  const checks = makeCheckList(host);
  const history = makeHistory();
  const rest = make('div', '', buttons, facts, checksHeading, summary.element, checks.element, history.element);

  return {
    elements: [make('header', '', title, status.element), notice.element, rest, announcer.element],
    update: (view) => {
      setText(title, view.heading);
      notice.update(view.notice);
      status.update(view.status);
      action = view.actions.run;
      show(rest, action !== 'none');
      verify.setLabel(action === 'cancel' ? l10n.t('Cancel') : l10n.t('Verify'));
      verify.setRank(action === 'cancel' ? 'secondary' : 'primary');
      show(copyReport.element, view.actions.copyReport);
      updateFacts(facts, view.facts);
      if (run) for (const sentence of announcements(run, view.run)) announcer.announce(sentence);
      run = view.run;
      summary.update(run.state, run.summary);
      checks.update(run.checks);
      history.update(view.history);
    },
  };
}

function makeStatus(): { element: HTMLElement; update(status: DetailsView['status']): void } {
  const mark = make('span', 'check-icon');
  const text = make('span', '');
  const element = make('p', 'summary status', mark, text);
  let drawn: string | undefined;
  return {
    element,
    update: (status) => {
      show(element, status !== undefined);
      setText(text, status?.text ?? '');
      if (status === undefined || status.outcome === drawn) return;
      drawn = status.outcome;
      element.dataset.outcome = drawn;
      mark.replaceChildren(icon(outcomeIcons[status.outcome]), ...(drawn === 'running' ? [makeSpinner()] : []));
    },
  };
}

function updateFacts(list: HTMLElement, facts: DetailsView['facts']): void {
  const rows = facts.map(({ name, value }) => make('div', '', make('dt', '', name), make('dd', '', value)));
  // The same again would take a selection away.
  if (list.textContent !== rows.map(({ textContent }) => textContent).join('')) list.replaceChildren(...rows);
}
