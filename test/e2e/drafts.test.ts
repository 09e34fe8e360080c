import assert from 'node:assert/strict';
import { spoken } from './harness/connect.ts';
import { given, labApp, secretValues } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { Wizard, withoutWizard } from './harness/wizard.ts';

describe('What a reload or a closed tab leaves', () => {
  const stage = useStage();
  const secret = () => given(labApp(stage.lab, 'Migration').secret);

  /** Everything but the secret is there, and the page says why that one is not. */
  async function assertRestored(wizard: Wizard, name: string): Promise<void> {
    await wizard.heading('Admin credentials').waitFor();
    for (const [label, value] of Object.entries(secretValues(stage.lab, name).texts ?? {})) {
      assert.equal(await wizard.field(label).inputValue(), label === 'Client secret (value)' ? '' : value, label);
    }
    assert.equal(await wizard.method('App registration with client secret').isChecked(), true);
    const cloud = wizard.content.getByRole('combobox', { name: 'Cloud' });
    assert.equal(await cloud.locator('.selected-value').innerText(), 'Custom');
    await wizard.notice.getByText(/Enter the secret again\.$/).waitFor();
  }

  it('is everything, even the secret, while another tab is in front', async () => {
    const { workbench } = stage;
    const wizard = await Wizard.openNew(workbench);
    await wizard.fill(secretValues(stage.lab, 'Draft'));
    await workbench.runCommand('File: New Untitled Text File');
    await wizard.heading('New Office 365 connection').waitFor({ state: 'hidden' });
    await workbench.tab('New Office 365 connection').click();
    await wizard.heading('New Office 365 connection').waitFor();
    assert.equal(await wizard.field('Client secret (value)').inputValue(), secret());
  });

  it('is the form without the secret after the tab was closed', async () => {
    const { workbench } = stage;
    await workbench.closeTab('New Office 365 connection');
    const wizard = await Wizard.openNew(workbench);
    await assertRestored(wizard, 'Draft');
  });

  it('is the form without the secret after a reload in step one', async () => {
    const { workbench } = stage;
    const wizard = new Wizard(workbench);
    await wizard.fill({ texts: { 'Connection name': 'Reloaded', 'Client secret (value)': secret() } });
    await workbench.reload((stored) => stored.includes('Reloaded'));
    await wizard.heading('New Office 365 connection').waitFor();
    await assertRestored(wizard, 'Reloaded');
  });

  it('is step two after a reload there, which asks for the secret when that is needed', async () => {
    const { workbench } = stage;
    const wizard = new Wizard(workbench);
    await wizard.fill({ texts: { 'Client secret (value)': secret() } });
    await wizard.next();
    await workbench.reload((stored) => /step\W+configuration/.test(stored));
    await wizard.heading('Configuration').waitFor();
    await wizard.notice.getByText(/Enter the secret again\.$/).waitFor();

    await wizard.button('Configure').click();
    await wizard.heading('Admin credentials').waitFor();
    await wizard.untilError('Client secret (value)', /^Enter the client secret’s Value\.$/);
    await wizard.fill({ texts: { 'Client secret (value)': secret() } });
    await wizard.next();
    await wizard.configureAndFinish();
    await workbench.openSideBar();
    await workbench.row(spoken(stage, 'Reloaded', 'Verified')).waitFor();
  });

  it('is nothing once the wizard was finished', async () => {
    const wizard = await Wizard.openNew(stage.workbench);
    assert.equal(await wizard.field('Connection name').inputValue(), '');
    assert.equal(await wizard.notice.isVisible(), false);
    await wizard.cancel();
  });

  it('gives way to what was changed in a connection since', async () => {
    const { workbench } = stage;
    await (await Wizard.openSettings(workbench, 'Reloaded')).cancel();
    await workbench.row('Reloaded').click();
    await workbench.page.keyboard.press('F2');
    await workbench.quickInput.answer('Renamed');
    await workbench.row(spoken(stage, 'Renamed', 'Verified')).waitFor();
    const wizard = await Wizard.openSettings(workbench, 'Renamed');
    assert.equal(await wizard.field('Connection name').inputValue(), 'Renamed');
    await wizard.cancel();
  });

  it('is a connection without its secret where the key store was lost, and a way to enter it', async () => {
    const { workbench } = stage;
    await workbench.reload(withoutWizard);
    await workbench.openSideBar();
    await workbench.row(spoken(stage, 'Renamed', 'Secret missing')).waitFor();
    await workbench.rowAction('Renamed', 'Verify');
    const warning = workbench.notification('The secret of “Renamed” is not stored on this machine.');
    await warning.getByRole('button', { name: 'Settings…' }).click();
    const wizard = new Wizard(workbench);
    await wizard.heading('Settings of Renamed').waitFor();
    await wizard.button('Next').click();
    await wizard.untilError('Client secret (value)', /^Enter the client secret’s Value\.$/);
    await wizard.fill({ texts: { 'Client secret (value)': secret() } });
    await wizard.next();
    await wizard.configureAndFinish();
    await workbench.row(spoken(stage, 'Renamed', 'Verified')).waitFor();
  });
});
