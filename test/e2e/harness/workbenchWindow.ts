import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { projectRoot } from '../../../scripts/paths.ts';
import { QuickInput, startingWith } from './quickInput.ts';
import { until } from './until.ts';

const webviewFrame = 'iframe.webview.ready';

/** One window of VS Code, handled as a person would: by roles, labels and keys. */
export class WorkbenchWindow {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly sideBar: Locator;
  readonly #address: string;

  constructor(page: Page, address: string) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.sideBar = page.locator('.part.sidebar');
    this.#address = address;
  }

  /** Loads the window; done when the workbench is drawn and knows the extension's contributions. */
  async open(): Promise<void> {
    await this.page.goto(this.#address);
    await this.#untilReady();
  }

  /** Reloads the window as "Developer: Reload Window" does: a new extension host in the same browser profile. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#untilReady();
  }

  /** Runs a command from the palette by its full title, for example "Exchange Migration: Verify All". */
  async runCommand(title: string): Promise<void> {
    const { input } = this.quickInput;
    await until('the command palette opens', async () => {
      // An older quick input may still be closing, and a key pressed while VS Code is busy gets lost: look and repeat.
      if ((await input.isVisible()) && (await input.inputValue({ timeout: 500 })).startsWith('>')) return true;
      await this.page.keyboard.press('F1');
      await input.waitFor({ timeout: 1000 });
      return false;
    });
    await this.quickInput.type(`>${title}`);
    await this.quickInput.pick(title);
  }

  /** Opens the extension's side bar with a click on its icon, unless it is open. */
  async openSideBar(): Promise<void> {
    const tab = this.page.getByRole('tab', { name: startingWith('Exchange Migration') }).first();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.locator('a').click();
    await this.sideBar.getByText('Exchange Migration', { exact: false }).first().waitFor();
  }

  /** The rows of the trees in the side bar, in order. */
  rows(): Locator {
    return this.sideBar.getByRole('treeitem');
  }

  /** The row whose accessible name begins with this label; name, description and status follow in it. */
  row(label: string): Locator {
    return this.sideBar.locator(`[role="treeitem"][aria-label^=${JSON.stringify(label)}]`).first();
  }

  /** Presses one of the buttons a row shows when the pointer is on it. */
  async rowAction(label: string, action: string): Promise<void> {
    await this.row(label).hover();
    await this.row(label)
      .getByRole('button', { name: startingWith(action) })
      .click();
  }

  /** Presses a button in the title of the view. */
  async viewAction(action: string): Promise<void> {
    await this.sideBar.locator('.pane-header').first().hover();
    await this.sideBar
      .getByRole('button', { name: startingWith(action) })
      .first()
      .click();
  }

  /** Chooses an entry of a row's context menu. */
  async contextMenu(label: string, entry: string): Promise<void> {
    await this.row(label).click({ button: 'right' });
    await this.menuItem(entry).click();
  }

  /** An entry of the menu that is open now. */
  menuItem(entry: string): Locator {
    return this.page.getByRole('menuitem', { name: startingWith(entry) });
  }

  /** A button of the modal dialog that is open now. */
  dialogButton(title: string): Locator {
    return this.page.getByRole('dialog').getByRole('button', { name: title, exact: true });
  }

  /** Types a path into the open or save dialog, which in a browser is a quick input, and accepts it. */
  async chooseFile(file: string): Promise<void> {
    await this.quickInput.type(file);
    await this.quickInput.root.getByRole('button', { name: /^(OK|Open|Save|Import|Export|Select)/ }).click();
    await this.quickInput.root.waitFor({ state: 'hidden' });
  }

  /** The content of the webview in the active editor. */
  webview(): FrameLocator {
    return this.page.frameLocator(webviewFrame).frameLocator('#active-frame');
  }

  /** The same content as a frame, for evaluating in it. */
  async webviewFrame(): Promise<Frame> {
    const element = await this.page.frameLocator(webviewFrame).locator('#active-frame').elementHandle();
    const frame = await element.contentFrame();
    if (frame === null) throw new Error('There is no webview.');
    return frame;
  }

  /** The texts of the notifications that are shown now. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** The notification that contains this text; its buttons are found in it by role. */
  notification(text: string): Locator {
    return this.page.locator('.notifications-toasts .notification-toast').filter({ hasText: text }).first();
  }

  async clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** Saves a picture of the window as `out/screenshots/<name>.png`. */
  async screenshot(name: string): Promise<void> {
    const folder = path.join(projectRoot, 'out', 'screenshots');
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  async #untilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.page
      .getByRole('tab', { name: startingWith('Exchange Migration') })
      .first()
      .waitFor();
  }
}
