import { build, context } from 'esbuild';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fromRoot = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Modules loaded on first use, each a bundle of its own: activation loads none of them. */
const lazy = {
  name: 'lazy',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: `./${path.replace(/^.*\/|\.ts$/g, '')}.js`, external: true } : undefined,
    );
  },
};

const common = {
  bundle: true,
  minify: true,
  legalComments: 'none', // The licences go along whole: see writeNotices.
  metafile: true,
  logLevel: 'warning',
  absWorkingDir: fromRoot('.'),
  outdir: 'dist',
};

const host = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  plugins: [lazy],
};

const bundles = [
  { ...host, entryPoints: { extension: 'src/extension.ts' } },
  {
    ...host,
    // It runs on the Node of whoever calls it, and finds the other bundles beside itself.
    ...{ target: 'node20', define: { 'import.meta.dirname': '__dirname' } },
    entryPoints: { cli: 'src/cli.ts' },
  },
  { ...host, entryPoints: { signIn: 'src/identity/signIn.ts' } },
  { ...host, entryPoints: { certificateWorker: 'src/identity/certificate/certificateWorker.ts' } },
  {
    ...host,
    entryPoints: { ewsWorker: 'src/ews/library/worker.ts' },
    // It brings an HTTP client and an MSAL of its own; it rides on our transport, so both are left out.
    alias: {
      '@ewsjs/xhr': fromRoot('src/ews/library/noTransport.ts'),
      '@azure/msal-node': fromRoot('src/ews/library/noTransport.ts'),
    },
  },
  {
    ...common,
    platform: 'browser',
    // What the pages have in common, the controls above all, is a module of its own: shared.js.
    format: 'esm',
    splitting: true,
    chunkNames: 'shared',
    target: 'es2022',
    entryPoints: {
      wizard: 'src/webview/ui/main.ts',
      details: 'src/webview/ui/details.ts',
      shared: 'src/webview/ui/shared.css',
    },
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    alias: { '@vscode/webview-ui-toolkit': fromRoot('node_modules/@vscode/webview-ui-toolkit/dist/toolkit.min.js') },
  },
];

const watch = process.argv.includes('--watch');
if (!watch) await rm(fromRoot('dist'), { recursive: true, force: true });
await mkdir(fromRoot('dist'), { recursive: true });
// The project is made of ES modules, the extension host's bundles are CommonJS. The command line reads its version there.
const { version } = JSON.parse(await readFile(fromRoot('package.json'), 'utf8'));
await writeFile(fromRoot('dist/package.json'), `${JSON.stringify({ type: 'commonjs', version })}\n`);
if (watch) await Promise.all(bundles.map(async (bundle) => (await context(bundle)).watch()));
else await writeNotices(await Promise.all(bundles.map((bundle) => build(bundle))));

/** The licences of all packages that the bundles hold, as these licences ask. */
async function writeNotices(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  const notices = await Promise.all([...folders].sort().map(noticeOf));
  await writeFile(fromRoot('dist/ThirdPartyNotices.txt'), notices.join('\n'));
}

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(fromRoot(`${folder}/package.json`), 'utf8'));
  const file = (await readdir(fromRoot(folder))).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : await readFile(join(fromRoot(folder), file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n\n${'-'.repeat(80)}\n`;
}
