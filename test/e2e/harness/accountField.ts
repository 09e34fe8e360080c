import type { Locator } from 'playwright-core';
import { SignInPage } from './signInPage.ts';
import type { Wizard } from './wizard.ts';

/** The part of the wizard in which an account signs in. */
export class AccountField {
  readonly wizard: Wizard;
  readonly group: Locator;

  constructor(wizard: Wizard) {
    this.wizard = wizard;
    this.group = wizard.content.getByRole('group', { name: 'Account' });
  }

  async says(text: string): Promise<void> {
    await this.group.getByText(text).waitFor();
  }

  /** Opens the sign-in page in the browser. */
  async signInByBrowser(): Promise<SignInPage> {
    return SignInPage.openedBy(this.wizard.window, () => this.wizard.button('Sign in with the browser').click());
  }

  /** Asks for a code, and gives it with the address of the page where it is entered. */
  async askForCode(): Promise<{ readonly code: string; readonly address: string }> {
    await this.wizard.button('Sign in with a code').click();
    const code = await this.group.locator('.user-code code').innerText();
    return { code, address: await this.group.locator('vscode-link').innerText() };
  }
}
