import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { findShape, readingOf } from '../../../src/migration/csv/csvShape.ts';
import { readMailboxCsv } from '../../../src/migration/csv/mailboxCsv.ts';
import type { SourceMailbox } from '../../../src/migration/mailbox.ts';
import { addressKey } from '../../../src/migration/mailAddress.ts';
import { MailboxMatching, matchStates } from '../../../src/migration/matching/mailboxMatching.ts';
import type { Match, MatchInput } from '../../../src/migration/matching/mailboxMatching.ts';
import { matchingSettings } from '../../../src/migration/matching/matchRule.ts';
import type { HandMatch, MatchRule } from '../../../src/migration/matching/matchRule.ts';
import { matchText } from '../../../src/migration/migrationText.ts';
import { Pace } from '../../../src/migration/pace.ts';
import { bestLongestSlice } from '../support/longestSlice.ts';

const toNew: MatchRule = { by: 'pattern', from: '*@old.example', to: '*@new.example' };
const everything = { include: [], exclude: [] };

function input(
  sources: readonly (string | SourceMailbox)[],
  rules: readonly MatchRule[],
  more: Partial<MatchInput> = {},
): MatchInput {
  return {
    sources: sources.map((source) => (typeof source === 'string' ? { address: source } : source)),
    settings: { rules: [...rules], byHand: [] },
    rules: everything,
    ...more,
  };
}

const all = (matching: MailboxMatching): readonly Match[] =>
  Array.from({ length: matching.length }, (_, row) => matching.row(row));
const targets = [
  { address: 'anna@new.example', aliases: ['anna@old.example', 'a.meier@new.example'] },
  { address: 'Bert@new.example' },
  { address: 'bert@other.example' },
];

describe('A source is matched', () => {
  const single: readonly (readonly [string, string | SourceMailbox, readonly MatchRule[], Match])[] = [
    [
      'by the same address, which may be an alias',
      'ANNA@old.example',
      [{ by: 'sameAddress' }],
      { state: 'matched', target: 'anna@new.example', by: 'sameAddress' },
    ],
    [
      'by its local part',
      'anna@old.example',
      [{ by: 'sameLocalPart' }],
      { state: 'matched', target: 'anna@new.example', by: 'sameLocalPart' },
    ],
    [
      'by the local part of an alias',
      'a.meier@old.example',
      [{ by: 'sameLocalPart' }],
      { state: 'matched', target: 'anna@new.example', by: 'sameLocalPart' },
    ],
    [
      'ambiguously, if two have its local part',
      'bert@old.example',
      [{ by: 'sameLocalPart' }],
      { state: 'ambiguous', candidates: ['Bert@new.example', 'bert@other.example'] },
    ],
    ['by a pattern', 'bert@old.example', [toNew], { state: 'matched', target: 'Bert@new.example', by: 'pattern' }],
    [
      'by the first rule that finds something',
      'bert@old.example',
      [{ by: 'sameAddress' }, toNew, { by: 'sameLocalPart' }],
      { state: 'matched', target: 'Bert@new.example', by: 'pattern' },
    ],
    [
      'by its file',
      { address: 'x@old.example', target: 'A.Meier@new.example' },
      [{ by: 'file' }],
      { state: 'matched', target: 'anna@new.example', by: 'file' },
    ],
    [
      'by its file and nothing else, if the file says where',
      { address: 'bert@old.example', target: 'no@new.example' },
      [{ by: 'file' }, toNew],
      { state: 'missing', wanted: 'no@new.example' },
    ],
    [
      'by a rule, if the file says nothing',
      'bert@old.example',
      [{ by: 'file' }, toNew],
      { state: 'matched', target: 'Bert@new.example', by: 'pattern' },
    ],
    [
      'with nothing: what was wanted is not there',
      'carl@old.example',
      [toNew],
      { state: 'missing', wanted: 'carl@new.example' },
    ],
    ['with nothing: no rule fits', 'carl@else.example', [toNew], { state: 'missing' }],
    ['with nothing: there is no rule', 'carl@else.example', [], { state: 'missing' }],
  ];
  for (const [how, source, rules, expected] of single) {
    it(how, async () => {
      const matching = await MailboxMatching.of(input([source], rules, { targets }));
      assert.deepEqual(matching.row(0), expected);
      assert.equal(matching.counts[expected.state], 1);
      assert.deepEqual(matching.rowsIn(expected.state), [0]);
    });
  }

  it('by what a rule says, while nobody knows what is on the target', async () => {
    const matching = await MailboxMatching.of(
      input(['x@old.example', 'y@z.example'], [toNew, { by: 'sameLocalPart' }]),
    );
    assert.deepEqual(all(matching), [
      { state: 'matched', target: 'x@new.example', by: 'pattern' },
      { state: 'missing' },
    ]);
  });

  it('not at all, if a rule or somebody leaves it out', async () => {
    const byHand: HandMatch[] = [{ source: 'Bert@old.example', action: 'skip' }];
    const matching = await MailboxMatching.of(
      input(['anna@old.example', 'bert@old.example'], [toNew], {
        targets,
        settings: { rules: [toNew], byHand },
        rules: { include: [], exclude: ['anna*'] },
      }),
    );
    assert.deepEqual(all(matching), [
      { state: 'excluded', because: { excludedBy: 'anna*' } },
      { state: 'excluded', because: { byHand: true } },
    ]);
  });
});

