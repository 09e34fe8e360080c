import type { FrameLocator, Locator } from 'playwright-core';
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
    return this.content.getByRole('combobox', { name: label, exact: true });
  }

  list(name: string): Locator {
    return this.content.getByRole('listbox', { name, exact: true });
  }

  row(list: string, text: string | RegExp): Locator {
    return this.list(list).getByRole('option', { name: text }).first();
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

  /** Chooses a connection by its name. */
  async choose(label: string, connection: string): Promise<void> {
    const select = this.select(label);
    await until(`${label} offers ${connection}`, async () => {
      const option = select.locator('option').filter({ hasText: connection });
      const value = await option.getAttribute('value', { timeout: 1000 });
      return value !== null && (await select.selectOption(value)).length > 0;
    });
  }

  /** Types addresses, and has them taken. */
  async addTyped(text: string): Promise<void> {
    await this.open('Type or paste');
    await this.field('Addresses').fill(text);
    await this.button('Add').click();
  }

  async finish(): Promise<void> {
    await this.button('Finish').click();
    await this.heading('Summary').waitFor({ state: 'detached' });
  }
}
