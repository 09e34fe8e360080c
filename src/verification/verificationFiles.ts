import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../connections/atomicFile.ts';
import { Emitter } from '../connections/emitter.ts';
import { FolderWatch } from '../connections/folderWatch.ts';
import { RememberedFiles } from '../connections/rememberedFiles.ts';
import { verificationRecord } from './verification.ts';
import type { VerificationRecord } from './verification.ts';

/** The last verification of each connection, one file each. They can be made again, so a broken one counts as none. */
export class VerificationFiles {
  readonly folder: string;
  readonly #parsed = new RememberedFiles(async (path) => parseRecord(await readFile(path, 'utf8')));

  readonly #changed = new Emitter<undefined>();
  readonly #watch: FolderWatch;
  #watching: Promise<void> | undefined;

  constructor(folder: string) {
    this.folder = folder;
    this.#watch = new FolderWatch(folder, () => this.#changed.fire(undefined));
  }

  /** A run has ended here or in another window: read again. Only once `watch` has been called. */
  readonly onDidChange = this.#changed.event;

  watch(): Promise<void> {
    return (this.#watching ??= this.#watch.start());
  }

  dispose(): void {
    this.#watch.close();
  }

  async read(id: string): Promise<VerificationRecord | undefined> {
    try {
      return await this.#parsed.get(this.#pathOf(id));
    } catch {
      return undefined; // There is none, or it cannot be read.
    }
  }

  /** @throws StoreError */
  async write(id: string, record: VerificationRecord): Promise<void> {
    const path = this.#pathOf(id);
    await writeFileAtomically(path, JSON.stringify(record));
    this.#parsed.forget(path);
  }

  async remove(id: string): Promise<void> {
    const path = this.#pathOf(id);
    await rm(path, { force: true });
    this.#parsed.forget(path);
  }

  #pathOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}

function parseRecord(text: string): VerificationRecord | undefined {
  try {
    return verificationRecord.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // Not JSON.
  }
}
