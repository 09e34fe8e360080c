import type { FromPage, PageState, ToPage } from '../protocol.ts';

interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension host as the page sees it. */
export interface Host {
  post(message: FromPage): void;
  /** What `keep` was last given before the window was reloaded. */
  restored(): PageState | undefined;
  keep(state: PageState): void;
  listen(handler: (message: ToPage) => void): void;
}

/** May be called once only: VS Code hands its API out a single time. */
export function connectToHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    restored: () => api.getState(),
    keep: (state) => api.setState(state),
    listen: (handler) =>
      // Only VS Code's own frame can post here, and it passes on the extension's messages, typed by the protocol.
      window.addEventListener('message', (event: MessageEvent<ToPage>) => handler(event.data)),
  };
}
