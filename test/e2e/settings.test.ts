import assert from 'node:assert/strict';
import { spoken } from './harness/connect.ts';
import { administrator, labApp, secretValues } from './harness/credentials.ts';
import { definitionFiles, readDefinition } from './harness/storage.ts';
import { useStage } from './harness/stage.ts';
import { Wizard } from './harness/wizard.ts';

describe('Settings of a connection', () => {
  const stage = useStage();
  before(async () => {
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(secretValues(stage.lab, 'Contoso'));
    await wizard.next();
    await wizard.configureAndFinish();
  });

  it('open with everything but the secret, which stays when its field is left empty', async () => {
    const files = await definitionFiles(stage.workbench);
    const wizard = await Wizard.openSettings(stage.workbench, 'Contoso');
    const secret = wizard.field('Client secret (value)');
    assert.equal(await secret.inputValue(), '');
    assert.equal(await secret.getAttribute('placeholder'), 'stored – leave empty to keep');
    assert.equal(await wizard.field('Connection name').inputValue(), 'Contoso');

    const mailbox = administrator(stage.lab).email;
    await wizard.fill({ texts: { 'Mailbox to test with': mailbox } });
    await wizard.next();
    await wizard.configureAndFinish();
    await stage.workbench.row('Contoso, tenant contoso-lab.onmicrosoft.com, Verified').waitFor();

    assert.deepEqual(await definitionFiles(stage.workbench), files, 'the id is the same');
    const definition = await readDefinition(stage.workbench, files[0] ?? '');
    assert.match(definition, new RegExp(`"testMailbox": "${mailbox}"`));
  });

  it('open once: a second time leads to the wizard that is open', async () => {
    const { workbench } = stage;
    const wizard = await Wizard.openSettings(workbench, 'Contoso');
    await wizard.fill({ texts: { 'Connection name': 'Contoso, half renamed' } });
    await workbench.runCommand('Exchange Migration: Office 365 Connection…');
    await wizard.heading('New Office 365 connection').waitFor();

    await workbench.runCommandAndPick('Exchange Migration: Settings…', 'Contoso');
    await wizard.heading('Settings of Contoso').waitFor();
    assert.equal(await wizard.field('Connection name').inputValue(), 'Contoso, half renamed');
    const tabs = workbench.page.getByRole('tab', { name: /^Settings of Contoso/ });
    assert.equal(await tabs.count(), 1);
    await wizard.cancel();
    await wizard.cancel();
  });

  it('change the sign-in method only together with its secret', async () => {
    const wizard = await Wizard.openSettings(stage.workbench, 'Contoso');
    await wizard.method('Administrator’s e-mail and password').click();
    await wizard.fill({ texts: { 'Administrator’s e-mail': administrator(stage.lab).email } });
    await wizard.button('Next').click();
    await wizard.untilError('Password', /^Enter the account’s password\.$/);
    await wizard.cancel();
  });

  it('remember that an app has scoped access', async () => {
    const { workbench, lab } = stage;
    const app = labApp(lab, 'No permission');
    const values = secretValues(lab, 'Scoped', app);
    lab.patch({ ews: { scopes: { [app.clientId]: [values.texts?.['Mailbox to test with'] ?? ''] } } });
    const wizard = await Wizard.openNew(workbench);
    await wizard.fill(values);
    await wizard.scopedAccess.check();
    await wizard.next();
    await wizard.configureAndFinish();
    await workbench.row(spoken(stage, 'Scoped', 'Verified')).waitFor();
    const settings = await Wizard.openSettings(workbench, 'Scoped');
    assert.equal(await settings.scopedAccess.isChecked(), true);
    await settings.cancel();
  });
});
