import assert from 'node:assert/strict';
import {
  certificateValues,
  given,
  labApp,
  passwordValues,
  secondFactorUser,
  secretValues,
} from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { Wizard } from './harness/wizard.ts';

describe('A sign-in that fails', () => {
  const stage = useStage();
  const migration = () => labApp(stage.lab, 'Migration');

  it('names a wrong client secret, and goes on with the right one', async () => {
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(secretValues(stage.lab, 'Wrong secret'));
    await wizard.fill({ texts: { 'Client secret (value)': 'not-the-secret~of.the.app' } });
    await wizard.next();
    await wizard.configure();
    assert.deepEqual(await wizard.outcomes(), {
      'Reach the sign-in service': 'passed',
      'Compare the clocks': 'passed',
      'Sign in': 'failed',
      Permissions: 'skipped',
      'Find the EWS address': 'passed',
      'EWS access': 'skipped',
      'Time left for EWS': 'skipped',
      'Open the test mailbox': 'skipped',
      'Export one item': 'skipped',
      'List the mailboxes': 'skipped',
      'Measure the way to Exchange': 'skipped',
      Throttling: 'skipped',
    });
    await assertFinding(wizard, 'The client secret is wrong.', /^Create a new client secret .* paste its Value/);
    assert.equal(await wizard.button('Finish').isVisible(), false);

    await wizard.back();
    await wizard.fill({ texts: { 'Client secret (value)': given(migration().secret) } });
    await wizard.next();
    await wizard.configureAndFinish();
    await stage.workbench.row('Wrong secret, tenant contoso-lab.onmicrosoft.com, Verified').waitFor();
  });

  it('recognises a secret’s ID as soon as the field is left', async () => {
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.method('App registration with client secret').click();
    const secret = wizard.field('Client secret (value)');
    await secret.fill('0b7b2c5e-6a5f-4f43-9b58-0e1d8d4a6c11');
    assert.equal(await wizard.error('Client secret (value)'), '', 'silent while typing');
    await secret.press('Tab');
    await wizard.untilError('Client secret (value)', /^This is the secret’s ID\. Paste its Value/);
    await wizard.cancel();
  });

  it('names a certificate that the app does not know, and runs again once it is registered', async () => {
    stage.lab.patch({ entra: { certificate: 'unregistered' } });
    const wizard = await Wizard.openNew(stage.workbench);
    const values = certificateValues(stage.lab, 'Unregistered', given(migration().pfxFile));
    await wizard.fill({ ...values, texts: { Passphrase: given(migration().pfxPassphrase), ...values.texts } });
    await wizard.next();
    await wizard.configure();
    await assertFinding(
      wizard,
      `The certificate is not accepted for the application ${migration().clientId}.`,
      /^Upload the public part of this certificate/,
    );
    stage.lab.patch({ entra: { certificate: 'registered' } });
    await wizard.configureAndFinish();
    await stage.workbench.row('Unregistered, tenant contoso-lab.onmicrosoft.com, Verified').waitFor();
  });

  it('names a wrong password, and goes on with the right one', async () => {
    const wizard = await Wizard.openNew(stage.workbench);
    const values = passwordValues(stage.lab, 'Wrong password');
    await wizard.fill({ ...values, texts: { ...values.texts, Password: 'Wrong-Password-1' } });
    await wizard.next();
    await wizard.configure();
    await assertFinding(wizard, /The user name or password of admin@.* is wrong\./, /^Type the password again/);
    await wizard.back();
    await wizard.fill({ texts: { Password: values.texts?.Password ?? '' } });
    await wizard.next();
    await wizard.configureAndFinish();
    await stage.workbench.row('Wrong password, tenant contoso-lab.onmicrosoft.com, Verified').waitFor();
  });

  it('says that an account with a second factor has to sign in itself', async () => {
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(passwordValues(stage.lab, 'Second factor', secondFactorUser(stage.lab)));
    await wizard.next();
    await wizard.configure();
    await assertFinding(
      wizard,
      /The account .* needs multi-factor authentication\./,
      /^Choose “Administrator’s account”/,
    );
    await wizard.saveWithoutVerification();
    await stage.workbench.row('Second factor, tenant contoso-lab.onmicrosoft.com, Failed').waitFor();
  });

  async function assertFinding(wizard: Wizard, title: string | RegExp, remedy: RegExp): Promise<void> {
    const finding = wizard.check('Sign in').locator('.finding');
    await finding.getByText(title).waitFor();
    assert.match(await finding.getByRole('listitem').first().innerText(), remedy);
    assert.match(await wizard.summary.innerText(), /of 12 checks passed\. Follow the steps below/);
  }
});
