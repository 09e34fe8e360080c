import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jobContent, usualContent } from '../../../src/migration/content/jobContent.ts';
import type { JobContent } from '../../../src/migration/content/jobContent.ts';
import { ContentJudge } from '../../../src/migration/content/wanted.ts';
import type { FolderFacts, ItemFacts, UnwantedFolder, UnwantedItem } from '../../../src/migration/content/wanted.ts';
import { unwantedText } from '../../../src/migration/migrationText.ts';

function judge({
  folders = {},
  items = {},
}: {
  folders?: Partial<JobContent['folders']>;
  items?: Partial<JobContent['items']>;
}): ContentJudge {
  const content = { folders: { ...usualContent.folders, ...folders }, items: { ...usualContent.items, ...items } };
  return new ContentJudge(jobContent.parse(content));
}

describe('What is migrated of a mailbox', () => {
  const folders: readonly (readonly [FolderFacts, Partial<JobContent['folders']>, UnwantedFolder | undefined])[] = [
    [{ role: 'inbox' }, {}, undefined],
    [{}, {}, undefined],
    [{ role: 'syncissues' }, {}, 'excludedFolder'],
    [{ role: 'inbox', isSearchFolder: true }, {}, 'searchFolder'],
    [{ role: 'calendar' }, { include: ['inbox', 'other'] }, 'notIncludedFolder'],
    [{}, { include: ['inbox', 'other'] }, undefined],
    [{ role: 'inbox' }, { include: ['inbox'], exclude: ['inbox'] }, 'excludedFolder'],
    [{ role: 'recoverableitemspurges' }, {}, 'recoverable'],
    [{ role: 'recoverableitemspurges' }, { recoverable: ['recoverableitemspurges'], include: ['inbox'] }, undefined],
    [{ role: 'recoverableitemsversions' }, { recoverable: ['recoverableitemspurges'] }, 'recoverable'],
  ];
  for (const [folder, wanted, expected] of folders) {
    it(`of folders ${JSON.stringify(wanted)}: ${JSON.stringify(folder)} ${expected ?? 'is'}`, () =>
      assert.equal(judge({ folders: wanted }).whyNotFolder(folder), expected));
  }

  const at = (text: string) => Date.parse(`${text}T00:00:00Z`);
  const range = { from: '2020-01-01T00:00:00Z', before: '2021-01-01T00:00:00Z' };
  const note = 'IPM.Note';
  const items: readonly (readonly [string, ItemFacts, Partial<JobContent['items']>, UnwantedItem | undefined])[] = [
    ['everything', { itemClass: note, size: 1e9, at: 0 }, {}, undefined],
    ['from the first moment on', { itemClass: note, at: at('2020-01-01') }, range, undefined],
    ['nothing before it', { itemClass: note, at: at('2020-01-01') - 1 }, range, 'tooEarly'],
    ['up to the last moment', { itemClass: note, at: at('2021-01-01') - 1 }, range, undefined],
    ['nothing from then on', { itemClass: note, at: at('2021-01-01') }, range, 'tooLate'],
    ['what has no date', { itemClass: 'IPM.Contact' }, range, undefined],
    [
      'an appointment that goes on into the range',
      { itemClass: 'IPM.Appointment', at: at('2019-12-31'), until: at('2020-01-02') },
      range,
      undefined,
    ],
    [
      'a series without an end',
      { itemClass: 'IPM.Appointment', at: at('2001-01-01'), until: Infinity },
      range,
      undefined,
    ],
    [
      'no series that is over',
      { itemClass: 'IPM.Appointment', at: at('2001-01-01'), until: at('2019-01-01') },
      range,
      'tooEarly',
    ],
    ['a class and those below', { itemClass: 'ipm.note.smime' }, { includeClasses: [note] }, undefined],
    ['no class that only begins alike', { itemClass: 'IPM.NoteBook' }, { includeClasses: [note] }, 'notIncludedClass'],
    [
      'classes by a star',
      { itemClass: 'IPM.Schedule.Meeting.Request' },
      { includeClasses: ['IPM.Schedule.*'] },
      undefined,
    ],
    [
      'no excluded class',
      { itemClass: 'IPM.Note.Rules' },
      { includeClasses: [note], excludeClasses: ['*.Rules'] },
      'excludedClass',
    ],
    ['up to the size', { itemClass: note, size: 1000 }, { maximumSize: 1000 }, undefined],
    ['nothing larger', { itemClass: note, size: 1001 }, { maximumSize: 1000 }, 'tooLarge'],
    ['what has no size', { itemClass: note }, { maximumSize: 1000 }, undefined],
  ];
  for (const [what, item, wanted, expected] of items) {
    it(`of items: ${what}`, () => {
      assert.equal(judge({ items: wanted }).whyNotItem(item), expected);
      assert.equal(judge({ items: wanted }).isWanted({ role: 'inbox' }, item), expected === undefined);
      assert.equal(judge({ items: wanted }).isWanted({ role: 'outbox' }, item), false);
      if (expected !== undefined) assert.match(unwantedText(expected), /\.$/);
    });
  }

  it('refuses what makes no sense', () => {
    const wrong: readonly object[] = [
      { from: '2021-01-01T00:00:00Z', before: '2021-01-01T00:00:00Z' },
      { from: 'yesterday' },
      { maximumSize: 0 },
      { includeClasses: ['IPM..Note'] },
      { includeClasses: ['a b'] },
    ];
    for (const each of wrong) {
      const content = { ...usualContent, items: { ...usualContent.items, ...each } };
      assert.ok(!jobContent.safeParse(content).success, JSON.stringify(each));
    }
    const folders = { ...usualContent.folders, include: ['Posteingang'] };
    assert.ok(!jobContent.safeParse({ ...usualContent, folders }).success);
  });
});
