import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { EwsError } from '../../../src/ews/ewsError.ts';
import { MailboxMatching } from '../../../src/migration/matching/mailboxMatching.ts';
import type { Match, MatchInput } from '../../../src/migration/matching/mailboxMatching.ts';
import { TargetLookup } from '../../../src/migration/matching/targetLookup.ts';
import type { LookupOptions, TargetsFound } from '../../../src/migration/matching/targetLookup.ts';
import type { MatchingSettings } from '../../../src/migration/matching/matchRule.ts';
import type { SourceMailbox } from '../../../src/migration/mailbox.ts';
import { LookupBench } from '../support/lookupBench.ts';
import { InstantPace, ManualPace } from '../support/manualPace.ts';
import { until } from '../support/until.ts';
import { FoundTargets, readAnswer } from '../../../src/migration/matching/lookupAnswers.ts';
import type { Resolution } from '../../../src/ews/resolveNames.ts';

const toNew = { by: 'pattern', from: '*@old.example', to: '*@new.example' } as const;
const all = { include: [], exclude: [] };

describe('Targets asked for', () => {
  let bench: LookupBench;
  let lookup: TargetLookup;
  before(async () => {
    bench = await LookupBench.start();
  });
  beforeEach(() => {
    bench.server.reset();
    lookup = new TargetLookup();
  });
  after(() => bench.close());

  const inputOf = (
    sources: readonly (string | SourceMailbox)[],
    rules: MatchingSettings['rules'],
    more: Partial<MatchInput> & { readonly byHand?: MatchingSettings['byHand'] } = {},
  ): MatchInput => ({
    sources: sources.map((source) => (typeof source === 'string' ? { address: source } : source)),
    settings: { rules, byHand: more.byHand ?? [] },
    rules: more.rules ?? all,
  });
  const find = (input: MatchInput, options: Partial<LookupOptions> = {}): Promise<TargetsFound> => {
    const { signal = new AbortController().signal } = options;
    return lookup.find(bench.asking(signal), input, { signal, ...options });
  };
  const matched = async (input: MatchInput): Promise<readonly Match[]> => {
    const { targets } = await find(input);
    const matching = await MailboxMatching.of({ ...input, targets });
    return input.sources.map((_, row) => matching.row(row));
  };
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => assert.fail('It did not fail.'),
      (error: unknown) => error,
    );

  it('by the same address, also one that is not the primary one', async () => {
    bench.recipients({ address: 'anna@new.example', aliases: ['anna@old.example'] }, { address: 'ben@old.example' });
    assert.deepEqual(await matched(inputOf(['Anna@old.example', 'ben@old.example'], [{ by: 'sameAddress' }])), [
      { state: 'matched', target: 'anna@new.example', by: 'sameAddress' },
      { state: 'matched', target: 'ben@old.example', by: 'sameAddress' },
    ]);
  });

  it('by a pattern, by the file and by hand; what is not there is missing', async () => {
    bench.recipients({ address: 'anna@new.example' }, { address: 'x@new.example' }, { address: 'y@new.example' });
    const sources = [
      ...['anna@old.example', 'ben@old.example'],
      ...[
        { address: 'carl@old.example', target: 'x@new.example' },
        { address: 'dora@old.example', target: 'no@new.example' },
      ],
      ...['erna@old.example', 'fred@old.example'],
    ];
    const byHand = [
      { source: 'erna@old.example', action: 'use' as const, target: 'y@new.example' },
      { source: 'fred@old.example', action: 'skip' as const },
    ];
    assert.deepEqual(await matched(inputOf(sources, [{ by: 'file' }, toNew], { byHand })), [
      { state: 'matched', target: 'anna@new.example', by: 'pattern' },
      { state: 'missing', wanted: 'ben@new.example' },
      { state: 'matched', target: 'x@new.example', by: 'file' },
      { state: 'missing', wanted: 'no@new.example' },
      { state: 'matched', target: 'y@new.example', by: 'hand' },
      { state: 'excluded', because: { byHand: true } },
    ]);
    assert.equal(bench.asked, 5);
  });

  it('never to an address that a job could not keep', () => {
    const odd: Resolution = {
      ...{ name: 'Anna', address: '"an na"@new.example', routingType: 'SMTP', type: 'Mailbox' },
      ...{ smtpAddresses: ['"an na"@new.example', 'anna@new.example'], areAllTold: true },
    };
    const targets = new FoundTargets();
    const answer = readAnswer('anna@new.example', { found: [odd], isComplete: true }, targets);
    assert.deepEqual([answer, targets.all], [{ targets: [], isCertain: false }, []]);
  });

  it('by the local part: several are ambiguous', async () => {
    bench.recipients(
      ...[{ address: 'anna@a.example' }, { address: 'anna@b.example' }, { address: 'annabel@a.example' }],
      ...[{ address: 'ben@a.example', aliases: ['benjamin@a.example'] }],
    );
    const sources = ['anna@old.example', 'benjamin@old.example', 'carl@old.example'];
    assert.deepEqual(await matched(inputOf(sources, [{ by: 'sameLocalPart' }])), [
      { state: 'ambiguous', candidates: ['anna@a.example', 'anna@b.example'] },
      { state: 'matched', target: 'ben@a.example', by: 'sameLocalPart' },
      { state: 'missing' },
    ]);
  });

  it('by the rules in their order, and no further than the first that finds one', async () => {
    bench.recipients({ address: 'anna@old.example' }, { address: 'ben@new.example' });
    const rules = [{ by: 'sameAddress' } as const, toNew, { by: 'sameLocalPart' } as const];
    const input = inputOf(['anna@old.example', 'ben@old.example', 'carl@old.example'], rules);
    const states = (await matched(input)).map(({ state }) => state);
    assert.deepEqual(states, ['matched', 'matched', 'missing']);
    assert.equal(bench.asked, 1 + 2 + 3);
  });

  it('not for what is excluded', async () => {
    const rules = { include: ['*@old.example'], exclude: ['test-*@*'] };
    await find(inputOf(['test-1@old.example', 'a@else.example'], [{ by: 'sameAddress' }], { rules }));
    assert.equal(bench.asked, 0);
  });

  it('once, however many sources and rules come to the same question', async () => {
    const sources = ['anna@a.example', 'anna@b.example', { address: 'x@c.example', target: 'Anna@new.example' }];
    const rules = [{ by: 'file' } as const, { by: 'pattern', from: '*@*', to: '*@new.example' } as const];
    await find(inputOf(sources, rules));
    assert.equal(bench.asked, 1);
    await find(inputOf([...sources, 'ben@a.example'], rules));
    assert.equal(bench.asked, 2);
  });

  it('among mailboxes only: a contact or a list with the same address is none', async () => {
    bench.recipients(
      { address: 'anna@old.example', type: 'Contact' },
      { address: 'all@old.example', type: 'PublicDL' },
      { address: 'team@old.example', type: 'GroupMailbox' },
    );
    const sources = ['anna@old.example', 'all@old.example', 'team@old.example'];
    const matches = await matched(inputOf(sources, [{ by: 'sameAddress' }]));
    assert.deepEqual(new Set(matches.map(({ state }) => state)), new Set(['missing']));
    // A mailbox of the same name beside the contact is found.
    lookup = new TargetLookup();
    bench.recipients(
      { address: 'anna@old.example', type: 'Contact' },
      { address: 'a@x.example', aliases: ['anna@old.example'] },
    );
    assert.deepEqual(await matched(inputOf(['anna@old.example'], [{ by: 'sameAddress' }])), [
      { state: 'matched', target: 'a@x.example', by: 'sameAddress' },
    ]);
  });

  it('not by an address that only begins alike', async () => {
    bench.recipients({ address: 'anna@old.example.org' });
    const found = await find(inputOf(['anna@old.example'], [{ by: 'sameAddress' }]));
    assert.deepEqual(found, { targets: [], uncertain: [] });
  });

  it('by an address that the answer has no room for, if it is a whole one', async () => {
    const aliases = ['b@x.example', 'c@x.example', 'anna@old.example'];
    bench.recipients({ address: 'a@x.example', aliases });
    assert.deepEqual(await matched(inputOf(['anna@old.example'], [{ by: 'sameAddress' }])), [
      { state: 'matched', target: 'a@x.example', by: 'sameAddress' },
    ]);
    const byLocalPart = await find(inputOf(['anna@else.example'], [{ by: 'sameLocalPart' }]));
    assert.deepEqual(byLocalPart.uncertain, ['anna@']);
  });

  it('with its SMTP address where the answer has another one', async () => {
    bench.recipients({ address: 'anna@old.example', routing: 'EX' });
    const { targets } = await find(inputOf(['anna@old.example'], [{ by: 'sameAddress' }]));
    assert.deepEqual(targets, [{ address: 'anna@old.example' }]);
  });

  it('says where an answer has not all of them', async () => {
    bench.recipients(...Array.from({ length: 120 }, (_, at) => ({ address: `anna@d${at}.example` })));
    const { targets, uncertain } = await find(inputOf(['anna@old.example', 'b@x.example'], [{ by: 'sameLocalPart' }]));
    assert.equal(targets.length, 100);
    assert.deepEqual(uncertain, ['anna@']);
  });

  for (const [form, ms] of [
    ['serverBusy', 7000],
    ['innerServerBusy', 7000],
    ['http503', 9000],
  ] as const) {
    it(`after the time that a server without time (${form}) wants`, async () => {
      bench.recipients({ address: 'anna@old.example' });
      bench.server.patch({ ews: { busy: { form, times: 2, backOffMs: 7000, retryAfterSeconds: 9 } } });
      const clock = new InstantPace();
      const { targets } = await find(inputOf(['anna@old.example'], [{ by: 'sameAddress' }]), { clock });
      assert.deepEqual(targets, [{ address: 'anna@old.example' }]);
      assert.deepEqual(clock.pauses, [ms, ms]);
    });
  }

  it('all wait for it, and nobody asks meanwhile', async () => {
    bench.server.patch({ ews: { busy: { form: 'serverBusy', times: 1, backOffMs: 5 } } });
    const clock = new ManualPace();
    const sources = Array.from({ length: 40 }, (_, at) => `u${at}@old.example`);
    const found = find(inputOf(sources, [{ by: 'sameAddress' }]), { clock, atOnce: 2 });
    await until('it rests', () => clock.waiting > 0 && bench.server.requests().every(({ status }) => status !== null));
    const asked = bench.asked;
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    assert.equal(bench.asked, asked);
    clock.advance(60_000);
    await found;
    assert.equal(bench.asked, 41);
  });

  it('waits longer each time where the server does not say how long, and gives up at last', async () => {
    bench.server.patch({ ews: { busy: { form: 'connectionCount' } } });
    const clock = new InstantPace();
    const error = await failure(find(inputOf(['anna@old.example'], [{ by: 'sameAddress' }]), { clock }));
    assert.ok(error instanceof EwsError, String(error));
    const waits = clock.pauses;
    assert.equal(waits.length, 7);
    assert.ok(
      waits.every((wait, index) => wait > (waits[index - 1] ?? 0) || wait >= 30_000),
      waits.join(),
    );
  });

  it('goes on after a failure with what it has not asked yet', async () => {
    const sources = Array.from({ length: 20 }, (_, at) => `u${at}@old.example`);
    bench.server.patch({ ews: { busy: { form: 'http401', times: 1 } } });
    await failure(find(inputOf(sources, [{ by: 'sameAddress' }]), { atOnce: 1 }));
    await find(inputOf(sources, [{ by: 'sameAddress' }]), { atOnce: 1 });
    assert.equal(bench.asked, 21);
  });

  it('ends when it is cancelled, with the reason, and another call goes on', async () => {
    bench.server.patch({ faults: [{ service: 'ews', kind: 'hang', times: 2 }] });
    const controller = new AbortController();
    const input = inputOf(['anna@old.example', 'ben@old.example'], [{ by: 'sameAddress' }]);
    const first = failure(find(input, { signal: controller.signal }));
    await until('both are asked', () => bench.asked === 2);
    const second = find(input);
    const reason = new Error('closed');
    controller.abort(reason);
    assert.equal(await first, reason);
    assert.deepEqual((await second).targets, []);
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    await find(inputOf(['a@old.example', 'b@old.example'], [{ by: 'sameAddress' }]), {
      onProgress: (done) => seen.push(done),
    });
    assert.equal(seen.at(-1), 2);
  });
});
