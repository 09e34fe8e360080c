/**
 * Shows a text as it is in Markdown: no formatting, link, address or entity in it takes effect. Any punctuation may be
 * escaped (CommonMark 0.31, 2.4).
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, ' ');
}
