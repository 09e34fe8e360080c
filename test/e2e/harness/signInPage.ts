import type { Page } from 'playwright-core';
import type { DescribedUser } from '../../lab/description.ts';
import type { WorkbenchWindow } from './workbenchWindow.ts';

/** The lab's sign-in page in a tab of its own, clicked as a person would. */
export class SignInPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Does what makes the extension open the page, and lets VS Code open it. */
  static async openedBy({ page }: WorkbenchWindow, press: () => Promise<void>): Promise<SignInPage> {
    const opened = page.context().waitForEvent('page');
    await press();
    await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
    return new SignInPage(await opened);
  }

  /** The page on which a code is entered, on what could be another machine. */
  static async enterCode({ page }: WorkbenchWindow, address: string, code: string): Promise<SignInPage> {
    const other = await page.context().newPage();
    await other.goto(address);
    await other.getByLabel('Code').fill(code);
    await other.getByRole('button', { name: 'Next' }).click();
    return new SignInPage(other);
  }

  async signIn({ email, password }: DescribedUser): Promise<void> {
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.press('Sign in');
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  /** Waits for a text, and closes the tab. */
  async endsWith(text: string): Promise<void> {
    await this.page.getByText(text).waitFor();
    await this.page.close();
  }
}

/** Types the code that a notification tells on its page, and signs in. */
export async function signInWithShownCode(window: WorkbenchWindow, person: DescribedUser): Promise<void> {
  const shown = window.notification('Enter the code');
  const text = await shown.locator('.notification-list-item-message').innerText();
  const [, userCode = '', address = ''] = /code (\S+) at (\S+)/.exec(text) ?? [];
  const page = await SignInPage.enterCode(window, address, userCode);
  await page.signIn(person);
  await page.endsWith('You have signed in to the application on your device');
  await window.dismiss('Enter the code');
}
