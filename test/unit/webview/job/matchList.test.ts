import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { TargetMailbox } from '../../../../src/migration/matching/targetDirectory.ts';
import { MatchList } from '../../../../src/webview/job/matchList.ts';
import type { LookUp } from '../../../../src/migration/access/savedServers.ts';
import type { MatchBasis } from '../../../../src/webview/job/matchList.ts';
import { makeGate } from '../../support/gate.ts';
import { sampleFinding } from '../../support/sampleRecord.ts';

const basis: MatchBasis = {
  sources: ['anna', 'bert', 'carl', 'dora'].map((name) => ({ address: `${name}@old.example`, displayName: name })),
  ...{ targetId: 't', rules: [{ by: 'sameLocalPart' }], filter: { include: [], exclude: ['dora@*'] } },
};
const target = (...names: string[]): TargetMailbox[] => names.map((name) => ({ address: `${name}@new.example` }));

const broken = sampleFinding('unknown');

describe('The matches of a job’s wizard', () => {
  let asked: LookUp[];
  let answer: () => Promise<readonly TargetMailbox[]>;
  let explain: () => Promise<typeof broken>;
  let matches: MatchList;
  const states = () => matches.rows(0, 99).map(({ state }) => state);
  beforeEach(() => {
    asked = [];
    answer = () => Promise.resolve(target('anna', 'bert'));
    explain = () => Promise.resolve(broken);
    matches = new MatchList(
      {
        lookUp: (request) => {
          asked.push(request);
          return answer().then((targets) => ({ targets, uncertain: [] }));
        },
        explain: () => explain(),
        changed: () => undefined,
      },
      [],
    );
  });

  it('are what the rules and the target say', async () => {
    await matches.match(basis);
    await matches.lookUp();
    assert.deepEqual(states(), ['matched', 'matched', 'missing', 'excluded']);
    assert.deepEqual(matches.view.counts, { matched: 2, ambiguous: 0, missing: 1, duplicate: 0, excluded: 1 });
    assert.equal(matches.view.lookUp, 'done');
    assert.equal(asked[0]?.targetId, 't');
  });

  it('can be filtered by state and by text', async () => {
    await matches.match(basis);
    await matches.lookUp();
    matches.filter({ state: 'matched', text: '' });
    assert.deepEqual(states(), ['matched', 'matched']);
    matches.filter({ state: 'all', text: ' CAR' });
    assert.deepEqual(
      matches.rows(0, 9).map(({ row }) => row),
      [2],
    );
  });

  it('are decided by hand, and by the rules again', async () => {
    await matches.match(basis);
    await matches.lookUp();
    matches.decide(2, { target: 'anna@new.example' });
    assert.deepEqual(states(), ['duplicate', 'matched', 'duplicate', 'excluded']);
    matches.decide(0, 'skip');
    assert.deepEqual(states(), ['excluded', 'matched', 'matched', 'excluded']);
    assert.deepEqual(
      matches.rows(0, 9).map(({ byHand }) => byHand),
      [true, false, true, false],
    );
    assert.equal(matches.byHand.length, 2);
    matches.decide(0, undefined);
    matches.decide(2, undefined);
    assert.deepEqual(states(), ['matched', 'matched', 'missing', 'excluded']);
    assert.deepEqual(matches.byHand, []);
  });

  it('keep what is decided by hand when others are chosen', async () => {
    await matches.match(basis);
    matches.decide(1, 'skip');
    await matches.match({ ...basis, sources: basis.sources.slice(1) });
    assert.equal(matches.rows(0, 1)[0]?.state, 'excluded');
  });

  it('are kept with the job: each with what has become of it', async () => {
    await matches.match(basis);
    await matches.lookUp();
    assert.deepEqual(
      matches.mailboxes().map(({ match }) => match),
      [
        { state: 'matched', target: 'anna@new.example' },
        { state: 'matched', target: 'bert@new.example' },
        { state: 'missing' },
        { state: 'excluded' },
      ],
    );
  });

  it('forget what one target has said when another is chosen', async () => {
    await matches.match(basis);
    await matches.lookUp();
    await matches.match({ ...basis, targetId: 'other' });
    assert.equal(matches.view.lookUp, 'none');
    assert.deepEqual(states(), ['missing', 'missing', 'missing', 'excluded']);
  });

  it('say why the target could not be asked', async () => {
    answer = () => Promise.reject(new Error('broken'));
    await matches.match(basis);
    await matches.lookUp();
    assert.equal(matches.view.lookUp, 'failed');
    assert.equal(matches.view.finding, broken);
  });

  it('are those that the job was saved with when the target cannot be asked', async () => {
    const known = { targetId: 't', targets: target('bert') };
    answer = () => Promise.reject(new Error('broken'));
    matches = new MatchList(
      {
        lookUp: () => answer().then((targets) => ({ targets, uncertain: [] })),
        explain: () => Promise.resolve(broken),
        changed: () => undefined,
      },
      [],
      known,
    );
    const guessing = { ...basis, rules: [{ by: 'sameAddress' as const }, { by: 'sameLocalPart' as const }] };
    await matches.match(guessing);
    await matches.lookUp();
    assert.equal(matches.view.lookUp, 'failed');
    assert.deepEqual(states(), ['missing', 'matched', 'missing', 'excluded']);
    await matches.match({ ...guessing, targetId: 'other' });
    assert.deepEqual(states().slice(0, 3), ['matched', 'matched', 'matched'], 'of another target nothing is known');
  });

  it('are those of the mailboxes before while others are matched', async () => {
    await matches.match(basis);
    await matches.lookUp();
    const before = matches.mailboxes();
    const more = matches.match({ ...basis, sources: [{ address: 'zoe@old.example' }, ...basis.sources] });
    assert.deepEqual(matches.mailboxes(), before);
    assert.equal(matches.rows(0, 1)[0]?.address, before[0]?.address);
    await more;
    assert.equal(matches.rows(0, 1)[0]?.address, 'zoe@old.example');
  });

  it('go by a file of the target’s mailboxes in place of asking it', async () => {
    await matches.match(basis);
    await matches.takeFile(target('carl'));
    assert.deepEqual(states(), ['missing', 'missing', 'matched', 'excluded']);
    assert.equal(matches.view.lookUp, 'file');
    assert.equal(asked.length, 0);
    await matches.lookUp();
    assert.deepEqual(states(), ['matched', 'matched', 'missing', 'excluded']);
  });

  it('stop asking when they are told to, and the last question counts', async () => {
    const gate = makeGate();
    answer = async () => {
      await gate.opened;
      return target('anna');
    };
    await matches.match(basis);
    const first = matches.lookUp();
    assert.equal(matches.view.lookUp, 'running');
    matches.stop();
    assert.equal(asked[0]?.signal.aborted, true);
    const second = matches.lookUp();
    gate.open();
    await Promise.all([first, second, matches.settled()]);
    assert.deepEqual(states(), ['matched', 'missing', 'missing', 'excluded']);
  });

  it('take no target that is no address', () => {
    assert.match(matches.targetFault('nobody') ?? '', /“nobody” is not an e-mail address/);
    assert.equal(matches.targetFault(' a@b.example '), undefined);
  });

  it('keep what is decided by hand while they are matched anew', async () => {
    await matches.match(basis);
    const sources = Array.from({ length: 50_000 }, (_, at) => ({ address: `user${at}@old.example` }));
    await matches.match({ ...basis, sources });
    const matching = matches.match({ ...basis, sources });
    matches.decide(0, { target: 'anna@new.example' });
    matches.decide(1, 'skip');
    await matching;
    assert.deepEqual(
      matches.rows(0, 2).map(({ state, byHand }) => [state, byHand]),
      [
        ['matched', true],
        ['excluded', true],
      ],
    );
    assert.equal(matches.byHand.length, 2);
  });

  it('do not wait for ever when nobody can say why the target could not be asked', async () => {
    await matches.match(basis);
    answer = () => Promise.reject(new Error('x'));
    explain = () => Promise.reject(new Error('The connection is gone.'));
    await assert.rejects(matches.lookUp());
    assert.equal(matches.view.lookUp, 'failed');
    await matches.settled();
  });

  it('ignore a decision about a row that is not there any more', async () => {
    await matches.match(basis);
    matches.decide(99, 'skip');
    assert.deepEqual(matches.byHand, []);
  });
});
