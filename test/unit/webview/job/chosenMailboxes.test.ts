import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ChosenMailboxes } from '../../../../src/webview/job/chosenMailboxes.ts';
import { bestLongestSlice } from '../../support/longestSlice.ts';

const named = (...names: string[]) => names.map((name) => ({ address: `${name}@old.example` }));

describe('The chosen mailboxes', () => {
  let changes = 0;
  let chosen: ChosenMailboxes;
  const addresses = () => chosen.list.map(({ address }) => address.split('@')[0]);
  beforeEach(() => {
    changes = 0;
    chosen = new ChosenMailboxes(() => (changes += 1));
  });

  it('are each there once, whatever the case, as they came first', async () => {
    assert.deepEqual(await chosen.add(named('anna', 'bert')), []);
    const repeated = await chosen.add([
      { address: 'ANNA@old.example', displayName: 'Other' },
      ...named('carl', 'carl'),
    ]);
    assert.deepEqual(
      repeated.map(({ address }) => address),
      ['ANNA@old.example', 'carl@old.example'],
    );
    assert.deepEqual(addresses(), ['anna', 'bert', 'carl']);
    assert.equal(chosen.list[0]?.displayName, undefined);
    assert.equal(chosen.has('Bert@OLD.example'), true);
    assert.equal(changes, 2);
  });

  it('can be removed, and had again with what came meanwhile', async () => {
    await chosen.add(named('anna', 'bert', 'carl'));
    await chosen.remove(['BERT@old.example', 'nobody@old.example']);
    assert.deepEqual(addresses(), ['anna', 'carl']);
    assert.equal(chosen.has('bert@old.example'), false);
    assert.equal(chosen.removedCount, 1);
    await chosen.add(named('dora'));
    await chosen.undo();
    assert.deepEqual(addresses(), ['anna', 'carl', 'dora', 'bert']);
    assert.equal(chosen.removedCount, 0);
  });

  it('can all be removed, and had again', async () => {
    await chosen.add(named('anna', 'bert'));
    chosen.removeAll();
    assert.deepEqual(addresses(), []);
    await chosen.add(named('bert'));
    await chosen.undo();
    assert.deepEqual(addresses(), ['bert', 'anna']);
  });

  it('leave what was removed before as it is when nothing is removed', async () => {
    await chosen.add(named('anna', 'bert'));
    await chosen.remove(['anna@old.example']);
    await chosen.remove(['nobody@old.example']);
    assert.equal(chosen.removedCount, 1);
  });

  it('tell a window of rows', async () => {
    await chosen.add([{ address: 'a@old.example', displayName: 'A', target: 'a@new.example' }, ...named('b', 'c')]);
    assert.deepEqual(chosen.rows(0, 1), [
      { row: 0, address: 'a@old.example', displayName: 'A', target: 'a@new.example' },
    ]);
    assert.deepEqual(
      chosen.rows(1, 10).map(({ row }) => row),
      [1, 2],
    );
    assert.deepEqual(chosen.rows(9, 10), []);
  });

  it('take a hundred thousand in slices', async () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({ address: `user${index}@old.example` }));
    const longest = await bestLongestSlice(50, async () => {
      chosen.removeAll();
      await chosen.add(many);
      await chosen.remove(many.slice(0, 50_000).map(({ address }) => address));
      await chosen.undo();
    });
    assert.equal(chosen.list.length, 100_000);
    assert.ok(longest < 50, `the longest slice took ${longest} ms`);
  });
});
