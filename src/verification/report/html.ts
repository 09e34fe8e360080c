import { escapeHtml } from '../../connections/escapeHtml.ts';

/** Markup that is safe to put in a page: only `html` makes it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

export type HtmlPart = string | number | Html | readonly Html[];

/** Builds markup from a template. Whatever is put in as text is shown as that text, wherever it stands. */
export function html(template: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(template.reduce((markup, piece, index) => markup + asMarkup(parts[index - 1] ?? '') + piece));
}

function asMarkup(part: HtmlPart): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part instanceof Html ? part.markup : part.map(({ markup }) => markup).join('');
}
