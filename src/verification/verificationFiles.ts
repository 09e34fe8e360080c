import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../connections/atomicFile.ts';
import { errorCode } from '../connections/storeError.ts';
import { verificationRecord } from './verification.ts';
import type { VerificationRecord } from './verification.ts';

/** The last verification of each connection, one file each. They can be made again, so a broken one counts as none. */
export class VerificationFiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async read(id: string): Promise<VerificationRecord | undefined> {
    try {
      const parsed = verificationRecord.safeParse(JSON.parse(await readFile(this.#pathOf(id), 'utf8')));
      return parsed.success ? parsed.data : undefined;
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** @throws StoreError */
  async write(id: string, record: VerificationRecord): Promise<void> {
    await writeFileAtomically(this.#pathOf(id), JSON.stringify(record));
  }

  async remove(id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true });
  }

  #pathOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}
