import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode, fileError } from './storeError.ts';

/** A lock whose holder has not touched it for so long (ms) was left by one that was killed. */
const staleAfterMs = 10_000;
/** How often (ms) a holder touches its lock: a key store may ask the user something while the lock is held. */
const renewEveryMs = 2_000;
const retryEveryMs = 20;

/**
 * Runs `work` while no other window runs work in this folder. The lock is a file, since windows are processes of
 * their own and Node offers no lock that the system would release.
 * @throws StoreError when the folder cannot be written; whatever `work` throws.
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, '.lock');
  const owner = randomUUID();
  await makeFolder(folder);
  await acquire(path, owner);
  const renewal = setInterval(() => void renew(path, owner), renewEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await release(path, owner);
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw fileError(cause, folder);
  }
}

async function acquire(path: string, owner: string): Promise<void> {
  for (;;) {
    try {
      await create(path, owner);
      return;
    } catch (cause) {
      if (errorCode(cause) !== 'EEXIST') throw fileError(cause, path);
    }
    if (await isStale(path)) await breakLock(path);
    else await pause(retryEveryMs);
  }
}

async function create(path: string, owner: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(owner);
  } catch (cause) {
    await rm(path, { force: true }).catch(() => undefined); // A full disk left it empty: whoever saves next would wait.
    throw cause;
  } finally {
    await file.close();
  }
}

async function renew(path: string, owner: string): Promise<void> {
  const now = new Date();
  if (await isHeldBy(path, owner)) await utimes(path, now, now).catch(() => undefined); // It may be gone by now.
}

/** Somebody else's lock stays: ours was taken for stale, while this machine slept for example. */
async function release(path: string, owner: string): Promise<void> {
  if (await isHeldBy(path, owner)) await rm(path, { force: true }).catch(() => undefined); // It will become stale.
}

async function isHeldBy(path: string, owner: string): Promise<boolean> {
  return (await readFile(path, 'utf8').catch(() => '')) === owner;
}

async function isStale(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > staleAfterMs;
  } catch {
    return false; // Released meanwhile: the next try tells.
  }
}

/**
 * Renaming first: of two windows that find the same stale lock only one can move it. The other may then move the
 * lock that the first has taken since, so a lock that turns out to be fresh is put back.
 */
async function breakLock(path: string): Promise<void> {
  const moved = `${path}.${randomUUID()}`;
  try {
    await rename(path, moved);
    if (!(await isStale(moved))) await link(moved, path).catch(() => undefined); // Or somebody was faster.
    await rm(moved, { force: true });
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') throw fileError(cause, path);
  }
}
