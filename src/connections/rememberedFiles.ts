import { stat } from 'node:fs/promises';

interface Remembered<T> {
  readonly stamp: string;
  readonly value: T;
}

/**
 * What files held when they were last read. Reading and parsing a thousand takes some 150 ms, looking whether they have
 * changed some 10 ms.
 */
export class RememberedFiles<T> {
  readonly #read: (path: string) => Promise<T>;
  readonly #files = new Map<string, Remembered<T>>();

  /** @param read reads a file and makes something of it that nobody changes. */
  constructor(read: (path: string) => Promise<T>) {
    this.#read = read;
  }

  /** @throws what `stat` or `read` throw; then nothing is remembered. */
  async get(path: string): Promise<T> {
    // Taken before reading: should the file change meanwhile, the next look finds it changed.
    const stamp = await stampOf(path);
    const remembered = this.#files.get(path);
    if (remembered?.stamp === stamp) return remembered.value;
    this.#files.delete(path);
    const value = await this.#read(path);
    this.#files.set(path, { stamp, value });
    return value;
  }

  /** For who writes: within one tick of the file system's clock, some ms, two writes can look alike. */
  forget(path: string): void {
    this.#files.delete(path);
  }
}

/** Differs after every change: a renamed file is another inode, and writing in place sets the change time. */
async function stampOf(path: string): Promise<string> {
  const { ino, size, mtimeMs, ctimeMs } = await stat(path);
  return `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}
