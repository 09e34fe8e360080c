import * as l10n from '@vscode/l10n';
import { makeSpinner } from './controls.ts';
import { hiddenText, icon, make, show } from './dom.ts';
import type { RegistrationStepView } from '../protocol.ts';

export interface RegistrationSteps {
  readonly element: HTMLElement;
  update(steps: readonly RegistrationStepView[]): void;
}

const icons = { waiting: 'circle-large-outline', done: 'pass-filled', failed: 'error' } as const;

/** How far a registration has come, a line a step. */
export function makeRegistrationSteps(): RegistrationSteps {
  const element = make('ol', 'registration-steps');
  let shown = '';
  return {
    element,
    update: (steps) => {
      const latest = JSON.stringify(steps);
      if (latest === shown) return;
      shown = latest;
      show(element, steps.length > 0);
      element.replaceChildren(...steps.map(makeStep));
    },
  };
}

function makeStep({ title, state }: RegistrationStepView): HTMLElement {
  const symbol = state === 'running' ? makeSpinner() : icon(icons[state]);
  const element = make('li', '', symbol, make('span', '', title), hiddenText(` (${stateWord(state)})`));
  element.dataset.state = state;
  return element;
}

function stateWord(state: RegistrationStepView['state']): string {
  switch (state) {
    case 'waiting':
      return l10n.t('not begun');
    case 'running':
      return l10n.t('running');
    case 'done':
      return l10n.t('done');
    case 'failed':
      return l10n.t('stopped here');
  }
}
