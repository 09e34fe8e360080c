import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { DirectoryPage, MailboxDetails } from '../../../../src/migration/directory/sourceDirectory.ts';
import type { DirectoryMailbox } from '../../../../src/migration/mailbox.ts';
import { addressKey } from '../../../../src/migration/mailAddress.ts';
import { ChosenMailboxes } from '../../../../src/webview/job/chosenMailboxes.ts';
import { DirectoryPicker } from '../../../../src/webview/job/directoryPicker.ts';
import type { Directory } from '../../../../src/webview/job/directoryPicker.ts';
import { makeGate } from '../../support/gate.ts';
import { bestLongestSlice } from '../../support/longestSlice.ts';
import { manyMailboxes } from '../../support/manyMailboxes.ts';
import { sampleFinding } from '../../support/sampleRecord.ts';
import { until } from '../../support/until.ts';

const finding = sampleFinding('unknown');
const noFilter = { text: '', type: '', minSize: '', maxSize: '' } as const;

/** Mailboxes by names, the first page of so many. */
function named(...names: string[]): DirectoryMailbox[] {
  return names.map((name) => ({ address: `${name.toLowerCase()}@old.example`, displayName: name, type: 'unknown' }));
}

function pageOf(mailboxes: readonly DirectoryMailbox[], soFar: Partial<DirectoryPage['soFar']> = {}): DirectoryPage {
  return { mailboxes, soFar: { mailboxes: mailboxes.length, guests: 0, withoutAddress: 0, ...soFar } };
}

