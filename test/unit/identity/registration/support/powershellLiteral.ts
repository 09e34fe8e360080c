import assert from 'node:assert/strict';

const isQuote = (unit: string | undefined): boolean => unit !== undefined && /^['\u2018-\u201b]$/.test(unit);

/**
 * Reads a PowerShell string in single quotes as PowerShell does: any of its five single quotes ends it, unless another
 * of them follows, and then that one is part of the text.
 * @returns its text, and where the source goes on
 */
export function readStringLiteral(source: string, start: number): { readonly value: string; readonly end: number } {
  assert.ok(isQuote(source[start]), `a string starts at ${start} of ${source}`);
  let value = '';
  for (let at = start + 1; at < source.length; at++) {
    if (isQuote(source[at])) {
      if (!isQuote(source[at + 1])) return { value, end: at + 1 };
      at++;
    }
    value += source.charAt(at);
  }
  assert.fail(`the string at ${start} does not end: ${source}`);
}
