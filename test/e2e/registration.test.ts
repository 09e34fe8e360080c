import assert from 'node:assert/strict';
import { spoken } from './harness/connect.ts';
import { administrator, unregisteredValues } from './harness/credentials.ts';
import { signInWithShownCode } from './harness/signInPage.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

describe('An app that the wizard registers', () => {
  // A browser-hosted VS Code opens pages of localhost through a tunnel of its own.
  const stage = useStage({ showsLabPages: true, lab: { host: '127.0.0.2' } });
  /** How often Graph did that. */
  const done = (asked: string): number =>
    stage.lab.requests().filter(({ operation, status }) => operation === asked && (status ?? 500) < 300).length;

  async function openNew(name: string): Promise<Wizard> {
    stage.lab.patch({ entra: { deviceCodeIntervalSeconds: 0.2 } });
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(unregisteredValues(stage.lab, name));
    await wizard.registration.open();
    return wizard;
  }

  async function signIn({ registration }: Wizard): Promise<void> {
    const page = await registration.signInWithCode();
    await page.signIn(administrator(stage.lab));
    await page.endsWith('You have signed in to the application on your device');
    await registration.button('Create').waitFor();
  }

  it('is shown before it is created, after a sign-in in the browser with consent, and becomes a connection', async () => {
    stage.lab.patch({ entra: { consentGranted: false }, graph: { replicationSeconds: 1 } });
    const wizard = await openNew('Registered');
    const { registration } = wizard;
    const page = await registration.signInWithBrowser();
    await page.signIn(administrator(stage.lab));
    await page.press('Accept');
    await page.endsWith('You can close this tab and go back to Visual Studio Code.');
    await registration.says(`Signed in as ${administrator(stage.lab).email}`);
    await registration.says('full_access_as_app');
    assert.equal(done('createApplication'), 0);
    stage.lab.patch({ entra: { consentGranted: true } });
    await registration.button('Create').click();
    await registration.says('Wait until the application can sign in');
    await registration.says('The app is registered and can sign in.');
    assert.deepEqual(new Set(await registration.steps()), new Set(['done']));
    await wizard.content.getByText(/^CN=Exchange Migration, valid until/).waitFor();
    await wizard.next();
    await wizard.configureAndFinish();
    await stage.workbench.row(spoken(stage, 'Registered', 'Verified')).waitFor();

    const updates = done('updateApplication');
    stage.lab.patch({ graph: { replicationSeconds: 1 } });
    await stage.workbench.contextMenu('Registered', 'Renew Certificate…');
    await stage.workbench.dialogButton('Renew').click();
    await signInWithShownCode(stage.workbench, administrator(stage.lab));
    await stage.workbench.dismiss('The certificate of “Registered” is renewed.');
    await stage.workbench.row(spoken(stage, 'Registered', 'Verified')).waitFor();
    assert.equal(done('updateApplication') - updates, 2, 'the new one is added, the old one removed');

    stage.lab.patch({ graph: { fail: [{ operation: 'deleteApplication', status: 403, times: 1 }] } });
    await deleteWithApp('Registered');
    await stage.workbench.dismiss('“Registered” was not deleted, nor its app registration');
    await stage.workbench.row(spoken(stage, 'Registered', 'Verified')).waitFor();
    await deleteWithApp('Registered');
    await stage.workbench.row(spoken(stage, 'Registered', 'Verified')).waitFor({ state: 'detached' });
    assert.equal(done('deleteApplication'), 1);
  });

  async function deleteWithApp(name: string): Promise<void> {
    await stage.workbench.contextMenu(name, 'Delete…');
    await stage.workbench.dialogButton('Delete with App Registration').click();
    await signInWithShownCode(stage.workbench, administrator(stage.lab));
  }

  it('is finished by trying again after a step failed, without a second one', async () => {
    const wizard = await openNew('Half-way');
    const { registration } = wizard;
    await signIn(wizard);
    stage.lab.patch({ graph: { fail: [{ operation: 'updateApplication', status: 503, times: 5 }] } });
    await registration.button('Create').click();
    await registration.says('Add the certificate to the application');
    await registration.button('Cancel registration').click();
    await registration.says('Cancelled.');
    stage.lab.patch({ graph: { fail: [] } });
    await registration.button('Try again').click();
    await registration.says('The app is registered and can sign in.');
    assert.equal(done('createApplication'), 1);
    await wizard.cancel();
    const reminder = stage.workbench.notification('What was registered in');
    await reminder.getByRole('button', { name: 'Open Again' }).click();
    await wizard.heading('New Office 365 connection').waitFor();
    assert.equal(await wizard.field('Connection name').inputValue(), 'Half-way');
    await wizard.cancel();
  });

  it('can be handed to somebody else as a script', async () => {
    const wizard = await openNew('By script');
    const { registration } = wizard;
    await registration.tick('Also let it list the mailboxes');
    for (const [button, command] of [
      ['Copy as PowerShell', 'Connect-MgGraph'],
      ['Copy as Azure CLI', 'az rest'],
    ] as const) {
      await registration.button(button).click();
      await until(`${command} is on the clipboard`, async () => (await stage.workbench.clipboard()).includes(command));
      const script = await stage.workbench.clipboard();
      assert.ok(script.includes('df021288-bdef-4463-88db-98f22de89214'), 'User.Read.All is in it');
      assert.ok(script.includes(stage.lab.description.tenant.domain));
    }
    await wizard.cancel();
  });
});
