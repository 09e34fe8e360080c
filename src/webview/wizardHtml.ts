export interface WizardHtmlParts {
  /** `webview.cspSource`: where the webview may load its own files from. */
  readonly cspSource: string;
  /** Random, new for every page; lets through the script and the styles that the page itself brings. */
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly title: string;
  /** Language of the interface, `vscode.env.language`. */
  readonly language: string;
}

/** The wizard's page before its script has run: a strict policy, a style sheet, a script and an empty main element. */
export function wizardHtml(parts: WizardHtmlParts): string {
  const { cspSource, nonce } = parts;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}' ${cspSource}`,
    `font-src ${cspSource}`,
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  // The controls' library reads csp-nonce and puts it on the styles it inserts.
  return `<!DOCTYPE html>
<html lang="${escape(parts.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta property="csp-nonce" content="${escape(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(parts.title)}</title>
<link rel="stylesheet" href="${escape(parts.styleUri)}">
</head>
<body>
<main></main>
<script nonce="${escape(nonce)}" src="${escape(parts.scriptUri)}"></script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
