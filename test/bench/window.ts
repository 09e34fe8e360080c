import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { freePort } from '../../scripts/freePort.ts';
import type { VscodeServerFiles } from '../../scripts/vscodeInstall.ts';
import { startVscodeServer } from '../../scripts/vscodeServer.ts';
import { workbenchAddress } from '../../scripts/workbenchAddress.ts';
import { WorkbenchWindow } from '../e2e/harness/workbenchWindow.ts';
import { portVariable } from './host/questions.ts';

/** A VS Code of its own: server, extension host, user folder and browser profile are new. */
export interface BenchWindow {
  readonly window: WorkbenchWindow;
  readonly userFolder: string;
  /** Asks the program in the extension host, waiting until it is there. The caller knows what it answers. */
  ask(question: string): Promise<unknown>;
  close(): Promise<void>;
}

/** How long the program in the extension host may take to start, in milliseconds. */
const patience = 60_000;

/** @param extensionsFolder one of `installBenchExtensions`. */
export async function openBenchWindow(
  browser: Browser,
  files: VscodeServerFiles,
  extensionsFolder: string,
): Promise<BenchWindow> {
  const port = await freePort();
  const server = await startVscodeServer({ files, extensionsFolder, env: { [portVariable]: String(port) } });
  // The browser shows the lab's sign-in pages, whose authority it does not know.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ignoreHTTPSErrors: true });
  const close = async (): Promise<void> => {
    try {
      await context.close();
    } finally {
      await server.stop(); // Also when the browser is gone.
    }
  };
  try {
    const window = new WorkbenchWindow(await context.newPage(), workbenchAddress(server, {}));
    await window.open();
    return {
      window,
      userFolder: server.userFolder,
      ask: async (question) => ask(`http://127.0.0.1:${port}/${question}`),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function ask(url: string): Promise<unknown> {
  const deadline = AbortSignal.timeout(patience);
  for (;;) {
    const response = await fetch(url, { signal: deadline }).catch((error: unknown) => {
      if (deadline.aborted) throw error;
      return undefined; // Nobody listens yet.
    });
    if (response?.ok === true) return response.json();
    if (response !== undefined) throw new Error(`${url}: ${await response.text()}`);
    await delay(50);
  }
}
