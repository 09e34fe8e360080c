import * as l10n from '@vscode/l10n';
import { make } from './dom.ts';
import type { RunView } from '../detailsProtocol.ts';

/** What the chart shows, the newest run first. */
export function makeHistoryTable(runs: readonly RunView[]): HTMLElement {
  const titles = [l10n.t('Started'), l10n.t('Outcome'), l10n.t('Duration'), l10n.t('Run'), l10n.t('Findings')];
  const head = make('tr', '', ...titles.map(columnTitle));
  const rows = runs.toReversed().map(({ started, outcomeText, durationText, startedBy, errors }) => {
    const values = [started, outcomeText, durationText, startedBy, errors];
    return make('tr', '', ...values.map((value) => make('td', '', value)));
  });
  const table = make('table', '', make('thead', '', head), make('tbody', '', ...rows));
  table.setAttribute('aria-label', l10n.t('Last runs'));
  return make('div', 'table-frame', table);
}

function columnTitle(title: string): HTMLElement {
  const cell = make('th', '', title);
  cell.scope = 'col';
  return cell;
}
