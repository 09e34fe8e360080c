import * as l10n from '@vscode/l10n';
import './wizard.css';
import { make } from './dom.ts';
import { connectToHost } from './host.ts';
import { holdWhilePressed } from './pressHold.ts';
import { drawTargetPage } from './targetPage.ts';
import type { TargetPage } from './targetPage.ts';
import type { FromTargetPage, TargetState, ToTargetPage } from '../targetProtocol.ts';

const root = document.querySelector<HTMLElement>('main');
if (!root) throw new Error('The page has no main element to draw the wizard in.');
root.replaceChildren(make('h1', 'visually-hidden', document.title), make('p', 'loading', l10n.t('Loading…')));

const host = connectToHost<FromTargetPage, ToTargetPage, TargetState>();
let page: TargetPage | undefined;

function handle(message: ToTargetPage, into: HTMLElement): void {
  switch (message.type) {
    case 'open':
      if (message.l10n) l10n.config({ contents: message.l10n });
      page = drawTargetPage(into, host, message.view, message.state);
      return;
    case 'view':
      page?.update(message.view);
      return;
    case 'fill':
      page?.fillName(message.form.name);
      return;
    case 'focus':
      page?.focusField(message.field);
      return;
  }
}

host.listen(holdWhilePressed((message) => handle(message, root)));
window.addEventListener('pagehide', () => page?.flush());
const restored = host.restored();
host.post({ type: 'ready', ...(restored && { restored }) });
