import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { VscodeServerFiles } from './vscodeInstall.ts';

/** What the product's screens rest on: VS Code's own themes and icons, and the preview of Markdown. */
const wanted = ['theme-defaults', 'theme-seti', 'theme-modern-icons', 'markdown-basics', 'markdown-language-features'];

/**
 * A folder with few of the extensions that come with VS Code. The hundred others, Copilot and Git among them, would start
 * in each of the tests' windows and take a quarter of its time.
 * @param folder to be made
 */
export async function fewBuiltIns({ serverMain }: VscodeServerFiles, folder: string): Promise<string> {
  const all = path.join(path.dirname(serverMain), '..', 'extensions');
  await mkdir(folder, { recursive: true });
  // On Windows a junction needs no right of its own.
  await Promise.all(wanted.map((name) => symlink(path.join(all, name), path.join(folder, name), 'junction')));
  return folder;
}
