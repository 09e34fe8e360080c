import * as l10n from '@vscode/l10n';
import { hiddenText, icon, make } from './dom.ts';
import type { WizardStep } from '../protocol.ts';

export interface Stepper {
  readonly element: HTMLElement;
  setStep(step: WizardStep): void;
}

/** Says which steps the wizard has and which one this is. */
export function makeStepper(): Stepper {
  const element = make('ol', 'stepper');
  element.setAttribute('aria-label', l10n.t('Steps'));
  return {
    element,
    setStep: (step) => {
      const second = step === 'configuration';
      element.replaceChildren(
        makeStep('1', l10n.t('Admin credentials'), !second, second),
        makeStep('2', l10n.t('Configuration'), second, false),
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
