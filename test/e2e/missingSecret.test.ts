import { connect, spoken } from './harness/connect.ts';
import { given, labApp } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

describe('A reload of the window', () => {
  describe('where the key store was lost', () => {
    const stage = useStage();
    before(async () => connect(stage, 'Contoso'));

    it('keeps the connection, says that its secret is missing, and lets the user enter it', async () => {
      const { workbench } = stage;
      await workbench.reload();
      await workbench.openSideBar();
      await workbench.row(spoken(stage, 'Contoso', 'Secret missing')).waitFor();
      await workbench.rowAction('Contoso', 'Verify');
      const warning = workbench.notification('The secret of “Contoso” is not stored on this machine.');
      await warning.getByRole('button', { name: 'Settings…' }).click();
      const wizard = new Wizard(workbench);
      await wizard.heading('Settings of Contoso').waitFor();
      await wizard.button('Next').click();
      await wizard.untilError('Client secret (value)', /^Enter the client secret’s Value\.$/);
      await wizard.fill({ texts: { 'Client secret (value)': given(labApp(stage.lab, 'Migration').secret) } });
      await wizard.next();
      await wizard.configureAndFinish();
      await workbench.row(spoken(stage, 'Contoso', 'Verified')).waitFor();
    });
  });

  describe('where the key store works', () => {
    const stage = useStage({ persistent: true });
    before(async () => connect(stage, 'Contoso'));

    it('keeps connection, status and secret', async () => {
      const { workbench } = stage;
      await workbench.reload();
      await workbench.openSideBar();
      await workbench.row(spoken(stage, 'Contoso', 'Verified')).waitFor();
      stage.lab.reset();
      await workbench.rowAction('Contoso', 'Verify');
      await until('EWS is asked', () => stage.lab.requests().some(({ service }) => service === 'ews'));
      await workbench.row(spoken(stage, 'Contoso', 'Verified')).waitFor();
    });
  });
});
