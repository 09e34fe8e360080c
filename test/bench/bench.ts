/** `npm run bench`: measures a job's core, then the packed extension in a real VS Code; prints one JSON object a line. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../scripts/paths.ts';
import { ensureVscodeServer } from '../../scripts/vscodeInstall.ts';
import { sharedBrowser } from '../e2e/harness/browser.ts';
import { report } from './figures.ts';
import { installBenchExtensions } from './extensions.ts';
import { startLabProcess } from './labProcess.ts';
import { measureConfigure } from './measureConfigure.ts';
import { measureDirectory } from './measureDirectory.ts';
import { measureJobs } from './measureJobs.ts';
import { measurePicker } from './measurePicker.ts';
import { measureOpening } from './measureOpening.ts';
import { measureScan } from './measureScan.ts';
import { measureSignIn } from './measureSignIn.ts';
import { measureSizes } from './measureSizes.ts';
import { measureTree } from './measureTree.ts';
import { openBenchWindow } from './window.ts';

const temporary = await mkdtemp(path.join(os.tmpdir(), 'exmig-bench-'));
try {
  tellMachine();
  await measureAll();
  tellMachine();
} finally {
  await rm(temporary, { recursive: true, force: true });
}
process.exit(); // The browser stays open until then.

/** The bars are for an otherwise idle machine: a load above 1 before the first measurement spoils them. */
function tellMachine(): void {
  const [lastMinute = 0] = os.loadavg();
  report('machine', { processors: os.cpus().length, load: Math.round(lastMinute * 10) / 10 });
}

async function measureAll(): Promise<void> {
  await measureJobs();
  await measureDirectory();
  await measureScan();
  const vsix = path.join(temporary, 'exchange-migration.vsix');
  await promisify(execFile)(process.execPath, [path.join(projectRoot, 'scripts', 'package.ts'), vsix]);
  const files = await ensureVscodeServer(console.error);
  const { installed, withProbe, treeOnly } = await installBenchExtensions(files, vsix, temporary);
  const browser = await sharedBrowser();
  const open = async (extensionsFolder: string) => openBenchWindow(browser, files, extensionsFolder);

  await measureSizes(vsix, installed);
  await measureOpening(async () => open(withProbe));
  await measurePicker(async () => open(withProbe));
  const lab = await startLabProcess();
  try {
    await measureConfigure(async () => open(withProbe), lab);
  } finally {
    await lab.stop();
  }
  // A browser-hosted VS Code opens pages of localhost through a tunnel of its own. macOS has no other loopback host.
  if (process.platform !== 'darwin') {
    const signInLab = await startLabProcess(['--host', '127.0.0.2']);
    try {
      await measureSignIn(async () => open(withProbe), signInLab);
    } finally {
      await signInLab.stop();
    }
  }
  await measureTree(async () => open(treeOnly));
}
