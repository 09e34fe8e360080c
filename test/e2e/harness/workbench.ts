import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { fewBuiltIns } from '../../../scripts/fewBuiltIns.ts';
import { installFolder } from '../../../scripts/installFolder.ts';
import { projectRoot } from '../../../scripts/paths.ts';
import { ensureVscodeServer } from '../../../scripts/vscodeInstall.ts';
import type { VscodeServer, VscodeSettings } from '../../../scripts/vscodeServer.ts';
import { installVsix, startCodeServer, startVscodeServer } from '../../../scripts/vscodeServer.ts';
import { workbenchAddress } from '../../../scripts/workbenchAddress.ts';
import { sharedBrowser } from './browser.ts';
import { noteClosing, noteOpened } from './failures.ts';
import { patience, until } from './until.ts';
import { WorkbenchWindow } from './workbenchWindow.ts';

/** The ids of VS Code's own themes, one of each kind. */
export type Theme = 'Dark 2026' | 'Light 2026' | 'Default High Contrast' | 'Default High Contrast Light';

export interface WorkbenchOptions {
  /** 'Dark 2026' when left out. */
  readonly theme?: Theme;
  /** True: secrets and global state survive a reload. False (the default): a reload loses the secrets. */
  readonly persistent?: boolean;
  /** A packaged extension to install instead of the built one in the project folder. */
  readonly vsix?: string;
  readonly settings?: VscodeSettings;
  /** Environment variables for the extension host, for example NODE_EXTRA_CA_CERTS. */
  readonly env?: NodeJS.ProcessEnv;
  /** The browser shows the lab's sign-in pages, whose authority is unknown to it. What the extension trusts stays as it is. */
  readonly showsLabPages?: boolean;
  /** The folder of the built extension; the project folder when left out. */
  readonly extensionFolder?: string;
}

/** Snapshots of the page at each step are worth much when a failure puzzles, but slow every test by a fifth. */
const traceOptions = { snapshots: process.env.E2E_SNAPSHOTS === '1' };

/** What a workbench owns and gives back on close. */
interface Belongings {
  readonly context: BrowserContext;
  readonly server: VscodeServer;
  readonly folder: string;
  readonly address: string;
}

/** A VS Code with its first window. */
export class Workbench extends WorkbenchWindow {
  /** The folder the window has open: new, empty, and removed on close. */
  readonly folder: string;
  /** VS Code's user folder; `globalStorage/exchange-migration.exchange-migration` in it is the extension's. */
  readonly userFolder: string;
  readonly #belongings: Belongings;

  /** Use `openWorkbench`. */
  constructor(page: WorkbenchWindow['page'], belongings: Belongings) {
    super(page, belongings.address);
    this.folder = belongings.folder;
    this.userFolder = belongings.server.userFolder;
    this.#belongings = belongings;
  }

  /** Opens another window on the same folder, server and browser profile. */
  async secondWindow(): Promise<WorkbenchWindow> {
    const window = new WorkbenchWindow(await this.#belongings.context.newPage(), this.#belongings.address);
    await window.open();
    return window;
  }

  /** Replaces the settings that a test has made; those of the server stay. */
  async changeSettings(settings: VscodeSettings): Promise<void> {
    await this.#belongings.server.writeSettings(settings);
  }

  /** Changes the theme in the settings, and waits until the page in the active editor is drawn in it. */
  async changeTheme(theme: Theme): Promise<void> {
    await until(`the page has the theme ${theme}`, async () => {
      // VS Code begins to watch its settings some time after it has started: a change before that goes unnoticed.
      await this.#belongings.server.writeSettings({ 'workbench.colorTheme': theme });
      await this.webview().locator(`body[data-vscode-theme-id="${theme}"]`).waitFor({ timeout: 3000 });
      return true;
    });
    // The toolkit's controls take over the colours when the next frame is drawn.
    const drawn = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';
    await (await this.webviewFrame()).evaluate<unknown>(drawn);
  }

  /**
   * Saves a picture of each window and the trace: `<file>-1.png`, …, `<file>.zip`. Says in the log what a picture would
   * show first, since a log may be all that is left of a run.
   */
  async saveEvidence(file: string): Promise<void> {
    const { context } = this.#belongings;
    for (const [index, page] of context.pages().entries()) {
      await page.screenshot({ path: `${file}-${index + 1}.png` });
      console.error(`Window ${index + 1}: ${JSON.stringify(await inSight(page))}`);
    }
    await context.tracing.stop({ path: `${file}.zip` });
    await context.tracing.start(traceOptions);
  }

  /** Closes all windows, ends the server and removes every folder of it. */
  async close(): Promise<void> {
    await noteClosing(this);
    const { context, server } = this.#belongings;
    await context.tracing.stop(); // else its temporary folder stays
    await context.close();
    await server.stop();
  }
}

/** What keeps a person from going on: dialogs, notifications, and webviews that did not load. */
async function inSight(page: Page): Promise<object> {
  const texts = (selector: string): Promise<string[]> => page.locator(selector).allInnerTexts();
  return {
    dialogs: await texts('.monaco-dialog-box'),
    notifications: await texts('.notification-list-item-message'),
    tabs: await texts('.editor-group-container [role="tab"]'),
    webviewsLoading: await page.locator('iframe.webview:not(.ready)').count(),
    focus: await page.evaluate('document.activeElement?.outerHTML.slice(0, 200)'),
  };
}

/**
 * Starts a VS Code of its own – server, user folder and browser profile – with the extension, and waits until it is
 * ready. A server is up within half a second, so sharing one would save less than cleaning up behind a test costs.
 */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'exchange-migration-e2e-'));
  const folder = await mkdtemp(path.join(temporary, 'folder-'));
  const [browser, server] = await Promise.all([sharedBrowser(), startServer(options, temporary)]);
  const context = await browser.newContext({
    // As high as all three views with a dozen rows each: a row out of sight is not in the page.
    viewport: { width: 1280, height: 1100 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ignoreHTTPSErrors: options.showsLabPages === true,
  });
  context.setDefaultTimeout(patience);
  await context.tracing.start(traceOptions);
  const address = workbenchAddress(server, { folder });
  const workbench = new Workbench(await context.newPage(), { context, server, folder, address });
  noteOpened(workbench);
  await workbench.open();
  return workbench;
}

async function startServer(options: WorkbenchOptions, temporary: string): Promise<VscodeServer> {
  const files = await ensureVscodeServer(console.log);
  const extensionsFolder = path.join(temporary, 'extensions');
  if (options.vsix === undefined) await installFolder(options.extensionFolder ?? projectRoot, extensionsFolder);
  else await installVsix(files, options.vsix, extensionsFolder);
  const start = options.persistent === true ? startCodeServer : startVscodeServer;
  return start({
    files,
    extensionsFolder,
    builtInExtensions: await fewBuiltIns(files, path.join(temporary, 'built-in')),
    settings: { 'workbench.colorTheme': options.theme ?? 'Dark 2026', ...options.settings },
    env: options.env ?? {},
    removeAfterwards: [temporary],
  });
}
