import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode, fileError } from './storeError.ts';

/** A holder needs milliseconds; one that is this old (ms) was killed while it held the lock. */
const staleAfterMs = 10_000;
const retryEveryMs = 20;

/**
 * Runs `work` while no other window runs work in this folder. The lock is a file, since windows are processes of
 * their own and Node offers no lock that the system would release.
 * @throws StoreError when the folder cannot be written; whatever `work` throws.
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, '.lock');
  await acquire(folder, path);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(folder: string, path: string): Promise<void> {
  for (;;) {
    try {
      await mkdir(folder, { recursive: true });
      await (await open(path, 'wx')).close();
      return;
    } catch (cause) {
      if (errorCode(cause) !== 'EEXIST') throw fileError(cause, path);
    }
    if (await isStale(path)) await breakLock(path);
    else await pause(retryEveryMs);
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > staleAfterMs;
  } catch {
    return false; // Released meanwhile: the next try tells.
  }
}

/** Renaming first: of two windows that find the same stale lock only one can move it. */
async function breakLock(path: string): Promise<void> {
  const moved = `${path}.${randomUUID()}`;
  try {
    await rename(path, moved);
    await rm(moved, { force: true });
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') throw fileError(cause, path);
  }
}
