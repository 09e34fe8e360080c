import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeFileAtomically } from '../../connections/atomicFile.ts';
import { RememberedFiles } from '../../connections/rememberedFiles.ts';
import { fileError } from '../../connections/storeError.ts';
import { Pace } from '../pace.ts';
import { scannedMailbox, scanSummary } from './scanTypes.ts';
import type { ScanSummary, ScannedMailbox } from './scanTypes.ts';

/** The offset of every so many lines is kept, so that a page is found without reading what is before it. */
const linesBetweenMarks = 100;
/** Where scans that are under way write. Not beside the others: whoever watches these would be told of each line. */
const runningFolder = 'running';
/** What a scan has left that was killed (ms): none that goes on leaves its file alone for so long. */
const abandonedAfterMs = 24 * 60 * 60_000;

const savedScan = z.lazy(() =>
  z.object({
    summary: scanSummary,
    /** Of the file with the mailboxes: its length in bytes, its lines, and the offsets of the first, the 101st and so on. */
    mailboxes: z.object({
      bytes: z.int().check(z.minimum(0)),
      lines: z.int().check(z.minimum(0)),
      marks: z.array(z.int().check(z.minimum(0))),
    }),
  }),
);
type SavedScan = z.infer<typeof savedScan>;

/**
 * The last scan of each job: `ID.json` is what it comes to, `ID.jsonl` has a mailbox a line, in the order in which they were
 * done. They can be made again, so broken ones count as none. Nothing ever holds all mailboxes in memory.
 */
export class ScanFiles {
  readonly folder: string;
  readonly #saved = new RememberedFiles(
    async (path) => savedScan.safeParse(JSON.parse(await readFile(path, 'utf8'))).data,
  );

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Begins a scan. The last one stays until this one is saved. @throws StoreError */
  async begin(jobId: string): Promise<ScanWriter> {
    const running = join(this.folder, runningFolder);
    const path = join(running, `${jobId}.${randomUUID()}.jsonl`);
    try {
      await mkdir(running, { recursive: true });
      await removeAbandoned(running);
      const file = await open(path, 'wx', 0o600);
      return new ScanWriter(file, path, async (saved) => this.#save(jobId, path, saved));
    } catch (cause) {
      throw fileError(cause, path);
    }
  }

  /** What the last scan of a job comes to; undefined: there is none. */
  async summary(jobId: string): Promise<ScanSummary | undefined> {
    return (await this.#read(jobId))?.summary;
  }

  /** How many mailboxes the last scan has lines of. */
  async count(jobId: string): Promise<number> {
    return (await this.#read(jobId))?.mailboxes.lines ?? 0;
  }

  /**
   * Some mailboxes of the last scan, read in slices: one may have thousands of folders.
   * @param first the first line, from 0
   * @returns at most `count`; none where the files do not fit together
   */
  async page(jobId: string, first: number, count: number): Promise<readonly ScannedMailbox[]> {
    const saved = await this.#read(jobId);
    if (saved === undefined || first >= saved.mailboxes.lines || count < 1) return [];
    try {
      const lines = await this.#lines(jobId, saved.mailboxes, first, count);
      const pace = new Pace();
      const mailboxes: ScannedMailbox[] = [];
      for (const line of lines) {
        const { data } = scannedMailbox.safeParse(JSON.parse(line));
        if (data) mailboxes.push(data);
        if (pace.isOver) await pace.next(mailboxes.length);
      }
      return mailboxes;
    } catch {
      return []; // It is gone, or damaged.
    }
  }

  /** Goes with the job. */
  async remove(jobId: string): Promise<void> {
    for (const path of [this.#summaryPath(jobId), this.#mailboxesPath(jobId)]) await rm(path, { force: true });
    this.#saved.forget(this.#summaryPath(jobId));
  }

  async #lines(
    jobId: string,
    { bytes, marks }: SavedScan['mailboxes'],
    first: number,
    count: number,
  ): Promise<readonly string[]> {
    const path = this.#mailboxesPath(jobId);
    const file = await open(path, 'r');
    try {
      // Of another scan than the summary: two windows have saved, or one was killed in between.
      if ((await file.stat()).size !== bytes) return [];
      const begin = Math.floor(first / linesBetweenMarks);
      const from = marks[begin] ?? bytes;
      const to = marks[Math.ceil((first + count) / linesBetweenMarks)] ?? bytes;
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(to - from), position: from });
      const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
      const skipped = first - begin * linesBetweenMarks;
      return lines.slice(skipped, skipped + count).filter((line) => line !== '');
    } finally {
      await file.close();
    }
  }

  async #save(jobId: string, path: string, saved: SavedScan): Promise<void> {
    const target = this.#mailboxesPath(jobId);
    try {
      await rename(path, target);
    } catch (cause) {
      throw fileError(cause, target);
    }
    await writeFileAtomically(this.#summaryPath(jobId), JSON.stringify(saved));
    this.#saved.forget(this.#summaryPath(jobId));
  }

  async #read(jobId: string): Promise<SavedScan | undefined> {
    try {
      return await this.#saved.get(this.#summaryPath(jobId));
    } catch {
      return undefined; // There is none, or it cannot be read.
    }
  }

  #summaryPath(jobId: string): string {
    return join(this.folder, `${jobId}.json`);
  }

  #mailboxesPath(jobId: string): string {
    return join(this.folder, `${jobId}.jsonl`);
  }
}

/** A scan that is under way. Ends with `save` or `discard`. */
export class ScanWriter {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #onSave: (saved: SavedScan) => Promise<void>;
  readonly #marks: number[] = [];
  #lines = 0;
  #bytes = 0;
  #written: Promise<void> = Promise.resolve();

  constructor(file: FileHandle, path: string, onSave: (saved: SavedScan) => Promise<void>) {
    this.#file = file;
    this.#path = path;
    this.#onSave = onSave;
  }

  /** Adds a mailbox; one after the other, however many are done at once. @throws StoreError */
  async add(mailbox: ScannedMailbox): Promise<void> {
    this.#written = this.#written.then(async () => {
      const line = Buffer.from(`${JSON.stringify(mailbox)}\n`, 'utf8');
      await this.#file.appendFile(line);
      if (this.#lines % linesBetweenMarks === 0) this.#marks.push(this.#bytes);
      this.#lines += 1;
      this.#bytes += line.length;
    });
    try {
      await this.#written;
    } catch (cause) {
      throw fileError(cause, this.#path);
    }
  }

  /** Puts the scan in the place of the last one, flushed to the disk. @throws StoreError; the last one then stays or is gone */
  async save(summary: ScanSummary): Promise<void> {
    try {
      await this.#written;
      await this.#file.sync();
      await this.#file.close();
    } catch (cause) {
      await this.discard();
      throw fileError(cause, this.#path);
    }
    await this.#onSave({ summary, mailboxes: { bytes: this.#bytes, lines: this.#lines, marks: this.#marks } });
  }

  /** Leaves the last scan as it is. */
  async discard(): Promise<void> {
    await this.#written.catch(() => undefined); // Whoever added it has been told.
    await this.#file.close().catch(() => undefined); // It may be closed already.
    await rm(this.#path, { force: true });
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0, // Its scan has just ended.
    );
    if (age > abandonedAfterMs) await rm(path, { force: true });
  }
}
