import { build, context, transform } from 'esbuild';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fromRoot = (path) => fileURLToPath(new URL(path, import.meta.url));

/** MSAL is a bundle of its own, loaded at the first sign-in. */
const signIn = 'src/identity/signIn.ts';

/** The command line is one file beside it. */
const beside = {
  name: 'beside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/signIn\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './signIn.js', external: true } : undefined,
    );
  },
};

/**
 * Whatever else the extension imports when it is first needed lies in one file, `later.js`: reading a dozen small ones
 * takes longer than the one.
 */
const later = {
  name: 'later',
  setup: ({ onResolve, onLoad }) => {
    const isLater = ({ kind, path }) => kind === 'dynamic-import' && !path.endsWith('/signIn.ts');
    onResolve({ filter: /\.ts$/ }, (args) => (isLater(args) ? { path: 'later', namespace: 'later' } : undefined));
    onResolve({ filter: /^later$/ }, () => ({ path: 'later', namespace: 'later' }));
    onLoad({ filter: /.*/, namespace: 'later' }, async () => ({
      contents: (await importedLater()).map((file) => `export * from ${JSON.stringify(file)};`).join('\n'),
      resolveDir: fromRoot('.'),
    }));
  },
};

/** The modules that the host's source imports dynamically, but for MSAL's. */
async function importedLater() {
  const sources = await readdir(fromRoot('src'), { recursive: true });
  const found = new Set();
  for (const file of sources.filter((name) => name.endsWith('.ts') && name !== 'cli.ts')) {
    const text = await readFile(fromRoot(join('src', file)), 'utf8');
    for (const [, target] of text.matchAll(/(?<!typeof )import\('(\.[^']+\.ts)'\)/g)) {
      found.add(fromRoot(join('src', dirname(file), target)));
    }
  }
  found.delete(fromRoot(signIn));
  const files = [...found].sort();
  await refuseNameTwice(files);
  return files;
}

/** Of a name that two of them export, `export *` would leave both out without a word. */
async function refuseNameTwice(files) {
  const exporters = new Map();
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    const declared = [...text.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(([, name]) => name);
    const passedOn = [...text.matchAll(/^export \{ ([^}]+) \}/gm)].flatMap(([, names]) => names.split(', '));
    for (const name of [...declared, ...passedOn]) {
      if (exporters.has(name)) throw new Error(`Both ${exporters.get(name)} and ${file} export ${name}.`);
      exporters.set(name, file);
    }
  }
}

/**
 * A class that two bundles hold is two classes, so what several of them need has to be there once. esbuild splits ES
 * modules only, and VS Code wants CommonJS: each piece is turned into that afterwards.
 */
const asCommonJs = {
  name: 'as CommonJS',
  setup: ({ initialOptions, onEnd }) => {
    const { target, minify } = initialOptions;
    Object.assign(initialOptions, { format: 'esm', splitting: true, write: false });
    onEnd(async ({ outputFiles = [] }) => {
      await Promise.all(
        outputFiles.map(async ({ path, text }) => {
          const supported = { 'dynamic-import': false };
          const { code } = await transform(text, { format: 'cjs', platform: 'node', target, minify, supported });
          await writeFile(path, code);
        }),
      );
    });
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
  target: 'node20', // signIn.js is the command line's as well.
  external: ['vscode'],
};

const bundles = [
  {
    ...host,
    entryPoints: { extension: 'src/extension.ts', signIn, later: 'later' },
    chunkNames: 'part-[hash]',
    plugins: [later, asCommonJs],
  },
  {
    ...host,
    define: { 'import.meta.dirname': '__dirname' },
    entryPoints: { cli: 'src/cli.ts' },
    plugins: [beside],
  },
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
    // What pages have in common, the controls above all, lies in modules of its own.
    format: 'esm',
    splitting: true,
    chunkNames: 'shared-[hash]',
    target: 'es2022',
    entryPoints: {
      wizard: 'src/webview/ui/main.ts',
      targetWizard: 'src/webview/ui/targetMain.ts',
      jobWizard: 'src/webview/ui/job/jobMain.ts',
      details: 'src/webview/ui/details.ts',
      shared: 'src/webview/ui/shared.css',
    },
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    alias: { '@vscode/webview-ui-toolkit': fromRoot('node_modules/@vscode/webview-ui-toolkit/dist/toolkit.min.js') },
  },
];

const watch = process.argv.includes('--watch');
if (!watch) 
await mkdir(fromRoot('dist'), { recursive: true });
// The project is made of ES modules, the extension host's bundles are CommonJS. The command line reads its version there.
const { version } = JSON.parse(await readFile(fromRoot('package.json'), 'utf8'));
await writeFile(fromRoot('dist/package.json'), `${JSON.stringify({ type: 'commonjs', version })}\n`);
if (watch) await Promise.all(bundles.map(async (bundle) => (await context(bundle)).watch()));
else { const r = await build(bundles[0]); const {writeFile:w}=await import('node:fs/promises'); await w('/tmp/meta.json', JSON.stringify(r.metafile)); }

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
