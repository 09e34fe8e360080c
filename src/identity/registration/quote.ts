/**
 * A text as a PowerShell string that nothing in it can leave. PowerShell takes typographic quotes (U+2018 to U+201B) for
 * the plain one: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
export function psQuote(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/**
 * A text as a PowerShell expression of ASCII alone. Windows PowerShell 5.1 reads a file without a byte order mark in the
 * machine's code page, where a letter such as Ñ falls apart into two characters, the second of them a quote.
 */
export function psText(text: string): string {
  if (/^[ -~]*$/.test(text)) return psQuote(text);
  const parts = text.match(/[ -~]+|[^ -~]/g) ?? [];
  const terms = parts.map((part) =>
    /^[ -~]/.test(part) ? psQuote(part) : `[char]0x${part.charCodeAt(0).toString(16)}`,
  );
  // A string first: it decides that + joins.
  return `(${["''", ...terms].join(' + ')})`;
}

/** A text as a word of a POSIX shell that nothing in it can leave. */
export function shQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
