import type { Resolution, Resolutions } from '../../ews/resolveNames.ts';
import { addressKey, isOneAddress } from '../mailAddress.ts';
import { ShardedMap } from '../shardedMap.ts';
import type { TargetMailbox } from './targetDirectory.ts';

/** What is known of a question. */
export interface KnownAnswer {
  /** Primary addresses. */
  readonly targets: readonly string[];
  /** Whether nothing may be missing. */
  readonly isCertain: boolean;
}

/**
 * What an answer says about a question.
 * @param question a whole address, or a local part and the @; as `addressKey` makes them
 * @param targets what is found is added to them
 */
export function readAnswer(question: string, { found, isComplete }: Resolutions, targets: FoundTargets): KnownAnswer {
  let isCertain = isComplete;
  const addresses = new Set<string>();
  for (const resolution of found) {
    if (!isMailbox(resolution)) continue;
    const [primary, ...aliases] = resolution.smtpAddresses;
    // By its name of a former version alone nobody can be written to, nor by an address that no job could keep.
    if (primary === undefined || !isOneAddress(primary)) {
      isCertain = false;
      continue;
    }
    const reason = why(question, resolution);
    const isAlias = reason === 'untold' && isWhole(question);
    if (reason === 'doubtful' || (reason === 'untold' && !isAlias)) isCertain = false;
    if (reason !== 'told' && !isAlias) continue;
    targets.add({ address: primary, aliases: isAlias ? [...aliases, question] : aliases });
    addresses.add(primary);
  }
  return { targets: [...addresses], isCertain };
}

/** Contacts, lists, groups and public folders are no targets, even if they have the same address. */
function isMailbox({ type }: Resolution): boolean {
  return type === 'Mailbox' || type === '';
}

/** Whether a question is a whole address; else it is a local part and the @. */
function isWhole(question: string): boolean {
  return !question.endsWith('@');
}

/**
 * By what a resolution was found: an address that is meant (`told`); one that only begins as the question does (`longer`);
 * either of them (`doubtful`); one that the answer does not tell (`untold`), most likely the one that was asked for.
 */
function why(question: string, resolution: Resolution): 'told' | 'longer' | 'doubtful' | 'untold' {
  const keys = resolution.smtpAddresses.map(addressKey);
  if (keys.some((key) => (isWhole(question) ? key === question : key.startsWith(question)))) return 'told';
  if (!keys.some((key) => key.startsWith(question))) return 'untold';
  return resolution.areAllTold ? 'longer' : 'doubtful';
}

/** Mailboxes of the target, each once, with all aliases that were ever told. */
export class FoundTargets {
  readonly #places = new ShardedMap<number>();
  readonly #all: TargetMailbox[] = [];

  get all(): readonly TargetMailbox[] {
    return [...this.#all];
  }

  add({ address, aliases = [] }: TargetMailbox): void {
    const key = addressKey(address);
    const place = this.#places.get(key);
    const before = place === undefined ? undefined : this.#all[place];
    if (place === undefined || before === undefined) {
      this.#places.set(key, this.#all.push({ address, ...(aliases.length > 0 && { aliases }) }) - 1);
      return;
    }
    const known = new Set([key, ...(before.aliases ?? []).map(addressKey)]);
    const fresh = aliases.filter((alias) => !known.has(addressKey(alias)));
    if (fresh.length > 0)
      this.#all[place] = { address: before.address, aliases: [...(before.aliases ?? []), ...fresh] };
  }
}
