import * as l10n from '@vscode/l10n';
import './details.css';
import { makeDetailsPage } from './detailsPage.ts';
import { make } from './dom.ts';
import { connectToHost } from './host.ts';
import { holdWhilePressed } from './pressHold.ts';
import type { DetailsPage } from './detailsPage.ts';
import type { DetailsState, FromDetails, ToDetails } from '../detailsProtocol.ts';

const root = document.querySelector<HTMLElement>('main');
if (!root) throw new Error('The page has no main element to draw the details in.');
root.replaceChildren(make('h1', 'visually-hidden', document.title), make('p', 'loading', l10n.t('Loading…')));

const host = connectToHost<FromDetails, ToDetails, DetailsState>();
let page: DetailsPage | undefined;

function handle(message: ToDetails, into: HTMLElement): void {
  if (message.type === 'open') {
    if (message.l10n) l10n.config({ contents: message.l10n });
    host.keep(message.state);
    page = makeDetailsPage(host);
    into.replaceChildren(...page.elements);
  }
  page?.update(message.view);
}

host.listen(holdWhilePressed((message) => handle(message, root)));
host.post({ type: 'ready' });
