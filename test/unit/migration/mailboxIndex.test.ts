import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { mailboxTypes } from '../../../src/migration/mailbox.ts';
import type { DirectoryMailbox } from '../../../src/migration/mailbox.ts';
import { MailboxIndex } from '../../../src/migration/mailboxIndex.ts';
import type { MailboxFilter, SortKey } from '../../../src/migration/mailboxIndex.ts';
import { bestLongestSlice } from '../support/longestSlice.ts';
import { manyMailboxes } from '../support/manyMailboxes.ts';

const few: readonly DirectoryMailbox[] = [
  { address: 'zoe@x.example', displayName: 'Zoë Ångström', type: 'user', department: 'Sales', size: 500 },
  { address: 'room1@x.example', displayName: 'Room 10', type: 'room' },
  { address: 'anna@x.example', displayName: 'anna Meier', type: 'user', department: 'Legal', size: 0 },
  { address: 'room2@x.example', displayName: 'Room 9', type: 'room', size: 2000 },
  { address: 'info@x.example', displayName: 'Ärzte', type: 'shared', department: 'Sales', size: 100 },
];

function indexOf(mailboxes: Iterable<DirectoryMailbox>): MailboxIndex {
  const index = new MailboxIndex();
  index.add(mailboxes);
  return index;
}

const shown = (index: MailboxIndex) => index.window(0, index.count).map(({ mailbox }) => mailbox.address.split('@')[0]);

