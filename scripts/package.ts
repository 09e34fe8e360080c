import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { buildExtension } from './buildExtension.ts';
import { projectRoot } from './paths.ts';

/** Builds the extension and packs it: out/exchange-migration.vsix, or the path given as the first argument. */
const target = path.resolve(process.argv[2] ?? path.join(projectRoot, 'out', 'exchange-migration.vsix'));
await buildExtension();
await mkdir(path.dirname(target), { recursive: true });
// Everything is bundled, so no node_modules go along.
await createVSIX({
  cwd: projectRoot,
  packagePath: target,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
console.log(target);
