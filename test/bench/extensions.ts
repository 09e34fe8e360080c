import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { installVsix } from '../../scripts/vscodeServer.ts';
import type { VscodeServerFiles } from '../../scripts/vscodeInstall.ts';

/** Folders of installed extensions, one for each kind of window that is measured. */
export interface BenchExtensions {
  /** The packed extension as a user gets it. */
  readonly installed: string;
  /** Beside it the probe. */
  readonly withProbe: string;
  /** The extension with its view alone, in its place. */
  readonly treeOnly: string;
}

/** @param folder an empty one, to be removed by the caller. */
export async function installBenchExtensions(
  files: VscodeServerFiles,
  vsix: string,
  folder: string,
): Promise<BenchExtensions> {
  const withProbe = path.join(folder, 'with-probe');
  const treeOnly = path.join(folder, 'tree-only');
  await installVsix(files, vsix, withProbe);
  // VS Code's list of what it installed itself: without it, VS Code takes what it finds in the folder.
  await rm(path.join(withProbe, 'extensions.json'));
  const [name] = await readdir(withProbe);
  if (name === undefined) throw new Error(`${vsix} was not installed.`);
  const installed = path.join(withProbe, name);
  const reduced = path.join(treeOnly, name);
  await cp(installed, reduced, { recursive: true });

  const manifest = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8')) as object; // This project's.
  await writeFile(path.join(reduced, 'package.json'), JSON.stringify({ ...manifest, main: './dist/tree.js' }));
  await bundle('tree.ts', path.join(reduced, 'dist', 'tree.js'));

  const probe = path.join(withProbe, 'exchange-migration.bench-probe-0.0.0');
  await mkdir(probe);
  await writeFile(path.join(probe, 'package.json'), JSON.stringify(probeManifest));
  await bundle('probe.ts', path.join(probe, 'probe.js'));
  return { installed, withProbe, treeOnly };
}

const probeManifest = {
  name: 'bench-probe',
  publisher: 'exchange-migration',
  version: '0.0.0',
  engines: { vscode: '^1.116.0' },
  extensionKind: ['workspace'],
  main: './probe.js',
  activationEvents: ['onStartupFinished'],
};

async function bundle(source: string, target: string): Promise<void> {
  await build({
    entryPoints: [path.join(import.meta.dirname, 'host', source)],
    outfile: target,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
}
