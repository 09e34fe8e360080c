import assert from 'node:assert/strict';
import { spoken } from './harness/connect.ts';
import { given, labApp, secretValues } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { Wizard } from './harness/wizard.ts';

describe('A half-filled wizard', () => {
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

  it('keeps even the secret while another tab is in front', async () => {
    const { workbench } = stage;
    const wizard = await Wizard.openNew(workbench);
    await wizard.fill(secretValues(stage.lab, 'Draft'));
    await workbench.runCommand('File: New Untitled Text File');
    await wizard.heading('New Office 365 connection').waitFor({ state: 'hidden' });
    await workbench.tab('New Office 365 connection').click();
    await wizard.heading('New Office 365 connection').waitFor();
    assert.equal(await wizard.field('Client secret (value)').inputValue(), secret());
  });

  it('comes back after its tab was closed', async () => {
    const { workbench } = stage;
    await workbench.closeTab('New Office 365 connection');
    const wizard = await Wizard.openNew(workbench);
    await assertRestored(wizard, 'Draft');
  });

  it('comes back in step one after the window was reloaded', async () => {
    const { workbench } = stage;
    const wizard = new Wizard(workbench);
    await wizard.fill({ texts: { 'Connection name': 'Reloaded', 'Client secret (value)': secret() } });
    await workbench.reload(/Reloaded/);
    await wizard.heading('New Office 365 connection').waitFor();
    await assertRestored(wizard, 'Reloaded');
  });

  it('comes back in step two after the window was reloaded, and asks for the secret when that is needed', async () => {
    const { workbench } = stage;
    const wizard = new Wizard(workbench);
    await wizard.fill({ texts: { 'Client secret (value)': secret() } });
    await wizard.next();
    await workbench.reload(/step\W+configuration/);
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

  it('is forgotten once it was finished', async () => {
    const wizard = await Wizard.openNew(stage.workbench);
    assert.equal(await wizard.field('Connection name').inputValue(), '');
    assert.equal(await wizard.notice.isVisible(), false);
    await wizard.cancel();
  });

  it('of settings gives way to what was changed since', async () => {
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
});
