import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { withFolderLock } from '../../../src/connections/folderLock.ts';
import { StoreError } from '../../../src/connections/storeError.ts';
import { makeGate } from '../support/gate.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';

const longAgo = new Date('2020-01-01T00:00:00Z');

describe('The lock of a folder', () => {
  const folder = useTemporaryFolder();
  const lock = (): string => join(folder(), '.lock');

  it('lets one in at a time, and gives back what each made', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<number> => {
      most = Math.max(most, ++inside);
      for (let turn = 0; turn < 5; turn++) await nextTurn();
      return inside--;
    };
    const made = await Promise.all(Array.from({ length: 20 }, () => withFolderLock(folder(), work)));
    assert.equal(most, 1);
    assert.deepEqual(made, Array(20).fill(1));
    assert.deepEqual(await readdir(folder()), []);
  });

  it('holds between processes: no count is lost', async () => {
    const counter = join(folder(), 'counter');
    await writeFile(counter, '0');
    const module = new URL('../../../src/connections/folderLock.ts', import.meta.url).href;
    const script = `
      const { withFolderLock } = await import(${JSON.stringify(module)});
      const { readFile, writeFile } = await import('node:fs/promises');
      const [folder, counter] = process.argv.slice(1);
      for (let i = 0; i < 10; i++) await withFolderLock(folder, async () => {
        await writeFile(counter, String(Number(await readFile(counter, 'utf8')) + 1));
      });`;
    const children = [1, 2].map(() =>
      spawn(process.execPath, ['--input-type=module', '-e', script, folder(), counter], { stdio: 'inherit' }),
    );
    await Promise.all(children.map((child) => once(child, 'exit')));
    assert.equal(await readFile(counter, 'utf8'), '20');
  });

  it('is released when the work fails', async () => {
    await assert.rejects(
      withFolderLock(folder(), () => Promise.reject(new Error('work'))),
      /work/,
    );
    assert.equal(await withFolderLock(folder(), () => Promise.resolve(1)), 1);
  });

  it('of a window that was killed is broken', async () => {
    await writeFile(lock(), 'somebody');
    await utimes(lock(), longAgo, longAgo);
    assert.deepEqual(
      await Promise.all([1, 2, 3].map((n) => withFolderLock(folder(), () => Promise.resolve(n)))),
      [1, 2, 3],
    );
    assert.deepEqual(await readdir(folder()), []);
  });

  it('that was taken over is not released by the one that had it before', async () => {
    const first = makeGate();
    const second = makeGate();
    const firstDone = withFolderLock(folder(), () => first.opened);
    await until('the first holds it', () =>
      stat(lock()).then(
        () => true,
        () => false,
      ),
    );
    await utimes(lock(), longAgo, longAgo);
    let secondInside = false;
    const secondDone = withFolderLock(folder(), async () => {
      secondInside = true;
      await second.opened;
    });
    await until('the second holds it', () => secondInside);
    first.open();
    await firstDone;
    await stat(lock()); // Rejects if it is gone.
    second.open();
    await secondDone;
    assert.deepEqual(await readdir(folder()), []);
  });

  it('stays fresh while its holder is at work', async () => {
    await withFolderLock(folder(), async () => {
      await utimes(lock(), longAgo, longAgo);
      await until('the holder touches it', async () => (await stat(lock())).mtime > longAgo, 4_000);
    });
  });

  it('cannot be had where a file stands in the folder’s place', async () => {
    const place = join(folder(), 'file');
    await writeFile(place, '');
    for (const path of [place, join(place, 'below')]) {
      await assert.rejects(
        withFolderLock(path, () => Promise.resolve()),
        (error) => error instanceof StoreError && error.reason === 'fileAccess' && error.path === path,
      );
    }
  });
});
