import * as l10n from '@vscode/l10n';
import { shortened } from '../../migration/inputFault.ts';
import type { SourceMailbox } from '../../migration/mailbox.ts';
import type { MailboxRules } from '../../migration/mailboxRules.ts';
import { MailboxMatching } from '../../migration/matching/mailboxMatching.ts';
import type { Match } from '../../migration/matching/mailboxMatching.ts';
import type { HandMatch, MatchRule } from '../../migration/matching/matchRule.ts';
import type { TargetMailbox } from '../../migration/matching/targetDirectory.ts';
import type { TargetsFound } from '../../migration/matching/targetLookup.ts';
import type { LookUp } from '../../migration/access/savedServers.ts';
import { addressKey, isOneAddress } from '../../migration/mailAddress.ts';
import { matchText } from '../../migration/migrationText.ts';
import { searchable } from '../../migration/picker/mailboxColumns.ts';
import type { JobMailbox } from '../../migration/jobDefinition.ts';
import type { Finding } from '../../verification/verification.ts';
import { matchStateText } from '../../migration/matching/matchStateText.ts';
import type { MatchesView, MatchRow } from './jobProtocol.ts';
import { stateChoices } from './stateChoices.ts';

export interface MatchListOptions {
  /** Asks the target which mailboxes it has. */
  readonly lookUp: (request: LookUp) => Promise<TargetsFound>;
  /** Why it could not be asked. */
  readonly explain: (error: unknown, targetId: string) => Promise<Finding>;
  readonly changed: () => void;
}

/** What decides where mailboxes go, but for what the target has. */
export interface MatchBasis {
  readonly sources: readonly SourceMailbox[];
  readonly targetId: string;
  readonly rules: readonly MatchRule[];
  readonly filter: Pick<MailboxRules, 'include' | 'exclude'>;
}

/** Mailboxes that a target is known to have. */
export interface KnownTargets {
  readonly targetId: string;
  readonly targets: readonly TargetMailbox[];
}

const matchStates = ['matched', 'ambiguous', 'missing', 'duplicate', 'excluded'] as const;
const nothing: MatchesView['counts'] = { matched: 0, ambiguous: 0, missing: 0, duplicate: 0, excluded: 0 };

/** Which mailbox goes to which: by the rules, what the target has, and what is decided by hand. */
export class MatchList {
  readonly #options: MatchListOptions;
  readonly #known: KnownTargets | undefined;
  #basis: MatchBasis | undefined;
  /** With the mailboxes that it is of: while others are matched, rows and targets stay those of these. */
  #matched: { readonly matching: MailboxMatching; readonly sources: readonly SourceMailbox[] } | undefined;
  #byHand: readonly HandMatch[];
  #targets: readonly TargetMailbox[] | undefined;
  #shown: readonly number[] = [];
  #filter: MatchesView['filter'] = { state: 'all', text: '' };
  #lookUp: MatchesView['lookUp'] = 'none';
  #asked = 0;
  #uncertain = 0;
  #finding: Finding | undefined;
  #stop: AbortController | undefined;
  #asking: Promise<void> = Promise.resolve();
  #round = 0;
  /** How many were made by hand. */
  #decisions = 0;
  #version = 0;

  /** @param known what was found out when the job was saved: it holds until the target is asked again */
  constructor(options: MatchListOptions, byHand: readonly HandMatch[], known?: KnownTargets) {
    this.#options = options;
    this.#byHand = byHand;
    this.#known = known;
  }

  get byHand(): readonly HandMatch[] {
    return this.#matched?.matching.byHand ?? this.#byHand;
  }

  get matchedCount(): number {
    return this.#matched?.matching.counts.matched ?? 0;
  }

  get view(): MatchesView {
    const { counts, length: total } = this.#matched?.matching ?? { counts: nothing, length: 0 };
    return {
      count: this.#shown.length,
      version: this.#version,
      counts,
      total,
      filter: this.#filter,
      states: stateChoices(matchStates, matchStateText, counts, total),
      lookUp: this.#lookUp,
      asked: this.#asked,
      uncertain: this.#uncertain,
      ...(this.#finding && { finding: this.#finding }),
    };
  }

  rows(offset: number, count: number): readonly MatchRow[] {
    if (this.#matched === undefined) return [];
    const { matching, sources } = this.#matched;
    return this.#shown.slice(offset, offset + count).flatMap((row) => {
      const source = sources[row];
      if (source === undefined) return [];
      const match = matching.row(row);
      return [
        {
          row,
          address: source.address,
          displayName: source.displayName ?? '',
          state: match.state,
          stateText: matchStateText(match.state),
          target: 'target' in match ? match.target : '',
          text: matchText(match, row, sources),
          candidates: match.state === 'ambiguous' ? match.candidates : [],
          byHand: isByHand(match),
        },
      ];
    });
  }

