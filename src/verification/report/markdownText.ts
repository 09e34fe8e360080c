/**
 * A text as it is in a line of Markdown: nothing in it formats, links or begins a block. What means nothing where it
 * stands, such as the dots of an address, is left alone: the report is also read as it is written.
 */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*<>[\]~|]|&(?=[#\w]+;)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
    .replace(/^[-+#=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A text as code in a line. It can hold no backtick; an apostrophe does for one. */
export function markdownCode(text: string): string {
  return `\`${text.replace(/\s+/g, ' ').replaceAll('`', "'")}\``;
}

/** Lines of a code block that no line of its text can end. */
export function markdownFence(text: string, language: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...text.split(/\r\n|\r|\n/), fence];
}
