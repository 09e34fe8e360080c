import { addressKey } from './mailAddress.ts';

/** In UTF-16 units; addresses are no longer. */
const longestPattern = 320;
const mostStars = 8;

/** Why a text is no pattern of addresses. */
export type PatternFault = 'empty' | 'blank' | 'tooLong' | 'tooManyStars';

export function patternFault(text: string): PatternFault | undefined {
  if (text.trim() === '') return 'empty';
  if (/\s/.test(text.trim())) return 'blank';
  if (text.length > longestPattern) return 'tooLong';
  return text.split('*').length - 1 > mostStars ? 'tooManyStars' : undefined;
}

/**
 * A pattern in which `*` stands for any letters, even none: `*@old.example`, `sales-*@*`. Case does not count. Each part
 * between stars is looked for once, from left to right: no pattern makes it try again and again.
 */
export class StarPattern {
  readonly #parts: readonly string[];

  constructor(text: string) {
    this.#parts = addressKey(text.trim()).split('*');
  }

  get stars(): number {
    return this.#parts.length - 1;
  }

  /** The whole text, if it has no star; the domain, if it is `*@domain`: both can be looked up. */
  get simple(): { readonly address: string } | { readonly domain: string } | undefined {
    const [first = '', second] = this.#parts;
    if (second === undefined) return { address: first };
    return this.stars === 1 && first === '' && /^@[^@]+$/.test(second) ? { domain: second.slice(1) } : undefined;
  }

  /**
   * What the stars stand for, each as short as can be from the left; undefined when the text does not match.
   * @param key as `addressKey` makes it
   */
  match(key: string): readonly string[] | undefined {
    const [first = '', ...rest] = this.#parts;
    const last = rest.pop();
    if (last === undefined) return key === first ? [] : undefined;
    const end = key.length - last.length;
    if (end < first.length || !key.startsWith(first) || !key.endsWith(last)) return undefined;
    const found: string[] = [];
    let at = first.length;
    for (const part of rest) {
      const next = key.indexOf(part, at);
      if (next < 0 || next + part.length > end) return undefined;
      found.push(key.slice(at, next));
      at = next + part.length;
    }
    return [...found, key.slice(at, end)];
  }

  /** The pattern with each star replaced, in their order; with fewer texts than stars the rest stand for nothing. */
  fill(texts: readonly string[]): string {
    return this.#parts.map((part, index) => (index === 0 ? part : (texts[index - 1] ?? '') + part)).join('');
  }
}