  /** Matches anew; what the target was asked before holds as long as the target is the same. */
  async match(basis: MatchBasis): Promise<void> {
    this.#byHand = this.byHand;
    if (this.#basis?.targetId !== basis.targetId) {
      this.#forget();
      if (this.#known?.targetId === basis.targetId) this.#targets = this.#known.targets;
    }
    this.#basis = basis;
    const { sources, rules, filter } = basis;
    this.#round += 1;
    const round = this.#round;
    let [matching, decisions]: [MailboxMatching | undefined, number] = [undefined, 0];
    do {
      decisions = this.#decisions;
      matching = await MailboxMatching.of({
        ...{ sources, rules: filter },
        settings: { rules: [...rules], byHand: [...this.byHand] },
        ...(this.#targets && { targets: this.#targets }),
      });
      if (round !== this.#round) return; // Another one was begun meanwhile, of later choices.
    } while (decisions !== this.#decisions); // Else what was decided by hand meanwhile would be lost.
    this.#matched = { matching, sources };
    this.#list();
  }

  /** Asks the target for what the rules name, then matches by what it has. */
  lookUp(): Promise<void> {
    this.#asking = this.#ask();
    return this.#asking;
  }

  async #ask(): Promise<void> {
    const basis = this.#basis;
    if (basis === undefined || basis.targetId === '') return;
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.#show('running');
    try {
      const { targets, uncertain } = await this.#options.lookUp({
        ...{ targetId: basis.targetId, sources: basis.sources, rules: basis.filter },
        settings: { rules: [...basis.rules], byHand: [...this.byHand] },
        signal: stop.signal,
        onProgress: (asked) => {
          if (this.#stop !== stop) return;
          this.#asked = asked;
          this.#options.changed();
        },
      });
      if (this.#stop !== stop) return;
      this.#targets = targets;
      this.#uncertain = uncertain.length;
      this.#show('done');
      await this.match(this.#basis ?? basis);
    } catch (error) {
      if (this.#stop !== stop) return;
      if (stop.signal.aborted) {
        this.#show('stopped');
        return;
      }
      let finding: Finding | undefined;
      try {
        finding = await this.#options.explain(error, basis.targetId);
      } finally {
        // Also of a target that nobody can say anything of: it would seem to be asked for ever.
        if (this.#stop === stop) this.#show('failed', finding);
      }
    }
  }

  /** What a file says the target has, in place of asking it. */
  async takeFile(targets: readonly TargetMailbox[]): Promise<void> {
    this.#forget();
    this.#targets = targets;
    this.#show('file');
    if (this.#basis) await this.match(this.#basis);
  }

  stop(): void {
    this.#stop?.abort();
  }

  /** Done when the target has answered, or is not asked. */
  async settled(): Promise<void> {
    await this.#asking.catch(() => undefined); // Whoever has asked is told.
  }

  /** Why a text cannot be the target of a mailbox; undefined: it can. */
  targetFault(target: string): string | undefined {
    return isOneAddress(target.trim())
      ? undefined
      : l10n.t('“{0}” is not an e-mail address.', shortened(target.trim()));
  }

  /** Shows these only. */
  filter(filter: MatchesView['filter']): void {
    this.#filter = filter;
    this.#list();
  }

  decide(row: number, choice: { readonly target: string } | 'skip' | undefined): void {
    const matching = this.#matched?.matching;
    if (matching === undefined || row >= matching.length) return; // Of before the last change.
    matching.override(row, choice);
    this.#decisions += 1;
    this.#list();
  }

  /** The mailboxes as a job keeps them: each with what has become of it. */
  mailboxes(): readonly JobMailbox[] {
    if (this.#matched === undefined) return this.#basis?.sources ?? [];
    const { matching, sources } = this.#matched;
    return sources.map((source, row) => {
      const match = matching.row(row);
      return {
        ...source,
        match: match.state === 'matched' ? { state: 'matched', target: match.target } : { state: match.state },
      };
    });
  }

  #forget(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#targets = undefined;
    this.#lookUp = 'none';
    this.#finding = undefined;
    this.#asked = 0;
    this.#uncertain = 0;
  }

  #show(lookUp: MatchesView['lookUp'], finding?: Finding): void {
    this.#lookUp = lookUp;
    this.#finding = finding;
    this.#options.changed();
  }

  #list(): void {
    const matching = this.#matched?.matching;
    const { state, text } = this.#filter;
    const rows =
      matching === undefined ? [] : state === 'all' ? [...Array(matching.length).keys()] : matching.rowsIn(state);
    const wanted = searchable(text.trim());
    this.#shown = wanted === '' ? rows : rows.filter((row) => this.#searched(row).includes(wanted));
    this.#version += 1;
    this.#options.changed();
  }

  #searched(row: number): string {
    const { address = '', displayName = '' } = this.#matched?.sources[row] ?? {};
    return searchable(`${displayName}\n${addressKey(address)}`);
  }
}

function isByHand(match: Match): boolean {
  if (match.state === 'matched') return match.by === 'hand';
  return match.state === 'excluded' && 'byHand' in match.because;
}
