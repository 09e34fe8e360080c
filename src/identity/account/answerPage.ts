import type { ServerResponse } from 'node:http';
import * as l10n from '@vscode/l10n';
import { escapeHtml } from '../../connections/escapeHtml.ts';

export type AnswerPage = 'signedIn' | 'refused' | 'notOurs' | 'notFound';

/** The page in the browser after a sign-in. Loads nothing, runs nothing, repeats nothing that the browser sent. */
export function answerPage(response: ServerResponse, page: AnswerPage): void {
  const { status, title, text } = contents(page);
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${title}</title>
<style>body{font:16px system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}h1{font-size:1.5rem}</style></head>
<body><h1>${title}</h1><p>${text}</p></body></html>`;
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer', // The address holds the code.
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  response.end(html);
}

function contents(page: AnswerPage): { readonly status: number; readonly title: string; readonly text: string } {
  switch (page) {
    case 'signedIn':
      return {
        status: 200,
        title: escapeHtml(l10n.t('You are signed in')),
        text: escapeHtml(l10n.t('You can close this tab and go back to Visual Studio Code.')),
      };
    case 'refused':
      return {
        status: 200,
        title: escapeHtml(l10n.t('You are not signed in')),
        text: escapeHtml(l10n.t('You can close this tab. Visual Studio Code says what happened and what to do.')),
      };
    case 'notOurs':
      return {
        status: 400,
        title: escapeHtml(l10n.t('This is not the answer that is waited for')),
        text: escapeHtml(l10n.t('It belongs to another sign-in and was ignored. Begin again in Visual Studio Code.')),
      };
    case 'notFound':
      return { status: 404, title: escapeHtml(l10n.t('There is nothing here')), text: '' };
  }
}
