import * as l10n from '@vscode/l10n';
import { makeSpinner } from './controls.ts';
import { makeDisclosure } from './disclosure.ts';
import { hiddenText, icon, make, setText, show } from './dom.ts';
import { formatDuration } from './duration.ts';
import { makeExchangeList } from './exchangeList.ts';
import { makeFinding } from './finding.ts';
import { outcomeIcons, outcomeWord } from './outcome.ts';
import type { SharedHost } from './host.ts';
import type { CheckOutcome, CheckView } from '../protocol.ts';

export interface CheckRow {
  readonly element: HTMLElement;
  update(check: CheckView): void;
}

/** One check. Updated in place, so that opened details, a selection and the focus stay. */
export function makeCheckRow(host: SharedHost, first: CheckView): CheckRow {
  const state = make('span', 'check-icon');
  const title = make('span', 'check-title');
  const word = hiddenText('');
  const duration = make('span', 'duration');
  const detail = make('p', 'check-detail');
  const findings = make('div', 'findings');
  const details = makeDisclosure(l10n.t('Details'), () => undefined);
  details.button.setAttribute('aria-label', l10n.t('Details: {0}', first.title));
  const element = make(
    'li',
    'check',
    make('div', 'check-head', state, title, word, duration),
    make('div', 'check-body', detail, findings, details.button, details.content),
  );

  let outcome: CheckOutcome | undefined;
  const redrawFindings = onChange((check: CheckView) =>
    findings.replaceChildren(...check.findings.map((finding) => makeFinding(finding, host))),
  );
  const redrawExchanges = onChange((check: CheckView) =>
    details.content.replaceChildren(makeExchangeList(check.exchanges)),
  );
  return {
    element,
    update: (check) => {
      if (check.outcome !== outcome) {
        outcome = check.outcome;
        element.dataset.outcome = outcome;
        state.replaceChildren(icon(outcomeIcons[outcome]), ...(outcome === 'running' ? [makeSpinner()] : []));
        setText(word, outcomeWord(outcome));
      }
      setText(title, check.title);
      setText(duration, check.durationMs === undefined ? '' : formatDuration(check.durationMs));
      setText(detail, check.detail ?? '');
      show(detail, check.detail !== undefined);
      redrawFindings(check, check.findings);
      redrawExchanges(check, check.exchanges);
      const hasDetails = check.exchanges.length > 0;
      show(details.button, hasDetails);
      show(details.content, hasDetails && details.open());
    },
  };
}

/** Calls `redraw` only when `part` says something else than last time. */
function onChange<T>(redraw: (whole: T) => void): (whole: T, part: unknown) => void {
  let drawn = JSON.stringify([]);
  return (whole, part) => {
    const latest = JSON.stringify(part);
    if (latest === drawn) return;
    drawn = latest;
    redraw(whole);
  };
}
