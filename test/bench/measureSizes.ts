import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { against, report } from './figures.ts';

/** Bytes. */
const largestPackage = 1_500_000;
const largestPageScript = 260_000;

/** @param extension the folder of the installed extension. */
export async function measureSizes(vsix: string, extension: string): Promise<void> {
  const packed = (await stat(vsix)).size;
  report('package size', { file: path.basename(vsix), bytes: packed, ...against(largestPackage, packed) });
  const dist = path.join(extension, 'dist');
  const bundles = (await readdir(dist)).filter((name) => /\.(js|css)$/.test(name)).sort();
  const sizes = new Map<string, number>();
  for (const name of bundles) {
    const bytes = (await stat(path.join(dist, name))).size;
    sizes.set(name, bytes);
    report('bundle size', { file: `dist/${name}`, bytes });
  }
  for (const page of ['wizard.js', 'targetWizard.js', 'details.js']) {
    const files = await withImports(dist, page);
    const bytes = files.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
    report('page scripts', { page: `dist/${page}`, files: files.length, bytes, ...against(largestPageScript, bytes) });
  }
}

/** A module and all that it imports. */
async function withImports(folder: string, file: string, seen = new Set<string>()): Promise<readonly string[]> {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = await readFile(path.join(folder, file), 'utf8');
  for (const [, imported = ''] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
    await withImports(folder, imported, seen);
  }
  return [...seen];
}
