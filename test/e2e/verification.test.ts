import assert from 'node:assert/strict';
import { connect, spoken } from './harness/connect.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

describe('Verifying', () => {
  const stage = useStage();
  before(async () => {
    await connect(stage, 'Contoso');
    await connect(stage, 'Fabrikam');
  });

  it('starts from the row and shows the outcome of each check below it', async () => {
    stage.lab.patch({ mailboxes: { 'reception@contoso-lab.onmicrosoft.com': { state: 'impersonationDenied' } } });
    const { workbench } = stage;
    await workbench.rowAction('Contoso', 'Verify');
    const failure = workbench.notification('“Contoso” failed: The sign-in may not open the mailbox');
    await failure.getByRole('button', { name: 'Show Details' }).click();
    await workbench.row(spoken(stage, 'Contoso', 'Failed')).waitFor();
    await workbench.row('EWS access, Passed').waitFor();
    await workbench.row('Open the test mailbox, Failed, The sign-in may not open the mailbox').waitFor();
    await workbench.row('Export one item, Skipped').waitFor();
    await workbench.row(spoken(stage, 'Fabrikam', 'Verified')).waitFor();
  });

  it('can be cancelled, which ends the requests and keeps what was known', async () => {
    stage.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    const { workbench } = stage;
    await workbench.rowAction('Fabrikam', 'Verify');
    await workbench.row(spoken(stage, 'Fabrikam', 'Verifying…')).waitFor();
    await workbench.sideBar.locator('.monaco-progress-container.active').first().waitFor();
    await until('EWS is asked', () => hanging().length > 0);
    await workbench.rowAction('Fabrikam', 'Cancel Verification');
    await workbench.row(spoken(stage, 'Fabrikam', 'Verified')).waitFor();
    await until('the requests have ended', () => hanging().every(({ aborted }) => aborted));
    assert.deepEqual(await workbench.notifications(), []);
  });

  it('can be cancelled in the wizard, and run again', async () => {
    stage.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    const { workbench } = stage;
    const wizard = await Wizard.openSettings(workbench, 'Fabrikam');
    await wizard.next();
    await wizard.button('Configure').click();
    await until('EWS is asked', () => hanging().length > 0);
    await until('the check is under way', async () => (await wizard.outcome('EWS access')) === 'running');
    await wizard.button('Cancel').click();
    await wizard.summary.getByText(/^Cancelled\. \d+ of 12 checks had passed\.$/).waitFor();
    await until('the requests have ended', () => hanging().every(({ aborted }) => aborted));
    assert.equal(await wizard.outcome('EWS access'), 'cancelled');
    assert.equal(await wizard.button('Finish').isVisible(), false);
    await wizard.button('Save without verification').waitFor();

    stage.lab.patch({ faults: [] });
    await wizard.configureAndFinish();
    await workbench.row(spoken(stage, 'Fabrikam', 'Verified')).waitFor();
  });

  it('of all goes through every connection', async () => {
    const { workbench } = stage;
    stage.lab.patch({ latencyMs: 300 });
    await workbench.viewAction('Verify All');
    await workbench.row(spoken(stage, 'Contoso', 'Verifying…')).waitFor();
    await workbench.row(spoken(stage, 'Fabrikam', 'Verifying…')).waitFor();
    await workbench.row(spoken(stage, 'Contoso', 'Verified')).waitFor();
    await workbench.row(spoken(stage, 'Fabrikam', 'Verified')).waitFor();
    assert.deepEqual(await workbench.notifications(), []);
  });

  it('of all tells once what failed, with the rows saying which', async () => {
    stage.lab.patch({ ews: { enabled: false } });
    const { workbench } = stage;
    await workbench.runCommand('Exchange Migration: Verify All');
    await workbench.row(spoken(stage, 'Contoso', 'Failed')).waitFor();
    await workbench.row(spoken(stage, 'Fabrikam', 'Failed')).waitFor();
    await workbench.notification('Of 2 connections 2 failed').waitFor();
    assert.equal((await workbench.notifications()).length, 1);
  });

  function hanging() {
    return stage.lab
      .requests()
      .filter(({ fault }) => fault === 'hang' || fault === null)
      .filter(({ service }) => service === 'ews');
  }
});
