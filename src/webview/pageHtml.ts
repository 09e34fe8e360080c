import { escapeHtml } from '../connections/escapeHtml.ts';

export interface PageHtmlParts {
  /** `webview.cspSource`: where the webview may load its own files from. */
  readonly cspSource: string;
  /** Random, new for every page; lets through the script and the styles that the page itself brings. */
  readonly nonce: string;
  /** A module; what it imports is let through with it. */
  readonly scriptUri: string;
  readonly styleUris: readonly string[];
  readonly title: string;
  /** Language of the interface, `vscode.env.language`. */
  readonly language: string;
}

/** A page before its script has run: a strict policy, style sheets, a script and an empty main element. */
export function pageHtml(parts: PageHtmlParts): string {
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
<html lang="${escapeHtml(parts.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta property="csp-nonce" content="${escapeHtml(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(parts.title)}</title>
${parts.styleUris.map((uri) => `<link rel="stylesheet" href="${escapeHtml(uri)}">`).join('\n')}
</head>
<body>
<main></main>
<script type="module" nonce="${escapeHtml(nonce)}" src="${escapeHtml(parts.scriptUri)}"></script>
</body>
</html>
`;
}
