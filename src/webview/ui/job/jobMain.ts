import * as l10n from '@vscode/l10n';
import '../wizard.css';
import './job.css';
import { make } from '../dom.ts';
import { connectToHost } from '../host.ts';
import { holdWhilePressed } from '../pressHold.ts';
import { drawJobPage } from './jobPage.ts';
import type { JobPage } from './jobPage.ts';
import type { FromJobPage, JobState, ToJobPage } from '../../job/jobProtocol.ts';

const root = document.querySelector<HTMLElement>('main');
if (!root) throw new Error('The page has no main element to draw the wizard in.');
root.replaceChildren(make('h1', 'visually-hidden', document.title), make('p', 'loading', l10n.t('Loading…')));

const host = connectToHost<FromJobPage, ToJobPage, JobState>();
let page: JobPage | undefined;

function handle(message: ToJobPage, into: HTMLElement): void {
  switch (message.type) {
    case 'open':
      if (message.l10n) l10n.config({ contents: message.l10n });
      page = drawJobPage(into, host, message.view, message.state);
      return;
    case 'view':
      page?.update(message.view);
      return;
    case 'rows':
      page?.take(message);
      return;
    case 'fill':
      page?.fill(message.form);
      return;
    case 'typedTaken':
      page?.typedTaken(message.left);
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
