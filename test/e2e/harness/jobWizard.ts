import type { FrameLocator, Locator } from 'playwright-core';
import { domains, sourceName, targetName } from './jobServers.ts';
import { openInTab } from './openInTab.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './workbenchWindow.ts';

/** The wizard of a migration job in the active tab of a window, handled by the names a screen reader would read. */
export class JobWizard {
  readonly window: WorkbenchWindow;
  readonly content: FrameLocator;

  constructor(window: WorkbenchWindow) {
    this.window = window;
    this.content = window.webview();
  }

  /** Opens the wizard of a new job from the palette. */
  static async openNew(window: WorkbenchWindow): Promise<JobWizard> {
    const wizard = new JobWizard(window);
    const title = 'New migration job';
    const open = (): Promise<void> => window.runCommand('Exchange Migration: New Migration Job…');
    await openInTab(window, title, open, wizard.heading(title));
    return wizard;
  }

  /** Opens the wizard of a job with the gear of its row. */
  static async openSettings(window: WorkbenchWindow, job: string): Promise<JobWizard> {
    const wizard = new JobWizard(window);
    await until(`the settings of ${job} open`, async () => {
      // A click on a row that is just being redrawn leads nowhere.
      await window.rowAction(job, 'Job Settings…');
      await wizard.heading(`Settings of ${job}`).waitFor({ timeout: 5000 });
      return true;
    });
    return wizard;
  }

  heading(text: string): Locator {
    return this.content.getByRole('heading', { name: text, exact: true });
  }

  button(name: string): Locator {
    return this.content.getByRole('button', { name, exact: true }).filter({ visible: true });
  }

  field(label: string): Locator {
    return this.content.getByRole('textbox', { name: label });
  }

  select(label: string): Locator {
    return this.content.getByRole('combobox', { name: label, exact: true }).filter({ visible: true });
  }

  radio(label: string): Locator {
    return this.content.getByRole('radio', { name: label, exact: true });
  }

  tick(label: string): Locator {
    return this.content.getByRole('checkbox', { name: label, exact: true });
  }

  /** The field's text when it has an error. */
  error(text: string | RegExp): Locator {
    return this.content.locator('.field-error').filter({ visible: true, hasText: text });
  }

  notice(text: string | RegExp): Locator {
    return this.content.locator('.notice').filter({ visible: true, hasText: text });
  }

  list(name: string): Locator {
    return this.content.getByRole('listbox', { name, exact: true });
  }

  row(list: string, text: string | RegExp): Locator {
    return this.list(list).getByRole('option', { name: text }).first();
  }

  /** Waits until a list has just these rows, each given by a part of its text. */
  async untilRows(list: string, rows: readonly string[]): Promise<void> {
    let there: string[] = [];
    await until(`${list} has the rows ${rows.join(', ')}`, async () => {
      there = await this.list(list).getByRole('option').allInnerTexts();
      return there.length === rows.length && rows.every((row) => there.some((text) => text.includes(row)));
    }).catch((error: unknown) => {
      throw new Error(`${list} has the rows ${JSON.stringify(there)}`, { cause: error });
    });
  }

  /** Waits until as many rows of a list are drawn as they are now: a key on a row that is still on its way is lost. */
  async untilDrawn(list: string, count: number): Promise<void> {
    const rows = this.list(list).locator('.list-row:not(.stale)');
    await until(`${list} has ${count} rows`, async () => (await rows.count()) === count);
  }

  /** A sentence somewhere on the page. */
  async says(text: string | RegExp): Promise<void> {
    await this.content.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Opens a part that is closed. */
  async open(part: string): Promise<void> {
    const button = this.content.getByRole('button', { name: part, exact: true });
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
  }

  /** Goes on to the step with this heading. */
  async next(step: string): Promise<void> {
    await this.button('Next').click();
    await this.heading(step).waitFor();
  }

  async back(step: string): Promise<void> {
    await this.button('Back').click();
    await this.heading(step).waitFor();
  }

  /** Chooses a connection by its name. */
  async choose(label: string, connection: string): Promise<void> {
    const select = this.select(label);
    await until(`${label} offers ${connection}`, async () => {
      const option = select.locator('option').filter({ hasText: new RegExp(`^${connection} \\(`) });
      const value = await option.getAttribute('value', { timeout: 1000 });
      return value !== null && (await select.selectOption(value)).length > 0;
    });
  }

  /** What a list of choices has chosen, as it is shown. */
  async chosen(label: string): Promise<string> {
    return this.select(label).locator('option:checked').innerText();
  }

  /** Types addresses, and has them taken. */
  async addTyped(text: string): Promise<void> {
    await this.open('Type or paste');
    await this.field('Addresses').fill(text);
    await this.button('Add').click();
  }

  async chooseFile(file: string): Promise<void> {
    await this.open('From a CSV file');
    await this.button('Choose CSV File…').click();
    await this.window.chooseFile(file);
  }

  /** Fills in a new job as far as the target step, with these mailboxes of the tenant. */
  async toTarget(name: string, mailboxes: readonly string[]): Promise<void> {
    await this.field('Job name').fill(name);
    await this.next('Source mailboxes');
    await this.choose('Source server', sourceName);
    await this.addTyped(mailboxes.map((mailbox) => `${mailbox}@${domains.source}`).join('\n'));
    await this.says(mailboxes.length === 1 ? '1 mailbox added.' : `${mailboxes.length} mailboxes added.`);
    await this.next('Target mailboxes');
    await this.choose('Target server', targetName);
    await this.says(/have a target\./);
  }

  /** Goes from the target step to the summary. */
  async toSummary(): Promise<void> {
    await this.next('What to migrate');
    await this.next('Schedule and speed');
    await this.next('Summary');
  }

  /** A value of the summary by its name. */
  async fact(name: string): Promise<string> {
    return this.content.locator('dt', { hasText: name }).first().locator('xpath=following-sibling::dd[1]').innerText();
  }

  async finish(): Promise<void> {
    await this.#pressLast('Finish');
  }

  async cancel(): Promise<void> {
    await this.#pressLast('Cancel');
  }

  /** Presses a button that ends the wizard. Another wizard may come to the front then. */
  async #pressLast(button: string): Promise<void> {
    const heading = this.heading(await this.content.getByRole('heading', { level: 1 }).innerText());
    await this.button(button).click();
    await heading.waitFor({ state: 'detached' });
  }
}