describe('A target that two sources have', () => {
  const sources: readonly SourceMailbox[] = [
    { address: 'anna@old.example', place: { in: 'file', row: 2, line: 2 } },
    { address: 'bert@old.example', place: { in: 'file', row: 3, line: 3 } },
    { address: 'a.meier@old.example', place: { in: 'file', row: 4, line: 4 } },
  ];
  const matchAll = async () => MailboxMatching.of(input(sources, [toNew], { targets }));

  it('is told at both, each naming the other with its row; also when they write it differently', async () => {
    const matching = await matchAll();
    assert.deepEqual(matching.rowsIn('duplicate'), [0, 2]);
    assert.deepEqual(matching.counts, { matched: 1, ambiguous: 0, missing: 0, duplicate: 2, excluded: 0 });
    const text = (row: number) => matchText(matching.row(row), row, sources);
    assert.equal(
      text(0),
      'anna@new.example is the target of a.meier@old.example (row 4), too. Choose another one for all but one of them.',
    );
    assert.equal(
      text(2),
      'anna@new.example is the target of anna@old.example (row 2), too. Choose another one for all but one of them.',
    );
  });

  it('is right again when one gets another target, and both are told to have changed', async () => {
    const matching = await matchAll();
    assert.deepEqual(matching.override(2, 'skip'), [0, 2]);
    assert.equal(matching.row(0).state, 'matched');
    assert.deepEqual(matching.override(2, { target: 'bert@new.example' }), [1, 2]);
    assert.deepEqual(matching.rowsIn('duplicate'), [1, 2]);
    assert.deepEqual(matching.override(2, undefined), [0, 1, 2]);
    assert.deepEqual(matching.rowsIn('duplicate'), [0, 2]);
    assert.deepEqual(matching.byHand, []);
    assert.throws(() => matching.override(3, 'skip'), RangeError);
    assert.throws(() => matching.row(3), RangeError);
  });

  it('is told with the rows of the file that says so', async () => {
    const text = 'SourceMailbox;TargetMailbox\na@old.example;x@new.example\n\nb@old.example;X@NEW.example\n';
    const file = Buffer.from(text);
    const { mailboxes, faults } = await readMailboxCsv(file, readingOf(await findShape(file, new Pace())));
    assert.deepEqual(faults, []);
    const matching = await MailboxMatching.of(input(mailboxes, [{ by: 'file' }]));
    assert.match(
      matchText(matching.row(0), 0, mailboxes),
      /^x@new.example is the target of b@old.example \(row 4\), too/,
    );
    assert.match(
      matchText(matching.row(1), 1, mailboxes),
      /^X@NEW.example is the target of a@old.example \(row 2\), too/,
    );
  });

  it('names a few of many, and how many more there are', async () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => ({
      address: `${letter}@old.example`,
      target: 'x@new.example',
    }));
    for (const [count, end] of [
      [4, 'd@old.example,'],
      [5, 'd@old.example and one more,'],
      [6, 'd@old.example and 2 more,'],
    ] as const) {
      const some = many.slice(0, count);
      const matching = await MailboxMatching.of(input(some, [{ by: 'file' }]));
      assert.match(matchText(matching.row(0), 0, some), new RegExp(`b@old.example, c@old.example, ${end}`));
    }
  });
});

it('Every other state is told in a sentence', async () => {
  const sources = ['bert@old.example', 'x@old.example', 'y@z.example'].map((address) => ({ address }));
  const matching = await MailboxMatching.of(input(sources, [{ by: 'sameLocalPart' }, toNew], { targets }));
  assert.deepEqual(
    all(matching).map((match, row) => matchText(match, row, sources)),
    [
      'Several mailboxes of the target fit: Bert@new.example, bert@other.example. Choose one.',
      'x@new.example is not on the target. Create it there, or choose another one.',
      'No rule says where this mailbox goes. Choose a target.',
    ],
  );
});

