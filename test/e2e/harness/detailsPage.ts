import type { FrameLocator, Locator } from 'playwright-core';
import { until } from './until.ts';
import type { WorkbenchWindow } from './workbenchWindow.ts';

/** The details of a connection in the active tab of a window, handled by the names a screen reader would read. */
export class DetailsPage {
  readonly content: FrameLocator;
  readonly notice: Locator;
  /** The bars of the history, the oldest first. */
  readonly bars: Locator;
  /** What is written below the bars of the one that is chosen. */
  readonly chosenRun: Locator;

  constructor(window: WorkbenchWindow) {
    this.content = window.webview();
    this.notice = this.content.locator('.notice');
    this.bars = this.content.getByRole('listbox', { name: 'Last runs, the oldest first' }).getByRole('option');
    this.chosenRun = this.content.locator('.chosen-run');
  }

  /** Opens the details with the button of the connection's row. */
  static async open(window: WorkbenchWindow, connection: string): Promise<DetailsPage> {
    const page = new DetailsPage(window);
    await until(`the details of ${connection} open`, async () => {
      // A click on a row that is just being redrawn leads nowhere.
      await window.rowAction(connection, 'Details');
      await page.heading(connection).waitFor({ timeout: 5000 });
      return true;
    });
    return page;
  }

  heading(text: string): Locator {
    return this.content.getByRole('heading', { name: text, exact: true });
  }

  button(name: string): Locator {
    return this.content.getByRole('button', { name, exact: true });
  }

  /** The status below the name, as a word. */
  status(text: string): Locator {
    return this.content.locator('.status').getByText(text, { exact: true });
  }

  fact(name: string): Locator {
    return this.content.locator('.facts > div').filter({ hasText: name }).getByRole('definition');
  }

  check(title: string): Locator {
    return this.content
      .getByRole('list', { name: 'Checks' })
      .locator(':scope > li')
      .filter({ has: this.content.locator('.check-title').getByText(title, { exact: true }) });
  }

  /** The accessible names of the bars. */
  async barNames(): Promise<string[]> {
    const bars = await this.bars.all();
    return Promise.all(bars.map(async (bar) => (await bar.getAttribute('aria-label')) ?? ''));
  }
}
