/** What may come next in a JSON text (RFC 8259). */
type Wanted = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'colon' | 'commaOrEnd';

const blanks = /[ \t\r\n]*/y;
const token =
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Where a text stops being JSON, such as `line 3 column 7` (both from 1). The parser itself tells it for some faults
 * only, and in a message that quotes the file.
 */
export function jsonFaultPlace(text: string): string {
  const lines = text.slice(0, faultOffset(text)).split('\n');
  return `line ${lines.length} column ${(lines.at(-1) ?? '').length + 1}`;
}

function faultOffset(text: string): number {
  const nesting: string[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  for (;;) {
    at += matchAt(blanks, text, at).length;
    const found = matchAt(token, text, at);
    const next: Wanted | undefined = found === '' ? undefined : after(found, wanted, nesting);
    if (next === undefined) return at;
    wanted = next;
    at += found.length;
  }
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** What is wanted after a token; undefined when the token is out of place. Keeps the open brackets in `nesting`. */
function after(found: string, wanted: Wanted, nesting: string[]): Wanted | undefined {
  const value = wanted === 'value' || wanted === 'valueOrEnd';
  const inObject = nesting.at(-1) === '{';
  switch (found) {
    case '{':
    case '[':
      if (value) nesting.push(found);
      if (!value) return undefined;
      return found === '{' ? 'nameOrEnd' : 'valueOrEnd';
    case '}':
    case ']': {
      const mayEnd = wanted === 'commaOrEnd' || wanted === (inObject ? 'nameOrEnd' : 'valueOrEnd');
      return mayEnd && nesting.pop() === (found === '}' ? '{' : '[') ? 'commaOrEnd' : undefined;
    }
    case ',':
      if (wanted !== 'commaOrEnd' || nesting.length === 0) return undefined;
      return inObject ? 'name' : 'value';
    case ':':
      return wanted === 'colon' ? 'value' : undefined;
    default:
      if (value) return 'commaOrEnd';
      return found.startsWith('"') && (wanted === 'name' || wanted === 'nameOrEnd') ? 'colon' : undefined;
  }
}
