import * as l10n from '@vscode/l10n';
import { icon, make, setText, show } from './dom.ts';
import { outcomeIcons, runOutcome } from './outcome.ts';
import type { RunState } from '../protocol.ts';

export interface RunSummary {
  readonly element: HTMLElement;
  update(state: RunState, text: string): void;
}

/** One sentence on a whole run. */
export function makeRunSummary(): RunSummary {
  const state = make('span', 'check-icon');
  const words = make('span', '');
  const element = make('p', 'summary', state, words);
  return {
    element,
    update: (runState, text) => {
      const outcome = runOutcome(runState);
      element.dataset.outcome = outcome ?? '';
      state.replaceChildren(...(outcome ? [icon(outcomeIcons[outcome])] : []));
      const shown = text === '' && runState === 'running' ? l10n.t('The checks are running…') : text;
      setText(words, shown);
      show(element, shown !== '');
    },
  };
}
