import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { AccountView, CredentialsForm } from '../../../src/webview/protocol.ts';
import { PersonInBrowser } from '../support/personInBrowser.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';
import { VerificationBench } from '../support/verificationBench.ts';
import { caFile, labForm, noSecrets, WizardBench } from '../support/wizardBench.ts';
import type { TestWizard } from '../support/wizardBench.ts';

describe('A wizard in which an account signs in', () => {
  const folder = useTemporaryFolder();
  let bench: VerificationBench;
  let person: PersonInBrowser;
  let wizards: WizardBench;
  let form: CredentialsForm;
  before(async () => {
    bench = await VerificationBench.open();
    person = new PersonInBrowser(bench.lab);
    const publicClient = bench.lab.description.apps.find(({ name }) => name === 'Public client');
    form = labForm(bench, { method: 'account', clientId: publicClient?.clientId ?? '' });
  });
  beforeEach(() => {
    bench.lab.reset();
    bench.lab.patch({ entra: { deviceCodeIntervalSeconds: 0.05 } });
    wizards = new WizardBench(folder(), bench);
  });
  after(() => bench.close());

  const accountOf = (wizard: TestWizard): AccountView => wizard.view.account;
  const stateOf = (wizard: TestWizard): AccountView['state'] => accountOf(wizard).state;
  const errorOf = (wizard: TestWizard): string | undefined => wizard.view.errors.account;

  async function openNew(): Promise<TestWizard> {
    const wizard = wizards.openNew();
    wizard.file = await caFile(bench);
    await wizard.send({ type: 'ready' });
    await wizard.send({ type: 'chooseAdditionalCa', form });
    return wizard;
  }

  async function begin(wizard: TestWizard, way: 'browser' | 'deviceCode' = 'browser'): Promise<void> {
    await wizard.send({ type: 'signIn', way, form, secrets: noSecrets });
    await until('the person is needed', () => stateOf(wizard) === (way === 'browser' ? 'browser' : 'code'));
  }

  async function signIn(wizard: TestWizard): Promise<void> {
    await begin(wizard);
    await person.visit(wizard.opened.at(-1) ?? '');
    await until('the account is signed in', () => stateOf(wizard) === 'signedIn');
  }

  async function saved(): Promise<NonNullable<TestWizard['saved']>> {
    const wizard = await openNew();
    await signIn(wizard);
    await wizard.next(form);
    await wizard.configure();
    assert.equal(wizard.view.run.state, 'passed', JSON.stringify(wizard.view.run.checks));
    await wizard.send({ type: 'finish' });
    assert.ok(wizard.saved);
    return wizard.saved;
  }

  it('goes from the browser to a verified connection that says what the account opens', async () => {
    const connection = await saved();
    assert.deepEqual(connection.signIn, {
      method: 'account',
      clientId: form.clientId,
      userName: person.administrator.email,
    });
    const secret = await wizards.store.secretOf(connection);
    assert.equal(secret?.method, 'account');
    const record = await wizards.records.read(connection.id);
    const codes = record?.checks.flatMap(({ findings }) => findings.map(({ code }) => code));
    assert.deepEqual(codes, ['delegated-access']);
    assert.equal(
      record?.checks.find(({ id }) => id === 'sign-in')?.detail,
      `Signed in as ${person.administrator.email}.`,
    );
  });

  it('asks to sign in before it goes on', async () => {
    const wizard = await openNew();
    await wizard.next(form);
    assert.equal(wizard.view.step, 'credentials');
    assert.equal(errorOf(wizard), 'Sign in with the account first.');
    assert.equal(wizard.focus, 'account');
    await signIn(wizard);
    await until('the error has gone', () => errorOf(wizard) === undefined);
  });

  it('needs tenant and app before anybody can sign in, and says so', async () => {
    const wizard = await openNew();
    await wizard.send({ type: 'signIn', way: 'browser', form: { ...form, clientId: '' }, secrets: noSecrets });
    assert.equal(wizard.focus, 'clientId');
    assert.equal(stateOf(wizard), 'signedOut');
    assert.deepEqual(wizard.opened, []);
  });

  it('shows a code to type elsewhere, and goes on when it was typed', async () => {
    const wizard = await openNew();
    await begin(wizard, 'deviceCode');
    const account = accountOf(wizard);
    assert.ok(account.state === 'code');
    await person.enterCode(account.verificationUri, account.userCode);
    await until('the account is signed in', () => stateOf(wizard) === 'signedIn');
    await wizard.next(form);
    assert.equal(wizard.view.step, 'configuration');
  });

  it('can be cancelled and begun again, also the other way', async () => {
    const wizard = await openNew();
    await begin(wizard);
    await wizard.send({ type: 'cancelSignIn' });
    assert.equal(stateOf(wizard), 'signedOut');
    await begin(wizard, 'deviceCode');
    await begin(wizard); // The code that was shown is of no use any more.
    await person.visit(wizard.opened.at(-1) ?? '');
    await until('the account is signed in', () => stateOf(wizard) === 'signedIn');
  });

  it('explains a refusal, and keeps who was signed in before', async () => {
    const wizard = await openNew();
    await signIn(wizard);
    await begin(wizard);
    await person.visit(wizard.opened.at(-1) ?? '', (walk) => walk.click('Cancel'));
    await until('the refusal is told', () => stateOf(wizard) === 'failed');
    const account = accountOf(wizard);
    assert.ok(account.state === 'failed');
    assert.equal(account.finding.code, 'sign-in-declined');
    await wizard.next(form);
    assert.equal(wizard.view.step, 'configuration');
  });

  it('says so when no browser opens', async () => {
    const wizard = await openNew();
    wizard.browserOpens = false;
    await wizard.send({ type: 'signIn', way: 'browser', form, secrets: noSecrets });
    await until('the failure is told', () => stateOf(wizard) === 'failed');
    const account = accountOf(wizard);
    assert.ok(account.state === 'failed');
    assert.equal(account.finding.code, 'no-browser');
  });

  it('does not take the sign-in for another tenant or app', async () => {
    const wizard = await openNew();
    await signIn(wizard);
    await wizard.next({ ...form, tenant: bench.lab.description.tenant.id });
    assert.equal(errorOf(wizard), 'The tenant or the application has changed since. Sign in again.');
  });

  it('shows who is signed in by what is stored, and keeps that', async () => {
    const connection = await saved();
    const wizard = wizards.openSettings(connection);
    await wizard.send({ type: 'ready' });
    assert.deepEqual(accountOf(wizard), { state: 'signedIn', userName: person.administrator.email });
    await wizard.next(form);
    await wizard.configure();
    assert.equal(wizard.view.run.state, 'passed');
  });

  it('leaves a connection that renews itself, and that says when it no longer can', async () => {
    const connection = await saved();
    const before = wizards.vault.secrets.get(connection.secretKey ?? '');
    assert.equal((await wizards.verifier.verify(connection.id)).outcome, 'passed');
    assert.notEqual(wizards.vault.secrets.get(connection.secretKey ?? ''), before, 'The new refresh token is kept.');
    assert.equal((await wizards.verifier.verify(connection.id)).outcome, 'passed');

    bench.lab.patch({ entra: { refreshTokens: 'revoked' } });
    const { checks } = await wizards.verifier.verify(connection.id);
    const findings = checks.find(({ id }) => id === 'sign-in')?.findings;
    assert.deepEqual(
      findings?.map(({ code }) => code),
      ['sign-in-expired'],
    );
    assert.ok((await wizards.store.secretOf(connection)) !== undefined, 'A failed check deletes nothing.');
  });

  it('forgets the account with the wizard', async () => {
    const wizard = await openNew();
    await begin(wizard);
    const address = new URL(wizard.opened.at(-1) ?? '').searchParams.get('redirect_uri') ?? '';
    wizard.controller.dispose();
    await until('nobody waits for the browser any more', async () =>
      fetch(address).then(
        () => false,
        () => true,
      ),
    );
  });
});
