import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { RememberedFiles } from '../../../src/connections/rememberedFiles.ts';

describe('A file that is remembered', () => {
  let folder: string;
  let file: string;
  let reads: number;
  let files: RememberedFiles<string>;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'exchange-migration-remembered-'));
    file = path.join(folder, 'file');
    reads = 0;
    files = new RememberedFiles(async (name) => {
      reads += 1;
      const text = await readFile(name, 'utf8');
      if (text === 'refused') throw new Error(text);
      return text;
    });
    await writeFile(file, 'one');
  });
  afterEach(async () => rm(folder, { recursive: true }));

  it('is read once as long as it stays the same', async () => {
    assert.equal(await files.get(file), 'one');
    assert.equal(await files.get(file), 'one');
    assert.equal(reads, 1);
  });

  it('is read again when another of the same length took its place', async () => {
    await files.get(file);
    await writeFile(`${file}.tmp`, 'two');
    await rename(`${file}.tmp`, file);
    assert.equal(await files.get(file), 'two');
  });

  it('is read again when it was written in place', async () => {
    await files.get(file);
    await writeFile(file, 'longer');
    assert.equal(await files.get(file), 'longer');
  });

  it('is gone when it was deleted, and new when it is there again', async () => {
    await files.get(file);
    await rm(file);
    await assert.rejects(files.get(file), { code: 'ENOENT' });
    await writeFile(file, 'again');
    assert.equal(await files.get(file), 'again');
  });

  it('is read again after a failure, and when it shall be forgotten', async () => {
    await writeFile(file, 'refused');
    await assert.rejects(files.get(file), { message: 'refused' });
    await assert.rejects(files.get(file), { message: 'refused' });
    assert.equal(reads, 2);
    await writeFile(file, 'one');
    await files.get(file);
    files.forget(file);
    await files.get(file);
    assert.equal(reads, 4);
  });
});
