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

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Characters that a page may not hold, and such as turn the direction of what follows, become a replacement mark. */
function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"'`]/g, (character) => entities[character] ?? '')
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu,
      '\ufffd',
    );
}
