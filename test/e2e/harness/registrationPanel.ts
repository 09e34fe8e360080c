import type { FrameLocator, Locator } from 'playwright-core';
import { SignInPage } from './signInPage.ts';
import type { WorkbenchWindow } from './workbenchWindow.ts';

/** The part of the wizard's first step that registers an app. */
export class RegistrationPanel {
  readonly #window: WorkbenchWindow;
  readonly #group: Locator;

  constructor(window: WorkbenchWindow, content: FrameLocator) {
    this.#window = window;
    this.#group = content.getByRole('group', { name: 'App registration' });
  }

  button(name: string): Locator {
    return this.#group.getByRole('button', { name, exact: true });
  }

  /** The buttons on show, in order. */
  async buttons(): Promise<string[]> {
    return this.#group.locator('vscode-button:visible').allInnerTexts();
  }

  async open(): Promise<void> {
    await this.button('Register automatically…').click();
    await this.says('This is created in the tenant:');
  }

  /** Asks for a code and types it into the lab's page, which is given back. */
  async signInWithCode(): Promise<SignInPage> {
    await this.button('Sign in as administrator with a code').click();
    const code = await this.#group.locator('.user-code code').innerText();
    const address = await this.#group.locator('.device-code vscode-link').innerText();
    return SignInPage.enterCode(this.#window, address, code);
  }

  signInWithBrowser(): Promise<SignInPage> {
    return SignInPage.openedBy(this.#window, () => this.button('Sign in as administrator with the browser').click());
  }

  async tick(label: string): Promise<void> {
    await this.#group.getByRole('checkbox', { name: label }).check();
  }

  /** Waits until a text shows. */
  async says(text: string | RegExp): Promise<void> {
    await this.#group.getByText(text).first().waitFor();
  }

  /** What each step is said to be, such as "done". */
  async steps(): Promise<string[]> {
    const rows = await this.#group.locator('.registration-steps li').all();
    return Promise.all(rows.map(async (row) => (await row.getAttribute('data-state')) ?? ''));
  }
}
