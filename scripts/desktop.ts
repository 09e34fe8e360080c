import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { cacheFolder, projectRoot } from './paths.ts';
import type { SupervisedProcess } from './supervised.ts';
import { startSupervised } from './supervised.ts';

/**
 * Starts the desktop VS Code with the extension, downloading the program on first use.
 * @param folder is opened, and removed in the end.
 * @throws Error with a sentence that says what to do instead when the program cannot be had.
 */
export async function startDesktop(folder: string): Promise<SupervisedProcess> {
  let program: string;
  try {
    program = await downloadAndUnzipVSCode({ cachePath: path.join(cacheFolder(), 'desktop') });
  } catch (error) {
    throw new Error(
      'The desktop VS Code could not be downloaded. Start without --desktop: VS Code then runs in the browser.',
      { cause: error },
    );
  }
  const data = await mkdtemp(path.join(os.tmpdir(), 'exchange-migration-desktop-'));
  return startSupervised(
    program,
    [
      folder,
      `--extensionDevelopmentPath=${projectRoot}`,
      ...[`--user-data-dir=${data}`, `--extensions-dir=${path.join(data, 'extensions')}`],
      ...['--disable-workspace-trust', '--disable-updates', '--skip-welcome', '--new-window'],
    ],
    { removeAfterwards: [data, folder] },
  );
}
