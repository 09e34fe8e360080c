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
  for (const name of bundles) {
    const bytes = (await stat(path.join(dist, name))).size;
    const bar = name === 'wizard.js' ? against(largestPageScript, bytes) : {};
    report('bundle size', { file: `dist/${name}`, bytes, ...bar });
  }
}
