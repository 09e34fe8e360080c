import * as l10n from '@vscode/l10n';
import { makeDisclosure } from './disclosure.ts';
import { make, setText, show } from './dom.ts';
import { makeHistoryChart } from './historyChart.ts';
import { makeHistoryTable } from './historyTable.ts';
import type { RunView } from '../detailsProtocol.ts';

export interface HistoryPart {
  readonly element: HTMLElement;
  update(runs: readonly RunView[]): void;
}

/** The last runs: as a chart, and as a table for whoever wants one. */
export function makeHistory(): HistoryPart {
  const heading = make('h2', '', l10n.t('History'));
  const none = make('p', 'loading', l10n.t('Runs of this connection will be listed here.'));
  const intro = make('p', 'hint', '');
  const chart = makeHistoryChart();
  const table = makeDisclosure(l10n.t('As a table'), () => undefined);
  const some = make('div', '', intro, chart.element, table.button, table.content);
  let drawn = '';
  return {
    element: make('section', 'history', heading, none, some),
    update: (runs) => {
      show(none, runs.length === 0);
      show(some, runs.length > 0);
      const now = JSON.stringify(runs);
      if (now === drawn || runs.length === 0) return;
      drawn = now;
      setText(
        intro,
        runs.length === 1
          ? l10n.t('The last run. The height of a bar is its duration, the pattern its outcome.')
          : l10n.t('The last {0} runs. The height of a bar is its duration, the pattern its outcome.', runs.length),
      );
      chart.draw(runs);
      table.content.replaceChildren(makeHistoryTable(runs));
    },
  };
}
