import type { FrameLocator, Locator } from 'playwright-core';
import { openInTab } from './openInTab.ts';
import { RegistrationPanel } from './registrationPanel.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './workbenchWindow.ts';

/** What a person types and chooses in step one, by the labels of the page; what is left out stays as it is. */
export interface WizardValues {
  readonly cloud?: string;
  readonly method?: string;
  /** Text fields by their label. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Path of the file with certificate and private key. */
  readonly certificate?: string;
  /** Path of the file with additional authorities. */
  readonly additionalCa?: string;
}

/** The wizard in the active tab of a window, handled by the names a screen reader would read. */
export class Wizard {
  readonly window: WorkbenchWindow;
  readonly content: FrameLocator;
  /** The rows of the checks, in order. */
  readonly checks: Locator;
  /** The one sentence about the whole run. */
  readonly summary: Locator;
  /** The text above the step. */
  readonly notice: Locator;
  /** The box for an app that RBAC for Applications holds in a scope. */
  readonly scopedAccess: Locator;
  readonly registration: RegistrationPanel;

  constructor(window: WorkbenchWindow) {
    this.window = window;
    this.content = window.webview();
    this.checks = this.content.getByRole('list', { name: 'Checks' }).locator(':scope > li');
    this.summary = this.content.locator('p.summary');
    this.notice = this.content.locator('.notice');
    this.registration = new RegistrationPanel(window, this.content);
    this.scopedAccess = this.content.getByRole('checkbox', { name: 'The app has scoped access' });
  }

  /** Opens the wizard for a new connection from the palette. */
  static async openNew(window: WorkbenchWindow): Promise<Wizard> {
    const wizard = new Wizard(window);
    const title = 'New Office 365 connection';
    const open = (): Promise<void> => window.runCommand('Exchange Migration: Office 365 Connection…');
    await openInTab(window, title, open, wizard.heading(title));
    return wizard;
  }

  /** Opens the wizard of a connection with the gear of its row. */
  static async openSettings(window: WorkbenchWindow, connection: string): Promise<Wizard> {
    const wizard = new Wizard(window);
    await until(`the settings of ${connection} open`, async () => {
      // A click on a row that is just being redrawn leads nowhere.
      await window.rowAction(connection, 'Settings…');
      await wizard.heading(`Settings of ${connection}`).waitFor({ timeout: 5000 });
      return true;
    });
    return wizard;
  }

  heading(text: string): Locator {
    return this.content.getByRole('heading', { name: text, exact: true });
  }

  /** A text field by its label. */
  field(label: string): Locator {
    return this.content.getByRole('textbox', { name: labelled(label) });
  }

  /** A field of any kind with its hint and its error, by its label. */
  group(label: string): Locator {
    return this.content
      .locator('.field')
      .filter({ has: this.content.getByText(labelled(label)) })
      .first();
  }

  /** What is wrong with a field; empty: nothing. */
  async error(label: string): Promise<string> {
    const error = this.group(label).locator('.field-error');
    return (await error.isVisible()) ? (await error.innerText()).trim() : '';
  }

  async untilError(label: string, error: RegExp): Promise<void> {
    await until(`"${label}" says ${error}`, async () => error.test(await this.error(label)));
  }

  button(name: string): Locator {
    return this.content.getByRole('button', { name, exact: true });
  }

  method(name: string): Locator {
    return this.content.getByRole('radio', { name });
  }

  async chooseCloud(name: string): Promise<void> {
    await this.content.getByRole('combobox', { name: 'Cloud' }).click();
    await this.content.getByRole('option', { name, exact: true }).click();
  }

  /** Waits until the list of clouds shows this one as chosen. */
  async untilCloud(name: string): Promise<void> {
    const chosen = this.content.getByRole('combobox', { name: 'Cloud' }).locator('.selected-value');
    await until(`the cloud is ${name}`, async () => (await chosen.innerText()).trim() === name);
  }

