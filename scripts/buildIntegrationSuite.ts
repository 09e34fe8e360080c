import { globSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from './paths.ts';

/**
 * Bundles the tests that run inside VS Code into one file that its extension host can load.
 * @returns the bundle's path, for `extensionTestsPath`.
 * @throws Error when there is no test.
 */
export async function buildIntegrationSuite(): Promise<string> {
  const suite = path.join(projectRoot, 'test', 'integration', 'suite');
  const tests = globSync('*.test.ts', { cwd: suite }).sort();
  if (tests.length === 0) throw new Error(`There is no test in ${suite}.`);
  const bundle = path.join(projectRoot, 'out', 'integration', 'index.cjs');
  await build({
    stdin: {
      // The test files register themselves with mocha when `run()` loads them, not before.
      contents: [
        "import { runSuite } from './index.ts';",
        `export const run = () => runSuite([${tests.map((file) => `() => require('./${file}')`).join(', ')}]);`,
      ].join('\n'),
      resolveDir: suite,
      loader: 'ts',
    },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22', // the extension host of the oldest VS Code this extension supports
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return bundle;
}
