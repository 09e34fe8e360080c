import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { MailboxFolder } from '../../../../src/ews/findFolders.ts';
import { placeFolders, roleOf } from '../../../../src/migration/scan/folderPlaces.ts';

const folder = (id: string, parentId: string, distinguished?: string): MailboxFolder => ({
  ...{ id, parentId, displayName: `Folder ${id}`, folderClass: 'IPF.Note', items: 1, bytes: 10 },
  ...{ distinguished, isSearchFolder: false },
});
const rolesOf = (folders: readonly MailboxFolder[], names?: ReadonlyMap<string, string>) =>
  placeFolders(folders, 'primary', names).map(({ role }) => role);

describe('The role of a folder', () => {
  for (const [name, role] of [
    ['inbox', 'inbox'],
    ['archive', 'archive'],
    ['archiveinbox', 'inbox'],
    ['archivedeleteditems', 'deleteditems'],
    ['archiverecoverableitemspurges', 'recoverableitemspurges'],
    ['archivemsgfolderroot', undefined],
    ['localfailures', undefined],
    ['other', 'other'],
    [undefined, undefined],
  ] as const) {
    it(`by the name ${name} is ${role}`, () => assert.equal(roleOf(name), role));
  }

  it('is that of the nearest one above it, whatever their order', () => {
    const folders = [
      folder('3', '2'),
      folder('1', 'root', 'syncissues'),
      folder('2', '1', 'conflicts'),
      folder('4', 'root'),
    ];
    assert.deepEqual(rolesOf(folders), ['syncissues', 'syncissues', 'syncissues', undefined]);
  });

  it('is found by its id where the server does not tell', () => {
    assert.deepEqual(rolesOf([folder('1', 'root'), folder('2', '1')], new Map([['1', 'inbox']])), ['inbox', 'inbox']);
  });

  it('does not go round in circles', () => {
    assert.equal(placeFolders([folder('1', '2'), folder('2', '1'), folder('3', '3')], 'primary').length, 3);
  });
});

describe('The path of a folder', () => {
  it('is the names from the top', () => {
    const [deep] = placeFolders([folder('3', '2'), folder('1', 'root'), folder('2', '1')], 'primary');
    assert.deepEqual(deep?.path, ['Folder 1', 'Folder 2', 'Folder 3']);
  });
});
