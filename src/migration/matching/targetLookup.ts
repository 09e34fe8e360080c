import type { Asking } from '../../ews/askEws.ts';
import { resolveNames } from '../../ews/resolveNames.ts';
import type { Resolutions } from '../../ews/resolveNames.ts';
import { ServerPace } from '../../ews/serverPace.ts';
import type { PaceClock } from '../../ews/serverPace.ts';
import { addressKey, localPart } from '../mailAddress.ts';
import { judgeBy } from '../mailboxRules.ts';
import { Pace } from '../pace.ts';
import { ShardedMap } from '../shardedMap.ts';
import { Decider } from './decide.ts';
import { FoundTargets, readAnswer } from './lookupAnswers.ts';
import type { KnownAnswer } from './lookupAnswers.ts';
import type { MatchInput } from './mailboxMatching.ts';
import type { TargetMailbox } from './targetDirectory.ts';

export interface LookupOptions {
  /** Ends the asking; it then throws the signal's reason. The requests of `asking` are to end with it as well. */
  readonly signal: AbortSignal;
  /** Sources that are done, now and then. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Requests at once; 4 unless told. */
  readonly atOnce?: number;
  /** For waiting when the server has no time. */
  readonly clock?: PaceClock;
}

/** What was found for some sources. */
export interface TargetsFound {
  /** For `MailboxMatching`. All that were ever found, each once. */
  readonly targets: readonly TargetMailbox[];
  /**
   * Of what was asked for these sources: what begins more addresses than an answer holds, or found mailboxes by addresses
   * that the server does not tell. Some targets may be missing.
   */
  readonly uncertain: readonly string[];
}

/** Begins any SMTP address. */
const prefix = 'smtp:';
const usuallyAtOnce = 4;
const sourcesBetweenLooks = 64;

/**
 * Finds the mailboxes of a target that the sources are to go to, by asking an Exchange server that tells its directory in no
 * other way. Asks what the rules need and no more: nothing for a source that is excluded, and for a rule only where the ones
 * before it found nothing. What was answered is never asked again, whatever rules and sources come later.
 */
export class TargetLookup {
  /** What was asked, or is being asked, without the prefix. */
  readonly #answers = new ShardedMap<Answer>();
  readonly #targets = new FoundTargets();

  /** @throws EwsError, AnswerError, TransportError: a later call goes on from there; the signal's reason */
  async find(
    asking: Asking,
    input: Pick<MatchInput, 'sources' | 'settings' | 'rules'>,
    { signal, onProgress, atOnce = usuallyAtOnce, clock }: LookupOptions,
  ): Promise<TargetsFound> {
    const pace = new Pace({ signal, onProgress });
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    const server = new ServerPace({ signal: either, clock });
    const byHand = new Map(input.settings.byHand.map((match) => [addressKey(match.source), match]));
    const judge = judgeBy(input.rules);
    const uncertain = new Set<string>();
    const sources = input.sources.values();
    let done = 0;

    const worker = async (): Promise<void> => {
      const directory = new AskingDirectory((question) => this.#answers.get(question)?.known);
      const decider = new Decider(input.settings.rules, judge, directory);
      for (const source of sources) {
        for (;;) {
          directory.begin();
          decider.decide(source, byHand.get(addressKey(source.address)));
          const { question } = directory;
          if (question === undefined) break;
          await this.#ask(question, (entry) => server.ask(() => resolveNames(asking, entry)));
          either.throwIfAborted();
          if (pace.isOver) await pace.next(done);
        }
        for (const used of directory.used) if (this.#answers.get(used)?.known?.isCertain === false) uncertain.add(used);
        done += 1;
        if (done % sourcesBetweenLooks === 0 && pace.isOver) await pace.next(done);
      }
    };
    const failures: unknown[] = [];
    const endAll = (error: unknown): void => {
      failures.push(error);
      stop.abort(error);
    };
    await Promise.all(Array.from({ length: atOnce }, () => worker().catch(endAll)));
    signal.throwIfAborted();
    if (failures.length > 0) throw failures[0];
    onProgress?.(done);
    return { targets: this.#targets.all, uncertain: [...uncertain] };
  }

  /** Each question once, also of several at the same time. */
  async #ask(question: string, resolve: (entry: string) => Promise<Resolutions>): Promise<void> {
    const before = this.#answers.get(question);
    if (before !== undefined) {
      // It may be of another call, which is cancelled or fails: then the question is still there.
      await before.arrived.catch(() => undefined);
      return;
    }
    const arrived = resolve(prefix + question).then(
      (resolutions) => {
        this.#answers.set(question, { known: readAnswer(question, resolutions, this.#targets), arrived });
      },
      (error: unknown) => {
        this.#answers.delete(question); // A later one asks anew.
        throw error;
      },
    );
    this.#answers.set(question, { known: undefined, arrived });
    await arrived;
  }
}

interface Answer {
  /** Undefined: it is being asked. */
  readonly known: KnownAnswer | undefined;
  readonly arrived: Promise<void>;
}

/**
 * Stands for the target's directory while it is not known: notes the first question without an answer, and answers it so
 * that nothing else is asked before.
 */
class AskingDirectory {
  readonly #answerTo: (question: string) => KnownAnswer | undefined;
  /** What has to be asked before it can be decided; undefined: it is decided. */
  question: string | undefined;
  /** Questions that the decision rests on. */
  used: string[] = [];

  constructor(answerTo: (question: string) => KnownAnswer | undefined) {
    this.#answerTo = answerTo;
  }

  begin(): void {
    this.question = undefined;
    this.used = [];
  }

  withAddress(key: string): readonly string[] {
    return this.#answer(key);
  }

  withLocalPart(key: string): readonly string[] {
    return this.#answer(`${localPart(key)}@`);
  }

  #answer(question: string): readonly string[] {
    const known = this.#answerTo(question);
    this.used.push(question);
    if (known !== undefined) return known.targets;
    this.question ??= question;
    return [question];
  }
}
