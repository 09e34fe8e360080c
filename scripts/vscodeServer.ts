import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './freePort.ts';
import { startSupervised } from './supervised.ts';
import type { VscodeServerFiles } from './vscodeInstall.ts';

export type VscodeSettings = Readonly<Record<string, unknown>>;

export interface VscodeServerOptions {
  readonly files: VscodeServerFiles;
  /** A folder of installed extensions; an empty one by default. */
  readonly extensionsFolder?: string;
  /** In place of the extensions that come with VS Code. */
  readonly builtInExtensions?: string;
  /** Added to the quiet settings every server has. */
  readonly settings?: VscodeSettings;
  /** Environment variables for the extension host, added to this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** The folder that the address without a query opens; only code-server knows this. */
  readonly folder?: string;
  /**
   * Makes the raw server obey the `payload` of the address (extension in development, test suite). VS Code then shows
   * no notifications, so it is for tests inside VS Code only.
   */
  readonly testDriver?: boolean;
  /** Folders to remove when the server has ended, besides its own. */
  readonly removeAfterwards?: readonly string[];
}

export interface VscodeServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** What VS Code calls the user folder: settings, globalStorage, workspaceStorage. */
  readonly userFolder: string;
  writeSettings(settings: VscodeSettings): Promise<void>;
  /** Ends the server with everything it started and removes its temporary folders. */
  stop(): Promise<void>;
}

/** How long a server may take until it answers, in milliseconds: a cold disk on a busy machine. */
const startDeadline = 60_000;

/** Nothing that looks at the network, asks a question or gets in the way of a test. */
const quietSettings: VscodeSettings = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.experimentalOnboarding': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'window.confirmBeforeClose': 'never',
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
};

/** Starts the raw VS Code server. It keeps secrets in the page's memory only, so that a reload loses them. */
export async function startVscodeServer(options: VscodeServerOptions): Promise<VscodeServer> {
  return start(options, {
    readyPath: '/version',
    settingsFile: (data) => path.join(data, 'data', 'Machine', 'settings.json'),
    userFolder: (data) => path.join(data, 'data', 'User'),
    command: (port, data, extensions) => [
      options.files.serverMain,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--server-data-dir', data, '--extensions-dir', extensions],
      ...['--telemetry-level', 'off', '--disable-workspace-trust'],
      ...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
      // A page that went away without a word leaves its extension host running this long, in seconds.
      ...['--reconnection-grace-time', '10'],
      ...builtIns(options),
    ],
  });
}

/** Starts code-server, which keeps secrets and global state over a reload in the same browser profile. */
export async function startCodeServer(options: VscodeServerOptions): Promise<VscodeServer> {
  return start(options, {
    readyPath: '/healthz',
    settingsFile: (data) => path.join(data, 'User', 'settings.json'),
    userFolder: (data) => path.join(data, 'User'),
    command: (port, data, extensions) => [
      options.files.codeServerEntry,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--user-data-dir', data, '--extensions-dir', extensions, '--config', path.join(data, 'config.yaml')],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      ...builtIns(options),
      ...(options.folder === undefined ? [] : [options.folder]),
    ],
  });
}

function builtIns({ builtInExtensions: folder }: VscodeServerOptions): string[] {
  return folder === undefined ? [] : ['--builtin-extensions-dir', folder];
}

/** Installs a packaged extension into an extensions folder, as a user would. */
export async function installVsix(files: VscodeServerFiles, vsix: string, extensionsFolder: string): Promise<void> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'exchange-migration-install-'));
  const installation = startSupervised(
    process.execPath,
    [
      files.serverMain,
      ...['--install-extension', vsix, '--extensions-dir', extensionsFolder],
      ...['--server-data-dir', data, '--accept-server-license-terms'],
    ],
    { removeAfterwards: [data], env: serverEnvironment({}) },
  );
  if ((await installation.ended) !== 0) throw new Error(`${vsix} could not be installed:\n${installation.output()}`);
}

interface Variant {
  readonly readyPath: string;
  settingsFile(data: string): string;
  userFolder(data: string): string;
  command(port: number, data: string, extensions: string): string[];
}

async function start(options: VscodeServerOptions, variant: Variant): Promise<VscodeServer> {
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'exmig-vscode-'));
  const data = path.join(temporary, 'data');
  const extensions = options.extensionsFolder ?? path.join(temporary, 'extensions');
  const settingsFile = variant.settingsFile(data);
  await mkdir(extensions, { recursive: true });
  await mkdir(path.dirname(settingsFile), { recursive: true });
  const writeSettings = async (settings: VscodeSettings): Promise<void> => {
    // Renamed into place: VS Code looks at the file once it changes, and would take a half-written one for no settings.
    await writeFile(`${settingsFile}.new`, JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
    await rename(`${settingsFile}.new`, settingsFile);
  };
  await writeSettings(options.settings ?? {});

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = startSupervised(process.execPath, variant.command(port, data, extensions), {
    env: serverEnvironment({ ...socketFolder(temporary), ...options.env }),
    removeAfterwards: [temporary, ...(options.removeAfterwards ?? [])],
    gracePeriod: 0, // all it could save is in the folder that goes with it
  });
  const stop = async (): Promise<void> => {
    await server.stop();
  };
  try {
    await untilItAnswers(`${url}${variant.readyPath}`, server.ended);
  } catch (error) {
    await stop();
    throw new Error(`The VS Code server did not start. It said:\n${server.output()}`, { cause: error });
  }
  return { url, port, userFolder: variant.userFolder(data), writeSettings, stop };
}

/** Variables of an outer VS Code terminal or npm would change how the server behaves. */
function serverEnvironment(added: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...added };
}

/** Extension hosts leave their sockets behind; elsewhere than on Linux, VS Code has no setting for their place. */
function socketFolder(folder: string): NodeJS.ProcessEnv {
  return process.platform === 'linux' ? { XDG_RUNTIME_DIR: folder } : {};
}

async function untilItAnswers(url: string, ended: Promise<number>): Promise<void> {
  const deadline = AbortSignal.timeout(startDeadline);
  let exitCode: number | undefined;
  void ended.then((code) => (exitCode = code));
  while (exitCode === undefined) {
    const answered = await fetch(url, { signal: deadline }).then(
      (response) => response.ok,
      () => false, // nothing listens yet
    );
    if (answered) return;
    if (deadline.aborted) throw new Error(`No answer from ${url} within ${startDeadline / 1000} seconds.`);
    await delay(50);
  }
  throw new Error(`The server ended with exit code ${exitCode}.`);
}
