import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { grantAccess } from '../../../src/identity/registration/accessGrant.ts';
import type { ConnectionSettings } from '../../../src/connections/sourceConnection.ts';
import type { CredentialsForm, RemedyAction } from '../../../src/webview/protocol.ts';
import { PersonInBrowser } from '../support/personInBrowser.ts';
import { RegistrationBench } from '../support/registrationBench.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';
import { VerificationBench } from '../support/verificationBench.ts';
import { caFile, labForm, noSecrets, WizardBench } from '../support/wizardBench.ts';
import type { TestWizard } from '../support/wizardBench.ts';

describe('What a wizard puts right itself', () => {
  const folder = useTemporaryFolder();
  let bench: VerificationBench;
  let tenant: RegistrationBench;
  let person: PersonInBrowser;
  let wizards: WizardBench;
  before(async () => {
    bench = await VerificationBench.open();
    tenant = await RegistrationBench.on(bench.lab);
    person = new PersonInBrowser(bench.lab);
    await tenant.administrator();
  });
  beforeEach(() => {
    bench.lab.reset();
    wizards = new WizardBench(folder(), bench);
  });
  after(async () => {
    tenant.release();
    await bench.close();
  });

  async function openNew(form: CredentialsForm): Promise<TestWizard> {
    const wizard = wizards.openNew();
    wizard.file = await caFile(bench);
    await wizard.send({ type: 'ready' });
    await wizard.send({ type: 'chooseAdditionalCa', form });
    return wizard;
  }

  /** What the page's button of that kind posts. */
  function offered(wizard: TestWizard, code: string): RemedyAction {
    const findings = wizard.view.run.checks.flatMap((check) => check.findings);
    const remedies = findings.find((finding) => finding.code === code)?.remedies ?? [];
    const action = remedies.find((remedy) => remedy.action !== undefined)?.action;
    assert.ok(action, `${code} offers nothing: ${JSON.stringify(findings)}`);
    return action;
  }

  describe('with an app that lacks its permission', () => {
    let wizard: TestWizard;
    let asked: ConnectionSettings[];
    beforeEach(async () => {
      const { clientId, secret } = bench.appWithoutPermission;
      wizard = await openNew(labForm(bench, { clientId }));
      await wizard.next(labForm(bench, { clientId }), { clientSecret: secret });
      await wizard.configure();
      assert.equal(wizard.view.run.state, 'failed');
      asked = [];
    });

    async function grant(settings: ConnectionSettings): Promise<boolean> {
      asked.push(settings);
      await grantAccess(settings.signIn.clientId, await tenant.tools(), undefined, () => undefined);
      return true;
    }

    it('has it granted by an administrator, and runs again', async () => {
      wizard.grant = grant;
      await wizard.send({ type: 'act', action: offered(wizard, 'permission-missing') });
      await until('the new run ends', () => wizard.view.run.state === 'passed', 15_000);
      assert.deepEqual(
        asked.map(({ signIn }) => signIn.clientId),
        [bench.appWithoutPermission.clientId],
      );
    });

    it('runs nothing when it was not granted', async () => {
      wizard.grant = () => Promise.resolve(false);
      const before = bench.lab.requests().length;
      await wizard.send({ type: 'act', action: offered(wizard, 'permission-missing') });
      await wizard.send({ type: 'openRequirements' });
      assert.equal(bench.lab.requests().length, before);
      assert.equal(wizard.view.run.state, 'failed');
    });

    it('asks one administrator at a time, and leaves who has gone back alone', async () => {
      const waits: ((granted: boolean) => void)[] = [];
      wizard.grant = () => new Promise((resolve) => waits.push(resolve));
      const action = offered(wizard, 'permission-missing');
      await wizard.send({ type: 'act', action });
      await wizard.send({ type: 'act', action });
      await wizard.send({ type: 'back' });
      const before = bench.lab.requests().length;
      assert.equal(waits.length, 1);
      waits[0]?.(true);
      const { clientId, secret } = bench.appWithoutPermission;
      await wizard.next(labForm(bench, { clientId }), { clientSecret: secret });
      assert.equal(wizard.view.run.state, 'failed');
      assert.equal(bench.lab.requests().length, before);
    });
  });

  describe('with an account whose sign-in was revoked', () => {
    let wizard: TestWizard;
    beforeEach(async () => {
      const publicClient = bench.lab.description.apps.find(({ name }) => name === 'Public client');
      const form = labForm(bench, { method: 'account', clientId: publicClient?.clientId ?? '' });
      wizard = await openNew(form);
      await wizard.send({ type: 'signIn', way: 'browser', form, secrets: noSecrets });
      await until('the browser is open', () => wizard.view.account.state === 'browser');
      await person.visit(wizard.opened.at(-1) ?? '');
      await until('the account is signed in', () => wizard.view.account.state === 'signedIn');
      await wizard.next(form);
      bench.lab.patch({ entra: { refreshTokens: 'revoked' } });
      await wizard.configure();
      assert.equal(wizard.view.run.state, 'failed');
    });

    it('signs it in again where one sees it, then runs again', async () => {
      await wizard.send({ type: 'act', action: offered(wizard, 'sign-in-expired') });
      await until('the browser is open', () => wizard.view.account.state === 'browser');
      assert.equal(wizard.view.step, 'credentials');
      assert.equal(wizard.focus, 'account');
      bench.lab.patch({ entra: { refreshTokens: 'valid' } });
      await person.visit(wizard.opened.at(-1) ?? '');
      await until('the new run ends', () => wizard.view.run.state === 'passed', 15_000);
      assert.equal(wizard.view.step, 'configuration');
    });

    it('stays at the sign-in when that is cancelled', async () => {
      await wizard.send({ type: 'act', action: offered(wizard, 'sign-in-expired') });
      await until('the browser is open', () => wizard.view.account.state === 'browser');
      await wizard.send({ type: 'cancelSignIn' });
      await wizard.send({ type: 'openRequirements' });
      assert.equal(wizard.view.step, 'credentials');
      assert.equal(wizard.view.run.state, 'failed');
    });
  });
});