describe('The picker of a source’s directory', () => {
  let chosen: ChosenMailboxes;
  let picker: DirectoryPicker;
  let open: (sourceId: string, signal: AbortSignal) => Promise<Directory>;
  let explain: () => Promise<typeof finding>;
  const names = () => picker.rows(0, 99).map(({ displayName }) => displayName);

  function directory(
    pages: readonly DirectoryPage[],
    details: MailboxDetails | (() => Promise<MailboxDetails>) = { state: 'unknown', reason: 'failed' },
    between: () => Promise<void> = () => Promise.resolve(),
  ): Directory {
    return {
      async *pages() {
        for (const page of pages) {
          yield page;
          await between();
        }
      },
      details: () => (typeof details === 'function' ? details() : Promise.resolve(details)),
    };
  }
  const sized = (sizes: { readonly [name: string]: number }): MailboxDetails => ({
    ...{ state: 'known', count: Object.keys(sizes).length },
    get: (key: string) => {
      const size = sizes[key.split('@')[0] ?? ''];
      return size === undefined ? undefined : { size, type: 'user' };
    },
  });

  beforeEach(() => {
    chosen = new ChosenMailboxes(() => undefined);
    open = () => Promise.resolve(directory([pageOf(named('Carl', 'Anna')), pageOf(named('Bert'))]));
    explain = () => Promise.resolve(finding);
    picker = new DirectoryPicker({
      chosen,
      open: (id, signal) => open(id, signal),
      explain: () => explain(),
      changed: () => undefined,
    });
  });

  it('lists all by name, with what they are and how large', async () => {
    const details = sized({ anna: 2_500_000_000, bert: 1_000_000 });
    open = () => Promise.resolve(directory([pageOf(named('Bert', 'Anna', 'Carl'), { guests: 3 })], details));
    await picker.open('a');
    assert.deepEqual(
      picker.rows(0, 2).map(({ displayName, type, size }) => [displayName, type, size]),
      [
        ['Anna', 'User', '2.5 GB'],
        ['Bert', 'User', '1 MB'],
      ],
    );
    assert.deepEqual([picker.rows(2, 9)[0]?.type, picker.rows(2, 9)[0]?.size], ['', '']);
    const { state, total, note } = picker.view;
    assert.deepEqual([state, total, note], ['loaded', 3, 'Left out: 3 guests and users without an address.']);
  });

  it('tells with the news what is at the top of the list', async () => {
    const many = Array.from({ length: 60 }, (_, at) => `Person ${at}`);
    open = () => Promise.resolve(directory([pageOf(named(...many))]));
    assert.deepEqual(picker.view.firstRows, []);
    await picker.open('a');
    assert.deepEqual(picker.view.firstRows, picker.rows(0, picker.view.firstRows.length));
    assert.ok(picker.view.firstRows.length > 30, 'more than a list shows at once');
    picker.filter({ ...noFilter, text: 'person 58' });
    assert.deepEqual(
      picker.view.firstRows.map(({ displayName }) => displayName),
      ['Person 58'],
    );
  });

  it('shows the first page while the others come', async () => {
    const gate = makeGate();
    open = () =>
      Promise.resolve(directory([pageOf(named('Carl')), pageOf(named('Anna'))], undefined, () => gate.opened));
    const opened = picker.open('a');
    await until('the first page is there', () => picker.view.total === 1);
    assert.deepEqual([picker.view.state, names()], ['loading', ['Carl']]);
    gate.open();
    await opened;
    assert.deepEqual([picker.view.state, names()], ['loaded', ['Anna', 'Carl']]);
  });

  it('keeps the rows that the page has asked for while others come behind them', async () => {
    const [gate, end] = [makeGate(), makeGate()];
    const gates = [gate, end];
    const pages = [pageOf(named('Carl')), pageOf(named('Anna'))];
    open = () => Promise.resolve(directory(pages, undefined, () => gates.shift()?.opened ?? Promise.resolve()));
    const opened = picker.open('a');
    await until('the first page is there', () => picker.view.total === 1);
    const { version } = picker.view;
    gate.open();
    await until('the second page is there', () => picker.view.total === 2);
    assert.deepEqual([picker.view.version, names()], [version, ['Carl', 'Anna']]);
    end.open();
    await opened;
    assert.notEqual(picker.view.version, version, 'they are sorted now');
  });

  for (const [reason, text] of [
    ['noPermission', 'Sizes and types need the Graph permission Reports.Read.All.'],
    ['concealed', 'Sizes and types are not known: this tenant’s reports conceal names.'],
    ['failed', 'Sizes and types are not known: the tenant’s report could not be read.'],
  ] as const) {
    it(`says why there are no sizes: ${reason}`, async () => {
      open = () => Promise.resolve(directory([pageOf(named('Anna'))], { state: 'unknown', reason }));
      await picker.open('a');
      assert.equal(picker.view.note, text);
    });
  }

  it('chooses and removes what is picked, one by one or all that are shown', async () => {
    await picker.open('a');
    await picker.pick(picker.rows(0, 1)[0]?.row ?? -1, true);
    assert.deepEqual([chosen.list[0]?.displayName, picker.view.picked], ['Anna', 'some']);
    picker.filter({ ...noFilter, text: 'r' });
    assert.deepEqual([names(), picker.view.picked], [['Bert', 'Carl'], 'none']);
    await picker.pickShown(true);
    assert.deepEqual([chosen.list.length, picker.view.picked], [3, 'all']);
    picker.filter({ ...noFilter, text: 'bert' });
    await picker.pickShown(false);
    assert.deepEqual(
      chosen.list.map(({ displayName }) => displayName),
      ['Anna', 'Carl'],
    );
  });

  it('picks nothing for a row that is not there any more', async () => {
    await picker.open('a');
    await picker.pick(99, true);
    assert.equal(chosen.list.length, 0);
  });

  it('ticks what was chosen by another way, before and after it was read', async () => {
    await chosen.add([{ address: 'BERT@old.example' }]);
    await picker.open('a');
    const ticked = () =>
      picker
        .rows(0, 9)
        .filter(({ picked }) => picked)
        .map(({ displayName }) => displayName);
    assert.deepEqual(ticked(), ['Bert']);
    await chosen.add([{ address: 'carl@old.example' }]);
    await picker.adjust();
    assert.deepEqual(ticked(), ['Bert', 'Carl']);
  });

  it('filters by type, size and department', async () => {
    const details = sized({ anna: 30_000_000, bert: 10_000_000 });
    const sales = named('Anna').map((mailbox) => ({ ...mailbox, department: 'Sales' }));
    open = () => Promise.resolve(directory([pageOf([...sales, ...named('Bert', 'Carl')])], details));
    await picker.open('a');
    picker.filter({ ...noFilter, type: 'user' });
    assert.deepEqual(names(), ['Anna', 'Bert']);
    picker.filter({ ...noFilter, minSize: '20' });
    assert.deepEqual(names(), ['Anna', 'Carl'], 'whose size is unknown may be large');
    picker.filter({ ...noFilter, type: 'user', maxSize: '20,5' });
    assert.deepEqual(names(), ['Bert']);
    picker.filter({ ...noFilter, department: 'Sales' });
    assert.deepEqual([names(), picker.view.departments], [['Anna'], ['Sales']]);
    picker.filter({ ...noFilter, department: '' });
    assert.deepEqual(names(), ['Bert', 'Carl']);
  });

  it('sorts by size also what becomes known after it was sorted', async () => {
    const gate = makeGate();
    const details = async () => gate.opened.then(() => sized({ anna: 3_000_000, bert: 2_000_000, carl: 4_000_000 }));
    open = () => Promise.resolve(directory([pageOf(named('Anna', 'Bert', 'Carl'))], details));
    const opened = picker.open('a');
    await until('it is listed', () => picker.view.state === 'loaded');
    await picker.sort('size', true);
    gate.open();
    await opened;
    assert.deepEqual([names(), picker.view.sort], [['Carl', 'Anna', 'Bert'], { key: 'size', descending: true }]);
  });

  it('keeps what has come when it is stopped, and says so', async () => {
    open = (_, signal) =>
      Promise.resolve(
        directory([pageOf(named('Anna')), pageOf(named('Bert'))], undefined, () => {
          picker.stop();
          return Promise.reject(signal.reason as Error); // As reading that is stopped does.
        }),
      );
    await picker.open('a');
    assert.deepEqual([picker.view.state, names(), picker.view.finding], ['stopped', ['Anna'], undefined]);
  });

  it('shows why it could not be read, with what has come', async () => {
    open = () => Promise.resolve(directory([pageOf(named('Anna'))], undefined, () => Promise.reject(new Error('x'))));
    await picker.open('a');
    assert.deepEqual([picker.view.state, picker.view.finding, names()], ['failed', finding, ['Anna']]);
  });

  it('closes when the source is another, also while it is read', async () => {
    const gate = makeGate();
    open = () =>
      Promise.resolve(directory([pageOf(named('Anna')), pageOf(named('Bert'))], undefined, () => gate.opened));
    const opened = picker.open('a');
    await until('the first page is there', () => picker.view.total === 1);
    picker.forgetUnless('a');
    assert.equal(picker.view.state, 'loading');
    picker.forgetUnless('b');
    assert.deepEqual([picker.view.state, picker.view.total], ['closed', 0]);
    gate.open();
    await opened;
    assert.deepEqual([picker.view.state, picker.view.total], ['closed', 0]);
  });

  it('stays closed when the failure of the former source is explained late', async () => {
    const gate = makeGate();
    let asked = false;
    explain = async () => {
      asked = true;
      await gate.opened;
      return finding;
    };
    open = () => Promise.reject(new Error('x'));
    const opened = picker.open('a');
    await until('it is asked why', () => asked);
    picker.forgetUnless('b');
    gate.open();
    await opened;
    assert.deepEqual([picker.view.state, picker.view.finding], ['closed', undefined]);
  });

  it('reads anew when it is opened again, without what it had', async () => {
    await picker.open('a');
    open = () => Promise.resolve(directory([pageOf(named('Dora'))]));
    await picker.open('a');
    assert.deepEqual(names(), ['Dora']);
  });

  it('never holds up the host for long with a hundred thousand', async () => {
    const all = manyMailboxes(100_000);
    const pages: DirectoryPage[] = [];
    for (let at = 0; at < all.length; at += 999) pages.push(pageOf(all.slice(at, at + 999)));
    const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
    const sizes = new Map(all.map(({ address, size = 0 }) => [addressKey(address), { size }]));
    const details: MailboxDetails = { state: 'known', count: all.length, get: (key) => sizes.get(key) };
    open = () => Promise.resolve(directory(pages, details, turn));
    const longest = await bestLongestSlice(50, async () => {
      await picker.open('a');
      await picker.pickShown(true);
      await turn();
      await picker.adjust();
      await turn();
      await picker.pickShown(false);
    });
    assert.equal(picker.view.total, 100_000);
    assert.ok(longest < 50, `the longest slice took ${longest} ms`);
  });
});
