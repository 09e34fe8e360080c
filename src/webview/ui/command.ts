import * as l10n from '@vscode/l10n';
import { makeButton } from './controls.ts';
import { make, setText } from './dom.ts';
import type { SharedHost } from './host.ts';

/** How long the Copy button says that it has copied, in milliseconds. */
const copiedMs = 2000;

export interface CommandBlock {
  readonly element: HTMLElement;
  setCommand(command: string): void;
}

/** A command to run elsewhere, with a button that copies it. */
export function makeCommand(first: string, host: SharedHost): CommandBlock {
  let command = first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const copy = makeButton(l10n.t('Copy'), 'secondary', () => {
    host.post({ type: 'copyText', text: command });
    copy.setLabel(l10n.t('Copied'));
    clearTimeout(timer);
    timer = setTimeout(() => copy.setLabel(l10n.t('Copy')), copiedMs);
  });
  const code = make('code', '', command);
  copy.describe([code]);
  return {
    element: make('div', 'command', make('pre', '', code), copy.element),
    setCommand: (next) => {
      command = next;
      setText(code, next);
    },
  };
}
