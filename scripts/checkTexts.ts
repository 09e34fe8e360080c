import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import * as z from 'zod';
import { projectRoot } from './paths.ts';

/**
 * Whether every visible text can be translated: the bundle of the code's texts is up to date (npm run l10n makes it),
 * and package.json and package.nls.json name the same keys.
 */
const problems = [...(await bundleProblems()), ...(await manifestProblems())];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

async function bundleProblems(): Promise<string[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'exchange-migration-l10n-'));
  try {
    const exporter = path.join(projectRoot, 'node_modules/@vscode/l10n-dev/dist/cli.js');
    await promisify(execFile)(process.execPath, [exporter, 'export', '--outDir', folder, 'src'], { cwd: projectRoot });
    const name = 'bundle.l10n.json';
    const [made, kept] = await Promise.all([readTexts(path.join(folder, name)), readTexts(path.join('l10n', name))]);
    return isDeepStrictEqual(made, kept) ? [] : ['l10n/bundle.l10n.json is out of date. Run: npm run l10n'];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function manifestProblems(): Promise<string[]> {
  const manifest = await readFile(path.join(projectRoot, 'package.json'), 'utf8');
  const used = new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].flatMap(([, key]) => key ?? []));
  const defined = new Set(Object.keys(await readTexts('package.nls.json')));
  return [
    ...[...used].filter((key) => !defined.has(key)).map((key) => `package.nls.json lacks the text ${key}.`),
    ...[...defined].filter((key) => !used.has(key)).map((key) => `Nobody uses the text ${key} of package.nls.json.`),
  ];
}

async function readTexts(file: string): Promise<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path.resolve(projectRoot, file), 'utf8')));
}
