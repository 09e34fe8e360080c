import { readdir, stat } from 'node:fs/promises';
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
  for (const page of ['wizard.js', 'details.js']) {
    const bytes = (sizes.get(page) ?? 0) + (sizes.get('shared.js') ?? 0);
    report('page scripts', { files: `dist/${page}, dist/shared.js`, bytes, ...against(largestPageScript, bytes) });
  }
}
