import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** Debian's packages: the browser, and letters to draw. */
const debianPackages = ['chromium', 'fonts-liberation'];

const whatToInstall =
  'No Chromium, Chrome or Edge was found. Install one of them, or set CHROMIUM_PATH to its program file.';

/** Switches for an unattended browser: nothing from the network, no GPU, no first-run pages. */
export const chromiumFlags: readonly string[] = [
  // Chromium refuses to run its sandbox as root, which is what build machines usually are.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Finds an installed Chromium, or installs one where that needs no question (root on Debian).
 * @param log is told, in sentences, what takes time.
 * @returns the program's path.
 * @throws Error with a sentence that says what to install.
 */
export async function findOrInstallChromium(log: (sentence: string) => void): Promise<string> {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (await isProgram(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH names ${chosen}, which is not a program.`);
  }
  const found = await findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !(await isProgram('/usr/bin/apt-get'))) throw new Error(whatToInstall);

  log(`Installing ${debianPackages.join(' and ')} with apt-get (once, about a minute) …`);
  try {
    const environment = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    await promisify(execFile)('apt-get', ['update'], environment);
    await promisify(execFile)('apt-get', ['install', '-y', '--no-install-recommends', ...debianPackages], {
      ...environment,
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (error) {
    throw new Error(`${whatToInstall} (apt-get could not install it.)`, { cause: error });
  }
  const installed = await findChromium();
  if (installed === undefined) throw new Error(whatToInstall);
  return installed;
}

async function findChromium(): Promise<string | undefined> {
  for (const candidate of candidates()) {
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

function candidates(): string[] {
  switch (process.platform) {
    case 'win32':
      return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          path.join(folder, 'Chromium', 'Application', 'chrome.exe'),
          path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ]);
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    default:
      return ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'].flatMap(
        (name) => (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)),
      );
  }
}

async function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