describe('The mailboxes that a person picks from', () => {
  const filters: readonly (readonly [MailboxFilter, readonly string[]])[] = [
    [{}, ['zoe', 'room1', 'anna', 'room2', 'info']],
    [{ text: 'ZOE' }, ['zoe']],
    [{ text: 'angs' }, ['zoe']],
    [{ text: 'm room' }, ['room1', 'room2']],
    [{ text: '  9   room ' }, ['room2']],
    [{ text: 'info@' }, ['info']],
    [{ text: 'x.example zzz' }, []],
    [{ types: ['room', 'shared'] }, ['room1', 'room2', 'info']],
    [{ types: [] }, []],
    [{ departments: ['Sales'] }, ['zoe', 'info']],
    [{ departments: [''] }, ['room1', 'room2']],
    [{ minSize: 100 }, ['zoe', 'room1', 'room2', 'info']],
    [{ maxSize: 100 }, ['room1', 'anna', 'info']],
    [{ text: 'a', types: ['user'], departments: ['Legal'], maxSize: 0 }, ['anna']],
  ];
  for (const [filter, expected] of filters) {
    it(`filtered by ${JSON.stringify(filter)}`, () => {
      const index = indexOf(few);
      assert.equal(index.show(filter), expected.length);
      assert.deepEqual(shown(index), expected);
    });
  }

  const orders: readonly (readonly [SortKey, readonly string[]])[] = [
    ['displayName', ['anna', 'info', 'room2', 'room1', 'zoe']],
    ['address', ['anna', 'info', 'room1', 'room2', 'zoe']],
    ['type', ['zoe', 'anna', 'info', 'room1', 'room2']],
    ['department', ['room1', 'room2', 'anna', 'zoe', 'info']],
    ['size', ['room1', 'anna', 'info', 'zoe', 'room2']],
  ];
  for (const [key, expected] of orders) {
    it(`sorted by ${key}, numbers as numbers and letters as in a language`, async () => {
      const index = indexOf(few);
      await index.sortBy(key, false);
      assert.deepEqual(shown(index), expected);
    });
  }

  it('sorted downwards, keep their order under a filter, and those that come later are behind', async () => {
    const index = indexOf(few);
    await index.sortBy('address', true);
    index.show({ types: ['room'] });
    assert.deepEqual(shown(index), ['room2', 'room1']);
    index.add([
      { address: 'room9@x.example', displayName: 'Room', type: 'room' },
      { address: 'a@x.example', displayName: 'A', type: 'user' },
    ]);
    assert.deepEqual(shown(index), ['room2', 'room1', 'room9']);
    index.show({});
    assert.deepEqual(shown(index), ['zoe', 'room2', 'room1', 'info', 'anna', 'room9', 'a']);
  });

  it('are sorted as was asked last, even if that is done first', async () => {
    const index = indexOf(manyMailboxes(5000));
    const earlier = index.sortBy('displayName', true);
    const later = index.sortBy('address', false);
    await Promise.all([earlier, later]);
    assert.deepEqual(shown(index).slice(0, 3), ['user0', 'user1', 'user2']);
  });

  it('are chosen one by one, as shown, or all, and stay chosen when they are not shown', () => {
    const index = indexOf(few);
    index.choose(2, true);
    index.show({ text: 'room' });
    index.chooseShown(true);
    assert.deepEqual([index.chosenCount, index.chosenShownCount, index.shownCount], [3, 2, 2]);
    index.choose(1, false);
    index.choose(1, false);
    assert.deepEqual(
      [...index.chosen()].map(({ address }) => address),
      ['anna@x.example', 'room2@x.example'],
    );
    assert.deepEqual(
      index.window(0, 9).map(({ row, isChosen }) => [row, isChosen]),
      [
        [1, false],
        [3, true],
      ],
    );
    index.show({ onlyChosen: true });
    assert.deepEqual(shown(index), ['anna', 'room2']);
    index.chooseAll(false);
    assert.equal(index.chosenCount, 0);
    assert.equal(index.show({ onlyChosen: true }), 0);
    index.chooseAll(true);
    assert.equal(index.show({ onlyChosen: true, text: 'o' }), 4);
    assert.throws(() => index.choose(5, true), RangeError);
  });

  it('of a saved job are chosen again, and those that are gone are told', async () => {
    const index = indexOf(few);
    assert.deepEqual(await index.chooseAddresses(['ANNA@x.example', 'gone@x.example']), ['gone@x.example']);
    assert.deepEqual([...index.chosen()], [few[2]]);
  });

  it('come in windows, also beyond the end', () => {
    const index = indexOf(few);
    assert.deepEqual(
      index.window(3, 10).map(({ row }) => row),
      [3, 4],
    );
    assert.deepEqual(
      [index.window(-2, 3), index.window(9, 1), index.window(0, 0)].map(({ length }) => length),
      [1, 0, 0],
    );
    assert.deepEqual(
      index.window(0, 5).map(({ mailbox }) => mailbox),
      few,
    );
    assert.deepEqual(index.departments, ['Sales', 'Legal']);
  });

  it('are those that fit, however the filter came about', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'e', 'm', ' ', '1', '@'), maxLength: 4 });
    const filter: fc.Arbitrary<MailboxFilter> = fc.record(
      {
        text,
        types: fc.subarray([...mailboxTypes]),
        departments: fc.subarray(['Sales', 'Legal', '']),
        minSize: fc.constantFrom(0, 10_000_000_000),
        onlyChosen: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const step = fc.oneof(filter, fc.constantFrom<SortKey>('displayName', 'size'), fc.nat(79));
    const mailboxes = manyMailboxes(80);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), filter, async (steps, last) => {
        const [worn, fresh] = [indexOf(mailboxes), indexOf(mailboxes)];
        for (const each of steps) {
          if (typeof each === 'object') worn.show(each);
          else if (typeof each === 'number') worn.choose(each, each % 3 > 0);
          else await worn.sortBy(each, false);
        }
        assert.deepEqual(await fresh.chooseAddresses([...worn.chosen()].map(({ address }) => address)), []);
        worn.show(last);
        fresh.show(last);
        assert.deepEqual(shown(worn).sort(), shown(fresh).sort());
        assert.equal(worn.chosenShownCount, fresh.chosenShownCount);
        if (last.onlyChosen === true) assert.equal(worn.chosenShownCount, worn.shownCount);
      }),
      { numRuns: 300 },
    );
  });

  it('100,000 are sorted in slices, and can be given up', async function () {
    this.timeout(30_000);
    const index = indexOf(manyMailboxes(100_000));
    const cpu = await bestLongestSlice(50, async () => index.sortBy('displayName', false));
    assert.ok(cpu < 50, `${cpu} ms at a stretch`);
    const controller = new AbortController();
    const sorting = index.sortBy('address', false, { signal: controller.signal, onProgress: () => controller.abort() });
    await assert.rejects(sorting, { name: 'AbortError' });
    assert.match(index.window(0, 1)[0]?.mailbox.displayName ?? '', /^Anna Ångström/);
  });
});
