import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from './paths.ts';

/**
 * Builds the extension into `dist`.
 * @throws Error with the compiler's messages.
 */
export async function buildExtension(): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(projectRoot, 'esbuild.js')], { cwd: projectRoot }).catch(
    (error: unknown) => {
      throw new Error('The extension could not be built.', { cause: error });
    },
  );
}
