import type { LabAnswer } from '../http.ts';

/** Markup as opposed to text; only {@link html} makes it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

type Part = Html | string | readonly Html[];

function markupOf(part: Part): string {
  if (typeof part === 'string') return escape(part);
  return part instanceof Html ? part.markup : part.map(({ markup }) => markup).join('');
}

/** Tag of a template whose texts are escaped, so that no page can forget to. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(literals.reduce((made, literal, at) => made + markupOf(parts[at - 1] ?? '') + literal));
}

const style = new Html(
  'body{font:15px "Segoe UI",sans-serif;background:#f2f2f2;color:#1b1b1b}main{max-width:26rem;margin:10vh auto;padding:2.5rem;background:#fff;box-shadow:0 2px 6px #0003}h1{font-size:1.5rem;font-weight:600}label{display:block;margin:.75rem 0}input:not([type=checkbox]){display:block;box-sizing:border-box;width:100%;padding:.4rem}button{margin:1rem .5rem 0 0;padding:.4rem 1.5rem}[role=alert]{color:#b00020}',
);

/** A page without script, and with a policy that would not let one run. */
export function page(status: number, title: string, body: Html): LabAnswer {
  const document = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store, no-cache',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    body: document.markup,
  };
}
