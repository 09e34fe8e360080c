import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from './storeError.ts';

/**
 * Writes a file so that every reader, and the next start after a crash, finds the old text or the new one, whole:
 * a temporary file beside it is written, flushed to the disk, and renamed over it.
 * @throws StoreError; the old file is then untouched and the temporary one removed.
 */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined); // The first error is the one to report.
    throw fileError(cause, path);
  }
}
