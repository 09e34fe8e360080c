import * as z from 'zod/mini';
import { StarPattern, patternFault } from './starPattern.ts';
import { addressKey, domainOf } from './mailAddress.ts';

const mostPatterns = 10_000;

/** Which of the chosen mailboxes are migrated, and which part of each. */
export const mailboxRules = z.lazy(() => {
  const pattern = z.string().check(z.refine((text) => patternFault(text) === undefined));
  const patterns = z.array(pattern).check(z.maxLength(mostPatterns));
  return z.strictObject({
    /** None: all are included. */
    include: patterns,
    /** Goes before `include`. */
    exclude: patterns,
    parts: z.enum(['primary', 'archive', 'both']),
  });
});
export type MailboxRules = z.infer<typeof mailboxRules>;

/** Why a mailbox is left out: a pattern that excludes it, or that none includes it. */
export type RuleVerdict = { readonly excludedBy: string } | { readonly notIncluded: true };

/** Judges addresses by rules; undefined for one that is migrated. Exact addresses and domains take no time, however many. */
export function judgeBy(
  rules: Pick<MailboxRules, 'include' | 'exclude'>,
): (address: string) => RuleVerdict | undefined {
  const [include, exclude] = [new PatternList(rules.include), new PatternList(rules.exclude)];
  return (address) => {
    const key = addressKey(address);
    const excludedBy = exclude.find(key);
    if (excludedBy !== undefined) return { excludedBy };
    return rules.include.length > 0 && include.find(key) === undefined ? { notIncluded: true } : undefined;
  };
}

class PatternList {
  readonly #addresses = new Map<string, string>();
  readonly #domains = new Map<string, string>();
  readonly #others: { readonly pattern: StarPattern; readonly text: string }[] = [];

  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const pattern = new StarPattern(text);
      const { simple } = pattern;
      if (simple === undefined) this.#others.push({ pattern, text });
      else if ('domain' in simple) this.#domains.set(simple.domain, text);
      else this.#addresses.set(simple.address, text);
    }
  }

  /** A pattern that fits, as somebody wrote it. */
  find(key: string): string | undefined {
    return (
      this.#addresses.get(key) ??
      this.#domains.get(domainOf(key)) ??
      this.#others.find(({ pattern }) => pattern.match(key) !== undefined)?.text
    );
  }
}
