import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../connections/atomicFile.ts';
import { withFolderLock } from '../connections/folderLock.ts';
import { RememberedFiles } from '../connections/rememberedFiles.ts';
import { history, claimedUntil, noHistory, withRun } from './history.ts';
import type { History, RunEntry } from './history.ts';

/** The last runs of each connection, one file each beside its last verification. A broken one counts as none. */
export class HistoryFiles {
  readonly #folder: string;
  readonly #parsed = new RememberedFiles(async (path) => parseHistory(await readFile(path, 'utf8')));

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(id: string): Promise<History> {
    try {
      return await this.#parsed.get(this.#pathOf(id));
    } catch {
      return noHistory; // There is none, or it cannot be read.
    }
  }

  /** Adds a run that has ended; of whichever window, the claim is over. @throws StoreError */
  async add(id: string, run: RunEntry): Promise<void> {
    await withFolderLock(this.#folder, async () => this.#write(id, withRun(await this.read(id), run)));
  }

  /**
   * Notes that a run begins, unless another window has one under way.
   * @param isStillDue asked about what is kept now, when no other window can change it
   * @returns whether this window may begin @throws StoreError
   */
  async claim(id: string, now: number, isStillDue: (history: History) => boolean): Promise<boolean> {
    return withFolderLock(this.#folder, async () => {
      const current = await this.read(id);
      if (claimedUntil(current, now) !== undefined || !isStillDue(current)) return false;
      await this.#write(id, { ...current, claimedAt: new Date(now).toISOString() });
      return true;
    });
  }

  async remove(id: string): Promise<void> {
    const path = this.#pathOf(id);
    await rm(path, { force: true });
    this.#parsed.forget(path);
  }

  async #write(id: string, next: History): Promise<void> {
    const path = this.#pathOf(id);
    await writeFileAtomically(path, JSON.stringify(next));
    this.#parsed.forget(path);
  }

  #pathOf(id: string): string {
    return join(this.#folder, `${id}.history.json`);
  }
}

function parseHistory(text: string): History {
  try {
    return history.safeParse(JSON.parse(text)).data ?? noHistory;
  } catch {
    return noHistory; // Not JSON.
  }
}
