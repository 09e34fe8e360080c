import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { largestItemFor } from '../../../../src/migration/scan/largestItem.ts';
import { fromScanFinding } from '../../../../src/migration/scan/scanFindings.ts';
import { scanStateText } from '../../../../src/migration/scan/scanText.ts';
import type { ScannedMailbox } from '../../../../src/migration/scan/scanTypes.ts';
import type { LabStatePatch } from '../../../lab/lab.ts';
import type { OnPremisesPatch } from '../../../lab/onPremises/state.ts';
import { mailboxRequests, ScanBench } from '../../support/scanBench.ts';
import { scan } from '../../support/scanRun.ts';
import type { ScanRunOptions } from '../../support/scanRun.ts';

describe('What a scan finds of a mailbox', () => {
  let bench: ScanBench;
  let source: string;
  let target: string;
  before(async () => {
    bench = await ScanBench.open();
    source = bench.sources[1] ?? '';
    target = bench.targetOf(source);
  });
  after(() => bench.close());
  afterEach(() => bench.reset());

  /** Scans one mailbox. @param state of it, at both ends */
  const scanOne = async (
    state: {
      source?: NonNullable<LabStatePatch['mailboxes']>[string];
      target?: NonNullable<OnPremisesPatch['mailboxes']>[string];
    } = {},
    options: ScanRunOptions = {},
  ): Promise<ScannedMailbox> => {
    bench.lab.patch({ mailboxes: { [source]: state.source ?? {} } });
    bench.server.patch({ mailboxes: { [target]: state.target ?? {} } });
    const { mailboxes } = await scan(bench, { pairs: [{ source, target }], ...options });
    return mailboxes[0] ?? assert.fail('nothing was scanned');
  };
  const codes = ({ findings }: ScannedMailbox): readonly string[] => findings.map(({ code }) => code);
  const folder = ({ folders }: ScannedMailbox, role: string) => folders.find((each) => each.role === role);

  it('is what it holds, folder by folder, and what the job leaves out', async () => {
    const contents = bench.contentsOf(source);
    const found = await scanOne();
    const held = contents.folders.all.filter(
      ({ distinguished }) => distinguished !== 'outbox' && distinguished !== 'root',
    );
    assert.equal(found.state, 'ready');
    assert.equal(scanStateText(found.state), 'Ready');
    assert.deepEqual([found.items, found.bytes], [60, held.reduce((sum, each) => sum + contents.sizeOf(each), 0)]);
    const projects = found.folders.find(({ path }) => path.at(-1) === 'Übergabe/Ärger');
    const own = contents.folders.all.find(({ name }) => name === 'Übergabe/Ärger') ?? assert.fail();
    assert.deepEqual(projects, {
      path: ['Inbox', 'Projects', 'Übergabe/Ärger'],
      ...{ role: 'inbox', part: 'primary', items: contents.count(own), bytes: contents.sizeOf(own) },
    });
    assert.equal(folder(found, 'outbox'), undefined);
    assert.equal(found.leftOut.folders, 4); // The outbox, and three of Recoverable Items.
    assert.deepEqual(found.atTarget, { exists: true, items: 0, bytes: 0 });
  });

  it('goes by roles in another language', async () => {
    const found = await scanOne({ source: { language: 'de' } }, { content: { include: ['calendar', 'sentitems'] } });
    assert.deepEqual(found.folders.map(({ path }) => path.join('/')).sort(), [
      'Gesendete Elemente',
      'Kalender',
      'Kalender/Birthdays',
    ]);
    assert.ok(found.leftOut.items > 0 && found.items + found.leftOut.items === 60);
  });

  it('includes its archive, and Recoverable Items where the job wants them', async () => {
    const moreItems = [{ folder: 'recoverableitemsdeletions', count: 3 }];
    const archive = { items: 30, moreItems: [{ folder: 'archiverecoverableitemspurges', count: 2 }] };
    const state = { source: { archive, moreItems }, target: { archive: { items: 0 } } };
    const unwanted = await scanOne(state);
    assert.deepEqual([unwanted.items, unwanted.leftOut.items, unwanted.atTarget?.hasArchive], [90, 5, true]);
    const recoverable = ['recoverableitemsdeletions', 'recoverableitemspurges'] as const;
    const wanted = await scanOne(state, { content: { recoverable: [...recoverable] } });
    assert.equal(wanted.items, 95);
    assert.deepEqual(new Set(wanted.folders.map(({ part }) => part)), new Set(['primary', 'archive', 'recoverable']));
    const only = await scanOne(state, { parts: 'archive' });
    assert.deepEqual([only.items, only.folders.every(({ part }) => part === 'archive')], [30, true]);
  });

  it('has an archive that the target lacks, or none where nothing else is wanted', async () => {
    const found = await scanOne({ source: { archive: { items: 10 } } });
    assert.deepEqual(
      [found.state, codes(found), found.atTarget?.hasArchive],
      ['attention', ['target-archive-missing'], false],
    );
    const none = await scanOne({ source: { archive: null } }, { parts: 'archive' });
    assert.deepEqual([none.state, codes(none), none.items], ['attention', ['source-archive-missing'], 0]);
  });

  it('does not count what a search folder shows', async () => {
    const found = await scanOne({ source: { searchFolder: true } });
    assert.deepEqual([found.items, found.leftOut.items, found.leftOut.folders], [60, 0, 5]);
  });

  it('has items that are too large for the target', async () => {
    const moreItems = [
      { folder: 'inbox', bytes: 80_000_000, count: 2 },
      { folder: 'calendar', bytes: 60_000_000, count: 1 },
      { folder: 'inbox', bytes: 40_000_000, count: 1 },
      { folder: 'outbox', bytes: 90_000_000, count: 1 }, // Not wanted anyway.
    ];
    const found = await scanOne({ source: { moreItems } });
    assert.deepEqual([found.state, codes(found), found.oversizedCount], ['attention', ['items-oversized'], 3]);
    assert.deepEqual(
      found.oversized.map(({ folder: path, bytes, itemClass }) => [path, bytes, itemClass]),
      [
        [['Inbox'], 80_000_000, 'IPM.Note'],
        [['Inbox'], 80_000_000, 'IPM.Note'],
        [['Calendar'], 60_000_000, 'IPM.Appointment'],
      ],
    );
    // One question for all folders that are large enough to have any.
    assert.equal(bench.lab.requests().filter(({ operation }) => operation === 'FindItem').length, 1);
  });

  it('leaves out items that the job does not want for their size, which are no fault', async () => {
    const moreItems = [
      { folder: 'inbox', bytes: 80_000_000, count: 300 },
      { folder: 'drafts', bytes: 30_000_000, count: 1 },
    ];
    const found = await scanOne({ source: { moreItems } }, { content: { maximumSize: 50_000_000 } });
    assert.deepEqual([found.state, found.oversizedCount, found.items], ['ready', 0, 61]);
    assert.deepEqual([found.leftOut.items, found.leftOut.bytes], [300, 300 * 80_000_000]);
  });

  it('keeps the largest of very many, and counts all', async () => {
    const found = await scanOne({ source: { moreItems: [{ folder: 'inbox', bytes: 80_000_000, count: 1_500 }] } });
    assert.deepEqual([found.oversizedCount, found.oversized.length], [1_500, 100]);
  });

  it('costs three requests where nothing is large and no archive is there', async () => {
    await scanOne();
    const all = [...mailboxRequests(bench.lab.requests()), ...mailboxRequests(bench.server.requests())];
    assert.equal(all.length, 3);
  });

  it('is a failure where the source cannot be opened, by name', async () => {
    const found = await scanOne({ source: { state: 'missing' } });
    assert.deepEqual([found.state, codes(found), found.folders], ['failed', ['mailbox-not-found'], []]);
    assert.ok(found.findings[0]?.title.includes(source));
  });

  it('is a failure where the target is not there, and the source is told all the same', async () => {
    const found = await scanOne({ target: { state: 'missing' } });
    assert.deepEqual([found.state, codes(found), found.items], ['failed', ['target-mailbox-not-found'], 60]);
    assert.deepEqual(found.atTarget, { exists: false, items: 0, bytes: 0 });
  });

  it('is told without what its server may not be quoted with', async () => {
    const server = bench.source();
    server.clean = (text) => text.replace(/Inbox|IPM.Note/, '•••');
    const moreItems = [{ folder: 'inbox', count: 1, bytes: 80_000_000 }];
    const found = await scanOne({ source: { moreItems } }, { source: server });
    assert.deepEqual(folder(found, 'inbox')?.path, ['•••']);
    assert.deepEqual(
      found.oversized.map((item) => [...item.folder, item.itemClass]),
      [['•••', '•••']],
    );
  });

  it('needs attention where no target is chosen', async () => {
    const { mailboxes } = await scan(bench, { pairs: [{ source }] });
    assert.deepEqual([mailboxes[0]?.state, mailboxes[0] && codes(mailboxes[0])], ['attention', ['target-not-chosen']]);
  });

  it('says that its size is not all of it where Exchange does not tell the size of a folder', async () => {
    const found = await scanOne({ source: { sizesUntold: true } });
    assert.deepEqual([found.state, codes(found), found.items, found.bytes], ['ready', ['sizes-not-told'], 60, 0]);
  });

  it('is told with what to do about it', async () => {
    const found = await scanOne({ target: { state: 'missing' } });
    const [finding = assert.fail()] = found.findings;
    assert.deepEqual(fromScanFinding(finding).remedies, finding.remedies);
    assert.ok(
      finding.remedies?.some(({ command }) => command?.includes(target)),
      JSON.stringify(finding),
    );
  });

  it('is not taken for empty when the archive could not be read', async () => {
    bench.lab.patch({
      mailboxes: { [source]: { archive: { items: 30 } } },
      faults: [{ service: 'ews', operation: 'FindFolder', kind: 'truncated', times: 12 }],
    });
    const { mailboxes } = await scan(bench, { pairs: [{ source, target }] });
    assert.equal(mailboxes[0]?.state, 'failed');
    assert.equal(mailboxes[0].findings[0]?.code, 'transport-truncated');
  });
});

describe('The largest item of a request', () => {
  it('is three quarters of it, without the envelope', () => {
    assert.equal(largestItemFor(67_108_864), 50_328_576);
    assert.equal(largestItemFor(0), 0);
  });
});
