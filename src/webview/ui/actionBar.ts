import { make } from './dom.ts';
import type { ButtonControl } from './controls.ts';

export interface ActionBar {
  readonly element: HTMLElement;
  setBusy(busy: boolean): void;
}

/** The buttons that move through the wizard, at the lower edge of the page in both steps. */
export function makeActionBar(buttons: readonly ButtonControl[]): ActionBar {
  const element = make('div', 'action-bar button-row', ...buttons.map((button) => button.element));
  return {
    element,
    setBusy: (busy) => {
      element.setAttribute('aria-busy', String(busy));
      for (const button of buttons) button.setBusy(busy);
    },
  };
}