  async chooseCertificate(file: string): Promise<void> {
    await this.chooseFile('Certificate', file);
  }

  async chooseAdditionalCa(file: string): Promise<void> {
    await this.chooseFile('Additional CA file', file);
  }

  /** Fills in step one in reading order. */
  async fill({ cloud, method, texts = {}, certificate, additionalCa }: WizardValues): Promise<void> {
    if (cloud !== undefined) await this.chooseCloud(cloud);
    if (method !== undefined) await this.method(method).click();
    if (certificate !== undefined) await this.chooseCertificate(certificate);
    for (const [label, value] of Object.entries(texts)) await this.field(label).fill(value);
    if (additionalCa !== undefined) await this.chooseAdditionalCa(additionalCa);
  }

  /** Goes on to step two. */
  async next(): Promise<void> {
    await this.button('Next').click();
    await this.heading('Configuration').waitFor();
  }

  async back(): Promise<void> {
    await this.button('Back').click();
    await this.heading('Admin credentials').waitFor();
  }

  /** Presses Configure, or Run again, and waits for the end of the run. */
  async configure(): Promise<void> {
    const again = this.button('Run again');
    if (await again.isVisible()) {
      await again.click();
      await until('the new run has begun', async () => this.button('Cancel').or(again).first().isVisible());
    } else {
      await this.button('Configure').click();
    }
    await again.waitFor();
    await this.summary.waitFor();
  }

  /** Goes through step two of a connection that works, and ends the wizard. */
  async configureAndFinish(): Promise<void> {
    await this.configure();
    await this.finish();
  }

  async finish(): Promise<void> {
    await this.pressLast('Finish');
  }

  async saveWithoutVerification(): Promise<void> {
    await this.pressLast('Save without verification');
  }

  async cancel(): Promise<void> {
    await this.pressLast('Cancel');
  }

  /** The row of a check by its title. */
  check(title: string): Locator {
    return this.checks.filter({ has: this.content.locator('.check-title').getByText(title, { exact: true }) });
  }

  /** The word a screen reader reads for a check's outcome. */
  async outcome(title: string): Promise<string> {
    return this.check(title).locator('.check-head .visually-hidden').innerText();
  }

  /** All checks with the word for their outcome. */
  async outcomes(): Promise<Record<string, string>> {
    const titles = await this.checks.locator('.check-title').allInnerTexts();
    const words = await this.checks.locator('.check-head .visually-hidden').allInnerTexts();
    return Object.fromEntries(titles.map((title, index) => [title, words[index] ?? '']));
  }

  /** Posts to the extension as the page's own script does: by the function that VS Code's frame around it has for that. */
  async postAsPage(message: unknown): Promise<void> {
    const frame = (await this.window.webviewFrame()).parentFrame();
    if (frame === null) throw new Error('The page stands alone.');
    await frame.evaluate<unknown>(`__vscode_post_message__('onmessage', { message: ${JSON.stringify(message)} })`);
  }

  /** Presses a button that ends the wizard. Another wizard may come to the front then. */
  private async pressLast(button: string): Promise<void> {
    const heading = this.heading(await this.content.getByRole('heading', { level: 1 }).innerText());
    await this.button(button).click();
    await heading.waitFor({ state: 'detached' });
  }

  private async chooseFile(label: string, file: string): Promise<void> {
    const group = this.content.getByRole('group', { name: labelled(label) });
    await group.getByRole('button', { name: 'Choose file…' }).click();
    await this.window.chooseFile(file);
  }
}

/** For `reload`: VS Code knows that no wizard is open any more, so that none comes back. */
export function withoutWizard(stored: string): boolean {
  return !stored.includes('mainThreadWebview-exchangeMigration.sourceConnectionWizard');
}

/** A label as the page shows it, with or without its mark for what may be left empty. */
function labelled(label: string): RegExp {
  return new RegExp(`^${label.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}( \\(optional\\))?$`);
}
