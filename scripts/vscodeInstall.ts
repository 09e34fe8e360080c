import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './paths.ts';

/** The npm package that holds a whole VS Code server with its workbench; 4.139.1 is VS Code 1.139. */
const serverPackage = { name: 'code-server', version: '4.139.1' };

export interface VscodeServerFiles {
  /** code-server's own entry: keeps secrets over a reload. */
  readonly codeServerEntry: string;
  /** The raw VS Code server: secrets live in the page's memory only. */
  readonly serverMain: string;
}

/**
 * Installs the VS Code server into the user's cache folder unless it is there already. About 620 MB, 20 seconds.
 * @param log is told, in sentences, what takes time.
 * @throws Error with a sentence that says what to do when npm fails.
 */
export async function ensureVscodeServer(log: (sentence: string) => void): Promise<VscodeServerFiles> {
  const installed = path.join(cacheFolder(), `${serverPackage.name}-${serverPackage.version}`);
  if (!(await exists(installed))) {
    log(`Installing ${serverPackage.name} ${serverPackage.version} into ${installed} (once, 620 MB) …`);
    await install(installed);
  }
  const root = path.join(installed, 'node_modules', serverPackage.name);
  return {
    codeServerEntry: path.join(root, 'out', 'node', 'entry.js'),
    serverMain: path.join(root, 'lib', 'vscode', 'out', 'server-main.js'),
  };
}

/** Works in a folder of its own and renames it at the end: a half-done installation is never taken for a whole one. */
async function install(target: string): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const work = await mkdtemp(`${target}.partial-`);
  try {
    await writeFile(path.join(work, 'package.json'), '{ "private": true }');
    await npm(work, ['install', `${serverPackage.name}@${serverPackage.version}`]);
    const vscode = path.join(work, 'node_modules', serverPackage.name, 'lib', 'vscode');
    await npm(vscode, ['install', '--omit=dev']);
    await npm(path.join(vscode, 'extensions'), ['install', '--omit=dev']);
    await rename(work, target).catch(async (error: unknown) => {
      // Another process was faster: its copy is as good as ours.
      if (!(await exists(target))) throw error;
    });
  } catch (error) {
    throw new Error(
      `${serverPackage.name} ${serverPackage.version} could not be installed into ${target}. ` +
        'Check that npm reaches its registry and that 700 MB of disk are free, then run the command again.',
      { cause: error },
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Runs npm without install scripts: they would compile native modules that this project does not need. */
async function npm(cwd: string, args: readonly string[]): Promise<void> {
  const all = [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--prefer-offline'];
  const npmScript = process.env.npm_execpath; // set by npm for its scripts: the npm the user chose
  const options = { cwd, env: environmentOutsideOfNpm(), maxBuffer: 16 * 1024 * 1024 };
  await (npmScript === undefined
    ? promisify(execFile)('npm', all, { ...options, shell: process.platform === 'win32' })
    : promisify(execFile)(process.execPath, [npmScript, ...all], options));
}

/** npm hands the outer project's settings to its scripts; an installation elsewhere must not follow them. */
function environmentOutsideOfNpm(): NodeJS.ProcessEnv {
  const ofTheProject = new Set(['npm_config_local_prefix', 'npm_config_prefix', 'npm_config_global', 'npm_command']);
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !ofTheProject.has(name.toLowerCase()) && !name.toLowerCase().startsWith('npm_package_'),
    ),
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
