import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Lab } from '../lab/lab.ts';
import { AccountField } from './harness/accountField.ts';
import { spoken } from './harness/connect.ts';
import { accountValues, administrator, labApp } from './harness/credentials.ts';
import { SignInPage, signInWithShownCode } from './harness/signInPage.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

describe('An account that signs in', () => {
  // A browser-hosted VS Code opens pages of localhost through a tunnel of its own.
  const stage = useStage({ showsLabPages: true, lab: { host: '127.0.0.2' } });
  const signedIn = 'You can close this tab and go back to Visual Studio Code.';
  const person = () => administrator(stage.lab);

  async function openAccount(name: string): Promise<Wizard> {
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(accountValues(stage.lab, name));
    return wizard;
  }

  const inBrowser = (wizard: Wizard): Promise<SignInPage> => new AccountField(wizard).signInByBrowser();

  async function code(wizard: Wizard): Promise<SignInPage> {
    const account = new AccountField(wizard);
    const { code: userCode, address } = await account.askForCode();
    await account.group.getByText(/^Valid for \d+:\d\d$/).waitFor();
    await wizard.button('Copy code').click();
    await until('the code is on the clipboard', async () => (await stage.workbench.clipboard()) === userCode);
    return SignInPage.enterCode(stage.workbench, address, userCode);
  }

  const says = (wizard: Wizard, text: string): Promise<void> => new AccountField(wizard).says(text);

  it('does so in the browser, with a second factor and consent, and becomes a verified connection', async () => {
    stage.lab.patch({ entra: { mfaRequired: true, consentGranted: false } });
    const wizard = await openAccount('By browser');
    const page = await inBrowser(wizard);
    await says(wizard, 'The sign-in page is open in your browser.');
    await page.signIn(person());
    await page.press('Approve');
    await page.press('Accept');
    await page.endsWith(signedIn);
    await says(wizard, `Signed in as ${person().email}.`);
    stage.lab.patch({ entra: { mfaRequired: false, consentGranted: true } });
    await wizard.next();
    await wizard.configure();
    await wizard.check('Open the test mailbox').getByText('opens only mailboxes to which it has Full Access').waitFor();
    await wizard.finish();
    await stage.workbench.row(spoken(stage, 'By browser', 'Verified')).waitFor();
  });

  it('is offered the code first where no browser could come back, and does so with it', async () => {
    stage.lab.patch({ entra: { deviceCodeIntervalSeconds: 0.2 } });
    const wizard = await openAccount('By code');
    const buttons = wizard.content.getByRole('group', { name: 'Account' }).locator('vscode-button:visible');
    assert.deepEqual(await buttons.allInnerTexts(), ['Sign in with a code', 'Sign in with the browser']);
    const page = await code(wizard);
    await page.signIn(person());
    await page.endsWith('You have signed in to the application on your device');
    await says(wizard, `Signed in as ${person().email}.`);
    await wizard.next();
    await wizard.configureAndFinish();
    await stage.workbench.row(spoken(stage, 'By code', 'Verified')).waitFor();
  });

  it('is told why it was refused, and can try again', async () => {
    const wizard = await openAccount('Refused');
    const page = await inBrowser(wizard);
    await page.press('Cancel');
    await page.endsWith('Visual Studio Code says what happened');
    await says(wizard, 'The sign-in was cancelled on the sign-in page');
    await wizard.button('Next').click();
    await wizard.untilError('Account', /^Sign in with the account first\.$/);
    const again = await inBrowser(wizard);
    await again.signIn(person());
    await again.endsWith(signedIn);
    await says(wizard, `Signed in as ${person().email}.`);
    await wizard.cancel();
  });

  it('can be cancelled while the page is open, which then leads nowhere', async () => {
    const wizard = await openAccount('Cancelled');
    const page = await inBrowser(wizard);
    await says(wizard, 'The sign-in page is open in your browser.');
    await wizard.button('Cancel sign-in').click();
    await says(wizard, 'Nobody has signed in yet.');
    await page.page.close();
    await wizard.cancel();
  });

  it('is asked to sign in again when its sign-in was revoked, and the connection works again', async () => {
    const { workbench, lab } = stage;
    lab.patch({ entra: { refreshTokens: 'revoked', deviceCodeIntervalSeconds: 0.2 } });
    await workbench.rowAction('By browser', 'Verify');
    const failure = workbench.notification(`The sign-in of ${person().email} is no longer valid.`);
    await failure.getByRole('button', { name: 'Sign In Again' }).click();
    lab.patch({ entra: { refreshTokens: 'valid' } });
    await enterShownCode();
    await workbench.row(spoken(stage, 'By browser', 'Verified')).waitFor();
  });

  it('can sign in again by its row, and cancel that', async () => {
    const { workbench, lab } = stage;
    lab.patch({ entra: { deviceCodeIntervalSeconds: 0.2 } });
    await workbench.contextMenu('By code', 'Sign In Again…');
    const progress = workbench.notification('Waiting for the sign-in to “By code”…');
    await workbench.notification('Enter the code').waitFor();
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await progress.waitFor({ state: 'detached' });
    await workbench.dismiss('Enter the code');
    await workbench.row(spoken(stage, 'By code', 'Verified')).waitFor();
  });

  it('can be signed in after its connection was imported: Verify offers it', async () => {
    const { workbench, lab } = stage;
    lab.patch({ entra: { deviceCodeIntervalSeconds: 0.2 } });
    const file = path.join(workbench.folder, 'imported.json');
    await writeFile(file, exportedAccount(lab, 'Imported'));
    await workbench.runCommand('Exchange Migration: Import…');
    await workbench.chooseFile(file);
    await workbench.dismiss('“Imported” was imported');
    await workbench.row(spoken(stage, 'Imported', 'Not signed in')).waitFor();

    await workbench.rowAction('Imported', 'Verify');
    const offer = workbench.notification('Nobody has signed in to “Imported” on this machine.');
    await offer.getByRole('button', { name: 'Sign In Again' }).click();
    await enterShownCode();
    await workbench.row(spoken(stage, 'Imported', 'Verified')).waitFor();
    const settings = await Wizard.openSettings(workbench, 'Imported');
    await says(settings, `Signed in as ${person().email}.`);
    await settings.cancel();
  });

  const enterShownCode = (): Promise<void> => signInWithShownCode(stage.workbench, person());
});

/** What another machine exported: who signed in there is told, but not the sign-in. */
function exportedAccount(lab: Lab, name: string): string {
  const { tenant, ews, authority } = lab.description;
  return JSON.stringify({
    kind: 'exchange-migration/source-connections',
    schemaVersion: 1,
    connections: [
      {
        name,
        cloud: 'custom',
        tenant: tenant.domain,
        signIn: { method: 'account', clientId: labApp(lab, 'Public client').clientId },
        testMailbox: `reception@${tenant.domain}`,
        endpoints: { ews: new URL(ews).origin, authority },
      },
    ],
  });
}
