import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What lies in the project folder but is no part of the built extension. */
const notShipped = new Set(['node_modules', 'out', 'src', 'test', 'scripts']);

/**
 * Installs a built extension from its project folder as if from a package, but without making one (several seconds).
 * @param extensionsFolder VS Code's folder of installed extensions.
 * @throws Error when the project folder holds no manifest.
 */
export async function installFolder(project: string, extensionsFolder: string): Promise<void> {
  // This project's own manifest, which the build has read already.
  const manifest = JSON.parse(await readFile(path.join(project, 'package.json'), 'utf8')) as {
    readonly publisher: string;
    readonly name: string;
    readonly version: string;
  };
  const target = path.join(extensionsFolder, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  await mkdir(target, { recursive: true });
  const shipped = (await readdir(project)).filter((entry) => !entry.startsWith('.') && !notShipped.has(entry));
  await Promise.all(
    shipped.map(async (entry) => cp(path.join(project, entry), path.join(target, entry), { recursive: true })),
  );
}
