import { context, build } from 'esbuild';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const watch = process.argv.includes('--watch');
const dist = fileURLToPath(new URL('dist/', import.meta.url));
const fromRoot = (path) => fileURLToPath(new URL(path, import.meta.url));

const common = {
  bundle: true,
  minify: true,
  sourcemap: false,
  legalComments: 'external',
  logLevel: 'warning',
  absWorkingDir: fromRoot('.'),
};

/** Bundles of the extension host. The heavy ones are separate so that activation does not load them. */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  // ews-javascript-api brings an HTTP client and an MSAL of its own; it rides on our transport, so they are left out.
  alias: { '@ewsjs/xhr': fromRoot('src/ews/library/noTransport.ts') },
};

const bundles = [
  { ...node, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode', './signIn.js', './pfxWorker.js'] },
  { ...node, entryPoints: { ewsWorker: 'src/ews/library/worker.ts' } },
  { ...node, entryPoints: { signIn: 'src/identity/signIn.ts', pfxWorker: 'src/identity/certificate/pfxWorker.ts' } },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: { wizard: 'src/webview/ui/main.ts' },
    alias: { '@vscode/webview-ui-toolkit': fromRoot('node_modules/@vscode/webview-ui-toolkit/dist/toolkit.min.js') },
  },
];
