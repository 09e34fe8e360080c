import type { FromFinding, FromPage, PageState, ToPage } from '../protocol.ts';

interface VsCodeApi<State, Out> {
  postMessage(message: Out): void;
  getState(): State | undefined;
  setState(state: State): void;
}

declare function acquireVsCodeApi<State, Out>(): VsCodeApi<State, Out>;

/** The extension host as a page sees it: what the page may post, gets posted, and keeps. */
export interface PageHost<Out, In, State> {
  post(message: Out): void;
  /** What `keep` was last given before the window was reloaded. */
  restored(): State | undefined;
  keep(state: State): void;
  listen(handler: (message: In) => void): void;
}

/** The wizard's host. */
export type Host = PageHost<FromPage, ToPage, PageState>;

/** What the components that pages share need of their host. */
export interface SharedHost {
  post(message: FromFinding): void;
}

/** May be called once only: VS Code hands its API out a single time. */
export function connectToHost<Out, In, State>(): PageHost<Out, In, State> {
  const api = acquireVsCodeApi<State, Out>();
  return {
    post: (message) => api.postMessage(message),
    restored: () => api.getState(),
    keep: (state) => api.setState(state),
    listen: (handler) =>
      // Only VS Code's own frame can post here, and it passes on the extension's messages, typed by the protocol.
      window.addEventListener('message', (event: MessageEvent<In>) => handler(event.data)),
  };
}
