import { StarPattern } from '../starPattern.ts';
import type { SourceMailbox } from '../mailbox.ts';
import type { RuleVerdict } from '../mailboxRules.ts';
import { addressKey, isOneAddress } from '../mailAddress.ts';
import type { HandMatch, MatchRule } from './matchRule.ts';
import type { TargetDirectory } from './targetDirectory.ts';

export type MatchWay = MatchRule['by'] | 'hand';

/** What is decided for one source by itself, whatever others have. */
export type Decision =
  | {
      readonly is: 'target';
      readonly target: string;
      /** Of the target's address. */ readonly key: string;
      readonly by: MatchWay;
    }
  | { readonly is: 'ambiguous'; readonly candidates: readonly string[] }
  /** `wanted`: what was looked for in vain; absent when no rule says where it should go. */
  | { readonly is: 'missing'; readonly wanted?: string }
  | { readonly is: 'excluded'; readonly because: RuleVerdict | { readonly byHand: true } };

/** What is asked of the target's directory. */
type AskedDirectory = Pick<TargetDirectory, 'withAddress' | 'withLocalPart'>;

/** Decides for sources one by one. */
export class Decider {
  readonly #rules: readonly ((mailbox: SourceMailbox, key: string) => Found | undefined)[];
  readonly #judge: (address: string) => RuleVerdict | undefined;
  readonly #directory: AskedDirectory | undefined;

  /** @param directory unknown: what a rule says is taken for there; nothing can be found by its local part */
  constructor(
    rules: readonly MatchRule[],
    judge: (address: string) => RuleVerdict | undefined,
    directory: AskedDirectory | undefined,
  ) {
    this.#rules = rules.map((rule) => this.#finder(rule));
    this.#judge = judge;
    this.#directory = directory;
  }

  /** What is decided by hand goes before the rules. */
  decide(mailbox: SourceMailbox, byHand: HandMatch | undefined): Decision {
    if (byHand?.action === 'skip') return { is: 'excluded', because: { byHand: true } };
    if (byHand !== undefined) return decisionOf(this.#named(byHand.target, 'hand'), undefined);
    const excluded = this.#judge(mailbox.address);
    if (excluded !== undefined) return { is: 'excluded', because: excluded };
    const key = addressKey(mailbox.address);
    let wanted: string | undefined;
    for (const find of this.#rules) {
      const found = find(mailbox, key);
      if (found === undefined) continue;
      if (found.targets.length > 0 || found.by === 'file') return decisionOf(found, wanted);
      wanted ??= found.wanted;
    }
    return decisionOf(undefined, wanted);
  }

  /** A rule's part in it; undefined when the rule says nothing of a mailbox. */
  #finder(rule: MatchRule): (mailbox: SourceMailbox, key: string) => Found | undefined {
    switch (rule.by) {
      case 'file':
        return ({ target }) => (target === undefined ? undefined : this.#named(target, 'file'));
      case 'sameAddress':
        return ({ address }) => this.#named(address, 'sameAddress');
      case 'sameLocalPart':
        return (_, key) => ({ targets: this.#directory?.withLocalPart(key) ?? [], by: 'sameLocalPart' });
      case 'pattern': {
        const [from, to] = [new StarPattern(rule.from), new StarPattern(rule.to)];
        return (_, key) => {
          const parts = from.match(key);
          if (parts === undefined) return undefined;
          const target = to.fill(parts);
          return isOneAddress(target) ? this.#named(target, 'pattern') : undefined;
        };
      }
    }
  }

  #named(wanted: string, by: MatchWay): Found {
    return { targets: this.#directory?.withAddress(addressKey(wanted)) ?? [wanted], wanted, by };
  }
}

interface Found {
  readonly targets: readonly string[];
  readonly wanted?: string;
  readonly by: MatchWay;
}

function decisionOf(found: Found | undefined, wantedBefore: string | undefined): Decision {
  const [target, ...others] = found?.targets ?? [];
  if (found === undefined || target === undefined) {
    const wanted = found?.wanted ?? wantedBefore;
    return { is: 'missing', ...(wanted !== undefined && { wanted }) };
  }
  if (others.length === 0) return { is: 'target', target, key: addressKey(target), by: found.by };
  return { is: 'ambiguous', candidates: [target, ...others] };
}