describe('Matching', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const address = fc
    .tuple(name, fc.constantFrom('old.example', 'new.example'))
    .map(([local, domain]) => `${local}@${domain}`);
  const rule: fc.Arbitrary<MatchRule> = fc.constantFrom<MatchRule>(
    { by: 'file' },
    { by: 'sameAddress' },
    { by: 'sameLocalPart' },
    toNew,
  );
  const source = fc.record({ address, target: address }, { requiredKeys: ['address'] });
  const wanted = fc.record({
    sources: fc.uniqueArray(source, { selector: (each) => addressKey(each.address), maxLength: 8 }),
    targets: fc.option(
      fc.uniqueArray(fc.record({ address, aliases: fc.array(address, { maxLength: 2 }) }), {
        maxLength: 6,
        selector: (each) => each.address,
      }),
      { nil: undefined },
    ),
    rules: fc.uniqueArray(rule, { maxLength: 4 }),
    exclude: fc.array(fc.constantFrom('a@*', '*@new.example'), { maxLength: 1 }),
    steps: fc.array(
      fc.tuple(
        fc.nat(7),
        fc.oneof(fc.constant('skip' as const), fc.constant(undefined), fc.record({ target: address })),
      ),
      { maxLength: 8 },
    ),
  });

  it('holds: states add up, duplicates name each other, and a change here is as if all were matched anew', async () => {
    await fc.assert(
      fc.asyncProperty(wanted, async ({ sources, targets: there, rules, exclude, steps }) => {
        const given = (byHand: readonly HandMatch[]): MatchInput => ({
          sources,
          ...(there && { targets: there }),
          settings: { rules, byHand: [...byHand] },
          rules: { include: [], exclude },
        });
        const matching = await MailboxMatching.of(given([]));
        for (const [at, choice] of steps) {
          if (at >= sources.length) continue;
          const before = all(matching);
          const changed = matching.override(at, choice);
          for (const [row, match] of all(matching).entries()) {
            if (!changed.includes(row)) assert.deepEqual(match, before[row]);
          }
        }
        const anew = await MailboxMatching.of(given(matching.byHand));
        assert.deepEqual(all(anew), all(matching));
        assert.deepEqual(anew.counts, matching.counts);
        check(
          matching,
          there?.map((each) => each.address),
        );
      }),
      { numRuns: 1000 },
    );
  });

  function check(matching: MailboxMatching, there: readonly string[] | undefined): void {
    const used = new Set<string>();
    for (const [row, match] of all(matching).entries()) {
      if (match.state === 'matched') {
        assert.ok(!used.has(addressKey(match.target)), 'a matched target is nobody else’s');
        used.add(addressKey(match.target));
        assert.ok(there?.includes(match.target) ?? true);
      }
      if (match.state === 'duplicate') {
        assert.ok(match.rows.length > 1 && match.rows.includes(row));
        for (const other of match.rows) assert.deepEqual(matching.row(other), match);
      }
      if (match.state === 'ambiguous') assert.ok(new Set(match.candidates).size > 1);
    }
    for (const state of matchStates) assert.equal(matching.rowsIn(state).length, matching.counts[state]);
    assert.equal(
      matchStates.reduce((sum, state) => sum + matching.counts[state], 0),
      matching.length,
    );
  }

  it('100,000 mailboxes go in slices, can be given up, and one override takes less than a hundredth of the time', async function () {
    this.timeout(30_000);
    const sources = Array.from({ length: 100_000 }, (_, at) => ({ address: `user${at}@old.example` }));
    const there = sources.map((_, at) => ({ address: `user${at}@new.example` }));
    const many = input(sources, [{ by: 'sameAddress' }, toNew], { targets: there });
    const start = performance.now();
    const matching = await MailboxMatching.of(many);
    const whole = performance.now() - start;
    assert.equal(matching.counts.matched, 100_000);
    const changes = 100;
    const begin = performance.now();
    for (let row = 0; row < changes; row++) matching.override(row, { target: `user${row + 1}@new.example` });
    const one = (performance.now() - begin) / changes;
    assert.ok(one < whole / 100, `${one} ms of ${whole}`);
    const cpu = await bestLongestSlice(50, async () => MailboxMatching.of(many));
    assert.ok(cpu < 50, `${cpu} ms at a stretch`);
    const controller = new AbortController();
    const given = MailboxMatching.of(many, { signal: controller.signal, onProgress: () => controller.abort() });
    await assert.rejects(given, { name: 'AbortError' });
  });

  it('has settings that can be saved, and refuses those that say nothing', () => {
    const settings = { rules: [toNew, { by: 'file' }], byHand: [{ source: 'a@x', action: 'use', target: 'b@y' }] };
    assert.deepEqual(matchingSettings.parse(settings), settings);
    for (const wrong of [{ by: 'pattern', from: 'a@x', to: '*@y' }, { by: 'magic' }]) {
      assert.ok(!matchingSettings.safeParse({ rules: [wrong], byHand: [] }).success);
    }
  });
});
