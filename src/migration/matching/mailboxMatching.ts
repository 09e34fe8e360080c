import type { SourceMailbox } from '../mailbox.ts';
import { judgeBy } from '../mailboxRules.ts';
import type { MailboxRules } from '../mailboxRules.ts';
import { addressKey } from '../mailAddress.ts';
import { Pace } from '../pace.ts';
import type { PaceOptions } from '../pace.ts';
import { ShardedMap } from '../shardedMap.ts';
import { Decider } from './decide.ts';
import type { Decision, MatchWay } from './decide.ts';
import type { HandMatch, MatchingSettings } from './matchRule.ts';
import { TargetDirectory } from './targetDirectory.ts';
import type { TargetMailbox } from './targetDirectory.ts';

export const matchStates = ['matched', 'ambiguous', 'missing', 'duplicate', 'excluded'] as const;
export type MatchState = (typeof matchStates)[number];

/** What has become of one source. */
export type Match =
  | { readonly state: 'matched'; readonly target: string; readonly by: MatchWay }
  | { readonly state: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly state: 'missing'; readonly wanted?: string }
  /** `rows`: all that have this target, this one among them, in order. */
  | { readonly state: 'duplicate'; readonly target: string; readonly rows: readonly number[] }
  | { readonly state: 'excluded'; readonly because: Extract<Decision, { is: 'excluded' }>['because'] };

export interface MatchInput {
  /** Each address once, as `joinMailboxes` makes them. */
  readonly sources: readonly SourceMailbox[];
  /** All mailboxes of the target; unknown: whatever a rule names is taken for there. */
  readonly targets?: readonly TargetMailbox[];
  readonly settings: MatchingSettings;
  readonly rules: Pick<MailboxRules, 'include' | 'exclude'>;
}

const rowsBetweenLooks = 64;

/** Which source goes to which target. Rows are numbered as the sources are, from 0. The same input has the same outcome. */
export class MailboxMatching {
  readonly #sources: readonly SourceMailbox[];
  readonly #decider: Decider;
  readonly #byHand: Map<string, HandMatch>;
  readonly #decisions: Decision[] = [];
  /** Which rows have a target, by its key; in order. */
  readonly #users = new ShardedMap<number[]>();
  readonly #counts: Record<MatchState, number> = { matched: 0, ambiguous: 0, missing: 0, duplicate: 0, excluded: 0 };

  private constructor({ sources, settings, rules }: MatchInput, directory: TargetDirectory | undefined) {
    this.#sources = sources;
    this.#decider = new Decider(settings.rules, judgeBy(rules), directory);
    this.#byHand = new Map(settings.byHand.map((match) => [addressKey(match.source), match]));
  }

  /** Matches all, in slices; progress is in rows. @throws the reason of an aborted signal */
  static async of(input: MatchInput, options: PaceOptions = {}): Promise<MailboxMatching> {
    const pace = new Pace(options);
    const directory = input.targets && (await TargetDirectory.of(input.targets, pace));
    const matching = new MailboxMatching(input, directory);
    for (let row = 0; row < input.sources.length; row++) {
      matching.#add(row);
      if (row % rowsBetweenLooks === 0 && pace.isOver) await pace.next(row);
    }
    options.onProgress?.(input.sources.length);
    return matching;
  }

  get length(): number {
    return this.#sources.length;
  }

  get counts(): Readonly<Record<MatchState, number>> {
    return { ...this.#counts };
  }

  /** @throws RangeError for a row that is not there */
  row(row: number): Match {
    const decision = this.#decisions[row];
    if (decision === undefined) throw new RangeError(`There is no row ${row}.`);
    switch (decision.is) {
      case 'target': {
        const rows = this.#users.get(decision.key) ?? [];
        const { target, by } = decision;
        return rows.length > 1 ? { state: 'duplicate', target, rows: [...rows] } : { state: 'matched', target, by };
      }
      case 'ambiguous':
        return { state: 'ambiguous', candidates: decision.candidates };
      case 'missing':
        return { state: 'missing', ...(decision.wanted !== undefined && { wanted: decision.wanted }) };
      case 'excluded':
        return { state: 'excluded', because: decision.because };
    }
  }

  /** Numbers of rows in a state, in order: to show only these. */
  rowsIn(state: MatchState): readonly number[] {
    const rows: number[] = [];
    for (const [row, decision] of this.#decisions.entries()) if (this.#stateOf(decision) === state) rows.push(row);
    return rows;
  }

  /**
   * Decides one row by hand, or by the rules again. Takes time for this row and those that share its old or new target,
   * whatever the number of others.
   * @returns rows whose match is another now, or names others than before; in order
   * @throws RangeError for a row that is not there
   */
  override(row: number, choice: { readonly target: string } | 'skip' | undefined): readonly number[] {
    const [mailbox, before] = [this.#sources[row], this.#decisions[row]];
    if (mailbox === undefined || before === undefined) throw new RangeError(`There is no row ${row}.`);
    const key = addressKey(mailbox.address);
    const source = mailbox.address;
    if (choice === undefined) this.#byHand.delete(key);
    else if (choice === 'skip') this.#byHand.set(key, { source, action: 'skip' });
    else this.#byHand.set(key, { source, action: 'use', target: choice.target });
    const sharedBefore = this.#sharing(before);
    this.#remove(row, before);
    const after = this.#add(row);
    return [...new Set([row, ...sharedBefore, ...this.#sharing(after)])].sort((a, b) => a - b);
  }

  /** What is decided by hand, to be saved; also of mailboxes that are not chosen now, as they may be again. */
  get byHand(): readonly HandMatch[] {
    return [...this.#byHand.values()];
  }

  #sharing(decision: Decision): readonly number[] {
    return decision.is === 'target' ? (this.#users.get(decision.key) ?? []) : [];
  }

  #stateOf(decision: Decision): MatchState {
    if (decision.is !== 'target') return decision.is;
    return this.#sharing(decision).length > 1 ? 'duplicate' : 'matched';
  }

  #add(row: number): Decision {
    const mailbox = this.#sources[row];
    if (mailbox === undefined) throw new RangeError(`There is no row ${row}.`);
    const byHand = this.#byHand.size === 0 ? undefined : this.#byHand.get(addressKey(mailbox.address));
    const decision = this.#decider.decide(mailbox, byHand);
    this.#decisions[row] = decision;
    if (decision.is === 'target') {
      const users = this.#users.get(decision.key);
      if (users === undefined) this.#users.set(decision.key, [row]);
      else this.#join(users, row);
    }
    this.#counts[this.#stateOf(decision)] += 1;
    return decision;
  }

  #join(users: number[], row: number): void {
    if (users.length === 1) this.#recount('matched', 'duplicate');
    let at = users.length;
    while (at > 0 && (users[at - 1] ?? 0) > row) at -= 1;
    users.splice(at, 0, row);
  }

  #remove(row: number, decision: Decision): void {
    this.#counts[this.#stateOf(decision)] -= 1;
    if (decision.is !== 'target') return;
    const users = this.#users.get(decision.key) ?? [];
    // Made anew: `override` still holds the old one.
    const left = users.filter((other) => other !== row);
    if (left.length === 0) this.#users.delete(decision.key);
    else this.#users.set(decision.key, left);
    if (left.length === 1) this.#recount('duplicate', 'matched');
  }

  #recount(from: MatchState, to: MatchState): void {
    this.#counts[from] -= 1;
    this.#counts[to] += 1;
  }
}
