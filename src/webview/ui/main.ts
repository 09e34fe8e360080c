import * as l10n from '@vscode/l10n';
import './wizard.css';
import { make } from './dom.ts';
import { connectToHost } from './host.ts';
import { drawPage } from './page.ts';
import { holdWhilePressed } from './pressHold.ts';
import type { Page } from './page.ts';
import type { FromPage, PageState, ToPage } from '../protocol.ts';

const root = document.querySelector<HTMLElement>('main');
if (!root) throw new Error('The page has no main element to draw the wizard in.');
root.replaceChildren(make('h1', 'visually-hidden', document.title), make('p', 'loading', l10n.t('Loading…')));

const host = connectToHost<FromPage, ToPage, PageState>();
let page: Page | undefined;

function handle(message: ToPage, into: HTMLElement): void {
  switch (message.type) {
    case 'open':
      if (message.l10n) l10n.config({ contents: message.l10n });
      page = drawPage(into, host, message.view, message.state);
      return;
    case 'view':
      page?.update(message.view);
      return;
    case 'fill':
      page?.credentials.fillName(message.form.name);
      return;
    case 'choose':
      page?.credentials.choose(message.form);
      return;
    case 'focus':
      page?.credentials.focusField(message.field);
      return;
  }
}

host.listen(holdWhilePressed((message) => handle(message, root)));
window.addEventListener('pagehide', () => page?.flush());
const restored = host.restored();
host.post({ type: 'ready', ...(restored && { restored }) });
