import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { projectRoot } from '../../../scripts/paths.ts';
import { browserStorage } from './browserStorage.ts';
import { QuickInput, startingWith } from './quickInput.ts';
import { until } from './until.ts';

/** Webviews in tabs behind the active one stay in the page, hidden. */
const webviewFrame = 'iframe.webview.ready:visible';

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

  /**
   * Reloads the window as "Developer: Reload Window" does: a new extension host in the same browser profile.
   * @param saved says whether VS Code has saved what it must have saved before: a browser-hosted one saves the state of
   * its editors every five seconds while it has the focus, and nothing on leaving.
   */
  async reload(saved: (stored: string) => boolean): Promise<void> {
    await this.page.bringToFront();
    await until('VS Code has saved its state', async () => {
      await this.page.evaluate('window.focus()'); // A page that closed took the focus along.
      return saved(await browserStorage(this.page));
    });
    await this.page.reload();
    await this.#untilReady();
  }

  /** Runs a command from the palette by its full title, for example "Exchange Migration: Verify All". */
  async runCommand(title: string): Promise<void> {
    const { input } = this.quickInput;
    await until(`the command palette offers "${title}"`, async () => {
      // An older quick input may still be closing, a key pressed while VS Code is busy gets lost, and the palette lists
      // only what was known when it opened: so look, and begin again.
      if (await input.isVisible()) await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      await input.waitFor({ timeout: 1000 });
      if (!(await input.inputValue({ timeout: 500 })).startsWith('>')) return false;
      await input.fill(`>${title}`, { timeout: 1000 });
      await this.quickInput.option(title).click({ timeout: 1500 });
      return true;
    });
  }

  /** Runs a command that asks for something in a quick pick, and picks it. */
  async runCommandAndPick(title: string, option: string): Promise<void> {
    await until(`"${title}" takes "${option}"`, async () => {
      // A quick pick closes when a page that has just opened, or a row that is just revealed, takes the focus.
      await this.runCommand(title);
      await this.quickInput.option(option).click({ timeout: 3000 });
      return true;
    });
  }

  /** Opens the extension's side bar with a click on its icon, unless it is open. */
  async openSideBar(): Promise<void> {
    const tab = this.page.getByRole('tab', { name: startingWith('Exchange Migration') }).first();
    const title = this.sideBar.getByText('Exchange Migration', { exact: false }).first();
    await until('the side bar is open', async () => {
      // A click on the icon of the open side bar closes it, and after a reload it may just be opening.
      if (await title.isVisible()) return true;
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.locator('a').click();
      await title.waitFor({ timeout: 1000 });
      return true;
    });
  }

  /** The tab of an editor by its title. */
  tab(title: string): Locator {
    return this.page.locator('.editor-group-container').getByRole('tab', { name: startingWith(title) });
  }

  async closeTab(title: string): Promise<void> {
    await this.tab(title).click();
    await this.tab(title)
      .getByRole('button', { name: /^Close/ })
      .click();
    await this.tab(title).waitFor({ state: 'detached' });
  }

  /** The rows of the trees in the side bar, in order. */
  rows(): Locator {
    return this.sideBar.getByRole('treeitem');
  }

  /** The row whose accessible name begins with this label; name, description and status follow in it. */
  row(label: string): Locator {
    return this.sideBar.locator(`[role="treeitem"][aria-label^=${JSON.stringify(label)}]`).first();
  }

  /** Opens a row by key, as a screen reader's user does. */
  async expand(label: string): Promise<void> {
    const row = this.row(label);
    await until(`the row ${label} is open`, async () => {
      // A key pressed while the rows are being redrawn gets lost.
      if ((await row.getAttribute('aria-expanded')) === 'true') return true;
      await row.press('ArrowRight', { timeout: 1000 });
      return false;
    });
  }

  /** Presses one of the buttons a row shows when the pointer is on it. */
  async rowAction(label: string, action: string): Promise<void> {
    await this.row(label).hover();
    await this.row(label)
      .getByRole('button', { name: startingWith(action) })
      .click();
  }

  /** Presses a button in the title of a view. */
  async viewAction(action: string, view = 'Defined source server connections'): Promise<void> {
    const header = this.sideBar.locator('.pane-header').filter({ hasText: new RegExp(view, 'i') });
    await header.hover(); // its buttons show while the pointer is in the view
    await header
      .getByRole('button', { name: startingWith(action) })
      .first()
      .click();
  }

  /** Chooses an entry of a row's context menu. */
  async contextMenu(label: string, entry: string): Promise<void> {
    await until(`the menu of ${label} has "${entry}"`, async () => {
      // What takes the focus just then closes a menu, such as the row that a wizard reveals as it ends.
      await this.row(label).click({ button: 'right', timeout: 5000 });
      await this.menuItem(entry).waitFor({ timeout: 2000 });
      return true;
    });
    await this.chooseMenuItem(entry);
  }

  /** Chooses an entry of a row's context menu that asks for something, and waits for its input. */
  async contextMenuAsking(label: string, entry: string): Promise<void> {
    await until(`"${entry}" of ${label} asks`, async () => {
      // The input closes when a page that is still loading takes the focus.
      await this.contextMenu(label, entry);
      await this.quickInput.input.waitFor({ timeout: 3000 });
      await this.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      return this.quickInput.input.isVisible();
    });
  }

  /** Chooses an entry of the menu that is open now. */
  async chooseMenuItem(entry: string): Promise<void> {
    const item = this.menuItem(entry);
    await item.waitFor();
    await until(`the menu entry "${entry}" is taken`, async () => {
      // A menu takes no click in its first tenth of a second, lest the one that opened it chooses something.
      if (await item.isVisible()) await item.click({ timeout: 1000 });
      await item.waitFor({ state: 'hidden', timeout: 300 });
      return true;
    });
  }

  /** An entry of the menu that is open now. */
  menuItem(entry: string): Locator {
    // Its key, if it has one, belongs to its accessible name.
    return this.page.getByRole('menuitem').filter({ has: this.page.getByText(entry, { exact: true }) });
  }

  /** A button of the modal dialog that is open now. */
  dialogButton(title: string): Locator {
    return this.page.getByRole('dialog').getByRole('button', { name: title, exact: true });
  }

  /**
   * Types a path into the open or save dialog, which in a browser is a quick input, and accepts it.
   * @param file absolute.
   */
  async chooseFile(file: string): Promise<void> {
    const { input, root } = this.quickInput;
    const accept = root.getByRole('button', { name: /^(OK|Open|Save|Import|Export|Select|Choose)/ });
    await accept.waitFor();
    // The dialog writes its own folder into the field once it has read that, even over what has been typed.
    await until('the file dialog proposes something', async () => (await input.inputValue({ timeout: 1000 })) !== '');
    let stayed = 0;
    await until(`the file dialog accepts ${file}`, async () => {
      if (!(await accept.isVisible())) return true;
      if ((await input.inputValue({ timeout: 1000 })) === file) stayed += 1;
      else {
        stayed = 0;
        await input.fill(file, { timeout: 1000 });
      }
      if (stayed <= 3) return false;
      await accept.click({ timeout: 1000 });
      await accept.waitFor({ state: 'hidden', timeout: 1000 });
      return true;
    });
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

  /** Waits for the notification that contains this text, and closes it. */
  async dismiss(text: string): Promise<void> {
    const notification = this.notification(text);
    await notification.hover(); // its buttons show while the pointer is on it
    await notification.getByRole('button', { name: /^Clear Notification/ }).click();
    await notification.waitFor({ state: 'detached' });
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
