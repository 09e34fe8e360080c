import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { findShape, readingOf } from '../../src/migration/csv/csvShape.ts';
import { readMailboxCsv } from '../../src/migration/csv/mailboxCsv.ts';
import type { DirectoryMailbox } from '../../src/migration/mailbox.ts';
import { MailboxIndex } from '../../src/migration/mailboxIndex.ts';
import { MailboxMatching } from '../../src/migration/matching/mailboxMatching.ts';
import type { MatchInput } from '../../src/migration/matching/mailboxMatching.ts';
import { Pace } from '../../src/migration/pace.ts';
import { longestSlice } from '../unit/support/longestSlice.ts';
import type { LongestSlice } from '../unit/support/longestSlice.ts';
import { manyMailboxes } from '../unit/support/manyMailboxes.ts';
import { against, figureOf, report } from './figures.ts';

const runs = 9;
const rows = 100_000;
/** Milliseconds. */
const longestMatching = 2000;
const longestKeystroke = 50;
const longestOpening = 150;
const longestBlock = 50;
/** Of the index, in bytes. */
const largestIndex = 300_000_000;

/** What a migration job's mailboxes take, in this process: reading a file of them, matching, picking. */
export async function measureJobs(): Promise<void> {
  await measureMatching();
  await measureMillion();
  await measurePicker();
}

async function measureMatching(): Promise<void> {
  const file = csvOf(rows);
  const targets = manyMailboxes(rows).map((_, at) => ({ address: `user${at}@new.example` }));
  const read: number[] = [];
  const matched: number[] = [];
  const overridden: number[] = [];
  const work = async (): Promise<void> => {
    const start = performance.now();
    const { mailboxes } = await readMailboxCsv(file, readingOf(await findShape(file, new Pace())));
    const parsed = performance.now();
    const matching = await MailboxMatching.of(inputOf(mailboxes, targets));
    const end = performance.now();
    matching.override(rows / 2, { target: 'user1@new.example' });
    read.push(parsed - start);
    matched.push(end - start);
    overridden.push(performance.now() - end);
  };
  for (let run = 0; run < runs; run++) await work();
  const whole = figureOf(matched);
  const block = await longestSlice(work);
  report('CSV read and matched', {
    ...{ rows, unit: 'ms', ...whole, ...against(longestMatching, whole.median), read: figureOf(read) },
    override: { unit: 'µs', ...figureOf(overridden.map((ms) => ms * 1000)) },
    longestBlock: blockOf(block),
  });
}

async function measureMillion(): Promise<void> {
  const file = csvOf(1_000_000);
  const durations: number[] = [];
  const work = async (): Promise<void> => {
    const start = performance.now();
    await readMailboxCsv(file, readingOf(await findShape(file, new Pace())));
    durations.push(performance.now() - start);
  };
  const block = await longestSlice(work);
  for (let run = 0; run < 2; run++) await work();
  report('CSV read', {
    rows: 1_000_000,
    bytes: file.length,
    unit: 'ms',
    ...figureOf(durations),
    longestBlock: blockOf(block),
  });
}

async function measurePicker(): Promise<void> {
  const mailboxes = manyMailboxes(rows);
  const opened: number[] = [];
  const keystrokes: number[] = [];
  const sorts: number[] = [];
  let bytes = 0;
  for (let run = 0; run < runs; run++) {
    const before = heapUsed();
    const start = performance.now();
    const index = filledIndex(mailboxes);
    index.window(0, 50);
    opened.push(performance.now() - start);
    bytes = heapUsed() - before;
    const sort = performance.now();
    await index.sortBy('displayName', false);
    sorts.push(performance.now() - sort);
    keystrokes.push(Math.max(...['muller 4', 'user99', 'zzz'].flatMap((text) => typed(index, text))));
  }
  const opening = figureOf(opened);
  const keystroke = figureOf(keystrokes);
  const filled = filledIndex(mailboxes);
  const block = await longestSlice(async () => filled.sortBy('displayName', false));
  report('picker opens', { rows, unit: 'ms', ...opening, ...against(longestOpening, opening.median) });
  report('picker, slowest keystroke', {
    rows,
    unit: 'ms',
    ...keystroke,
    ...against(longestKeystroke, keystroke.median),
  });
  report('picker sorts', {
    rows,
    unit: 'ms',
    ...figureOf(sorts),
    longestBlock: blockOf(block),
  });
  report('picker memory', { rows, bytes, ...against(largestIndex, bytes) });
}

/** Of this thread's own time, which other programs do not spoil; and by the clock. */
function blockOf({ cpu, wall }: LongestSlice): object {
  return { unit: 'ms', cpu: Math.round(cpu), wall: Math.round(wall), ...against(longestBlock, Math.round(cpu)) };
}

/** By pages, as the directory gives them. */
function filledIndex(mailboxes: readonly DirectoryMailbox[]): MailboxIndex {
  const index = new MailboxIndex();
  for (let at = 0; at < mailboxes.length; at += 1000) index.add(mailboxes.slice(at, at + 1000));
  return index;
}

/** Milliseconds of each keystroke of a text, and of each that takes a letter away again. */
function typed(index: MailboxIndex, text: string): readonly number[] {
  const lengths = Array.from({ length: text.length }, (_, at) => at + 1);
  return [...lengths, ...lengths.toReversed().map((length) => length - 1)].map((length) => {
    const start = performance.now();
    index.show({ text: text.slice(0, length) });
    index.window(0, 50);
    return performance.now() - start;
  });
}

function inputOf(sources: MatchInput['sources'], targets: MatchInput['targets'] & {}): MatchInput {
  const rewrite = { by: 'pattern', from: '*@old.example', to: '*@new.example' } as const;
  const settings = { rules: [{ by: 'file' } as const, { by: 'sameAddress' } as const, rewrite], byHand: [] };
  return { sources, targets, settings, rules: { include: ['*@old.example'], exclude: ['test-*@*'] } };
}

/** Every other row says where it goes. */
function csvOf(count: number): Uint8Array {
  const lines = ['EmailAddress;DisplayName;TargetMailbox'];
  for (let at = 0; at < count; at++) {
    lines.push(`user${at}@old.example;"Meier; Zoë ${at}";${at % 2 === 0 ? `user${at}@new.example` : ''}`);
  }
  return Buffer.from(lines.join('\r\n'));
}

/** Without what could be thrown away. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void; // V8's, which has no type.
  collect();
  const { heapUsed: heap, arrayBuffers } = process.memoryUsage();
  return heap + arrayBuffers;
}
