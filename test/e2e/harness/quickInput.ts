import type { Locator, Page } from 'playwright-core';

/** VS Code's quick pick and input box: also the command palette and, in a browser, the file dialog. */
export class QuickInput {
  readonly root: Locator;
  readonly input: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.root = page.locator('.quick-input-widget:visible');
    this.input = this.root.locator('input[type="text"]:visible, input[type="password"]:visible').first();
  }

  /** The entry whose label is this text; its description may follow. */
  option(label: string): Locator {
    return this.root.getByRole('option', { name: startingWith(label) }).first();
  }

  async pick(label: string): Promise<void> {
    await this.option(label).click();
  }

  async type(text: string): Promise<void> {
    await this.input.fill(text);
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  /** Types the answer of an input box and accepts it. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  async escape(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.root.waitFor({ state: 'hidden' });
  }

  /** What the box says beside its input: prompt and validation message. */
  async message(): Promise<string> {
    return this.root.locator('.quick-input-message').innerText();
  }
}

/** VS Code adds to an accessible name after a comma: "recently used", a description, a state. */
export function startingWith(label: string): RegExp {
  return new RegExp(`^${label.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(,|$)`);
}
