import * as l10n from '@vscode/l10n';
import { make } from './dom.ts';
import { connectToHost } from './host.ts';
import { holdWhilePressed } from './pressHold.ts';
import type { PageHost } from './host.ts';
import type { Drawn } from '../protocol.ts';

/** A page that has been drawn. @param More what the host says besides how things stand */
interface DrawnPage<View, More> {
  readonly update: (view: View) => void;
  readonly take?: (message: More) => void;
  /** Tells the host what the user has typed a moment ago. */
  readonly flush?: () => void;
}

export interface PageStart<Out, View, State, More> {
  /** @param restored what the page kept before the window was reloaded */
  readonly ready: (restored: State | undefined) => Out;
  readonly draw: (
    root: HTMLElement,
    host: PageHost<Out, Drawn<View, State> | More, State>,
    view: View,
    state: State,
  ) => DrawnPage<View, More>;
}

/** Says that the page is loading, tells the host that it can be opened, and draws it when the host opens it. */
export function startPage<Out, View, State, More extends { readonly type: string } = never>(
  start: PageStart<Out, View, State, More>,
): void {
  const root = document.querySelector<HTMLElement>('main');
  if (!root) throw new Error('The page has no main element to draw in.');
  root.replaceChildren(make('h1', 'visually-hidden', document.title), make('p', 'loading', l10n.t('Loading…')));
  const host = connectToHost<Out, Drawn<View, State> | More, State>();
  let page: DrawnPage<View, More> | undefined;
  const handle = (message: Drawn<View, State> | More): void => {
    if (!isOfEveryPage(message)) page?.take?.(message);
    else if (message.type === 'view') page?.update(message.view);
    else {
      if (message.l10n) l10n.config({ contents: message.l10n });
      page = start.draw(root, host, message.view, message.state);
    }
  };
  host.listen(holdWhilePressed(handle));
  window.addEventListener('pagehide', () => page?.flush?.());
  host.post(start.ready(host.restored()));
}

function isOfEveryPage<View, State>(
  message: Drawn<View, State> | { readonly type: string },
): message is Drawn<View, State> {
  return message.type === 'open' || message.type === 'view';
}
