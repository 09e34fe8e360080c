import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { writeFileAtomically } from '../../../src/connections/atomicFile.ts';
import { fileError, StoreError } from '../../../src/connections/storeError.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

describe('A file written as a whole', () => {
  const folder = useTemporaryFolder();

  it('is made with its folder, replaces the old one, and leaves nothing beside it', async () => {
    const path = join(folder(), 'deep', 'er', 'file.json');
    await writeFileAtomically(path, 'old');
    await writeFileAtomically(path, 'new');
    assert.equal(await readFile(path, 'utf8'), 'new');
    assert.deepEqual(await readdir(join(folder(), 'deep', 'er')), ['file.json']);
  });

  it('is always whole for those who read meanwhile', async () => {
    const path = join(folder(), 'file');
    const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(200_000));
    await writeFileAtomically(path, texts[0] ?? '');
    const state = { writing: true };
    const writing = Promise.all(texts.map((text) => writeFileAtomically(path, text))).then(() => {
      state.writing = false;
    });
    while (state.writing) assert.ok(texts.includes(await readFile(path, 'utf8')));
    await writing;
  });

  it('cannot take the place of a folder, and leaves no temporary file behind', async () => {
    const path = join(folder(), 'taken');
    await mkdir(join(path, 'inside'), { recursive: true });
    await assert.rejects(writeFileAtomically(path, 'text'), StoreError);
    assert.deepEqual(await readdir(folder()), ['taken']);
  });

  it('cannot be below a file', async () => {
    await writeFile(join(folder(), 'file'), '');
    await assert.rejects(
      writeFileAtomically(join(folder(), 'file', 'x.json'), 'text'),
      (error) => error instanceof StoreError && error.reason === 'fileAccess',
    );
  });

  const codes = [
    ['ENOSPC', 'diskFull'],
    ['EDQUOT', 'diskFull'],
    ['EROFS', 'readOnly'],
    ['EACCES', 'readOnly'],
    ['EPERM', 'readOnly'],
    ['EIO', 'fileAccess'],
    ['', 'fileAccess'],
  ] as const;
  for (const [code, reason] of codes) {
    it(`that meets ${code || 'an error without a code'} fails as ${reason}`, () => {
      const error = fileError(Object.assign(new Error('x'), code && { code }), '/some/path');
      assert.equal(error.reason, reason);
      assert.equal(error.path, '/some/path');
    });
  }
});
