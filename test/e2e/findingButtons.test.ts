import assert from 'node:assert/strict';
import { spoken } from './harness/connect.ts';
import { administrator, labApp, secretValues } from './harness/credentials.ts';
import { DetailsPage } from './harness/detailsPage.ts';
import { signInWithShownCode } from './harness/signInPage.ts';
import { useStage } from './harness/stage.ts';
import { Wizard } from './harness/wizard.ts';

describe('What a finding’s button puts right', () => {
  const stage = useStage({ showsLabPages: true, lab: { host: '127.0.0.2' } });
  const grants = (): number => stage.lab.requests().filter(({ operation }) => operation === 'assignAppRole').length;
  const askedFor = (): string => `Grant full_access_as_app to the app ${labApp(stage.lab, 'No permission').clientId}?`;

  async function configured(name: string): Promise<Wizard> {
    stage.lab.patch({ entra: { deviceCodeIntervalSeconds: 0.2 } });
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(secretValues(stage.lab, name, labApp(stage.lab, 'No permission')));
    await wizard.next();
    await wizard.configure();
    return wizard;
  }

  it('is a permission, granted from the wizard by an administrator, who may also think better of it', async () => {
    const { workbench } = stage;
    const wizard = await configured('Granted');
    const grant = wizard.check('EWS access').getByRole('button', { name: 'Grant the permission…' });
    await grant.click();
    await workbench.page.getByRole('dialog').getByText(askedFor()).waitFor();
    await workbench.dialogButton('Cancel').click();
    assert.equal(grants(), 0);

    await grant.click();
    await workbench.dialogButton('Grant').click();
    await signInWithShownCode(workbench, administrator(stage.lab));
    await workbench.dismiss('The app of “Granted” has the permission to open mailboxes.');
    await wizard.summary.getByText('All 12 checks passed.').waitFor();
    assert.equal(grants(), 1);
    await wizard.finish();
    await workbench.row(spoken(stage, 'Granted', 'Verified')).waitFor();
  });

  it('is a permission, granted from the details and from the notification', async () => {
    const { workbench } = stage;
    const wizard = await configured('Later');
    await wizard.saveWithoutVerification();
    await workbench.row(spoken(stage, 'Later', 'Failed')).waitFor();
    await workbench.rowAction('Later', 'Verify');
    const failure = workbench.notification('“Later” failed:');
    await failure.getByRole('button', { name: 'Grant Permission…' }).click();
    await workbench.page.getByRole('dialog').getByText(askedFor()).waitFor();
    await workbench.dialogButton('Cancel').click();

    const page = await DetailsPage.open(workbench, 'Later');
    await page.check('EWS access').getByRole('button', { name: 'Grant the permission…' }).click();
    await workbench.dialogButton('Grant').click();
    await signInWithShownCode(workbench, administrator(stage.lab));
    await workbench.dismiss('The app of “Later” has the permission to open mailboxes.');
    await page.status('Verified').waitFor();
  });
});
