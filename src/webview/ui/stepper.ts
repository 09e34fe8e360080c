import * as l10n from '@vscode/l10n';
import { hiddenText, icon, make } from './dom.ts';

export interface Stepper<Step extends string> {
  readonly element: HTMLElement;
  setStep(step: Step): void;
}

/** Says which steps the wizard has and which one this is. */
export function makeStepper<Step extends string>(
  steps: readonly { readonly id: Step; readonly name: string }[],
): Stepper<Step> {
  const element = make('ol', 'stepper');
  element.setAttribute('aria-label', l10n.t('Steps'));
  return {
    element,
    setStep: (step) => {
      const now = steps.findIndex(({ id }) => id === step);
      element.replaceChildren(
        ...steps.map(({ name }, index) => makeStep(String(index + 1), name, index === now, index < now)),
      );
    },
  };
}

function makeStep(number: string, name: string, current: boolean, done: boolean): HTMLElement {
  const mark = make('span', 'step-number', done ? icon('check') : number);
  const step = make('li', '', mark, make('span', '', name));
  if (current) step.setAttribute('aria-current', 'step');
  if (done) step.append(hiddenText(` (${l10n.t('done')})`));
  return step;
}
