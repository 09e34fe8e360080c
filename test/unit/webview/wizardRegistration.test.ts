import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { CredentialsForm, Extra, RegistrationView } from '../../../src/webview/protocol.ts';
import type { SignInWalk } from '../lab/support/signInWalk.ts';
import { PersonInBrowser } from '../support/personInBrowser.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';
import { VerificationBench } from '../support/verificationBench.ts';
import { caFile, labForm, noSecrets, WizardBench } from '../support/wizardBench.ts';
import type { TestWizard } from '../support/wizardBench.ts';

/** Who signs in for the first time is asked to consent; the lab remembers it until it is reset. */
const consenting = async (walk: SignInWalk, person: PersonInBrowser): Promise<SignInWalk> => {
  const asked = await walk.signIn(person.administrator);
  return asked.text.includes('Permissions requested') ? asked.click('Accept') : asked;
};

describe('A wizard that registers its app', () => {
  const folder = useTemporaryFolder();
  let bench: VerificationBench;
  let person: PersonInBrowser;
  let wizards: WizardBench;
  let form: CredentialsForm;
  before(async () => {
    bench = await VerificationBench.open();
    person = new PersonInBrowser(bench.lab);
    form = labForm(bench, { method: 'appCertificate', clientId: '' });
  });
  beforeEach(() => {
    bench.lab.reset();
    bench.lab.patch({ entra: { deviceCodeIntervalSeconds: 0.05 } });
    wizards = new WizardBench(folder(), bench);
  });
  after(() => bench.close());

  const viewOf = (wizard: TestWizard): RegistrationView => wizard.view.registration;
  const phaseOf = (wizard: TestWizard): RegistrationView['phase'] => viewOf(wizard).phase;
  const reaches = (wizard: TestWizard, phase: RegistrationView['phase']): Promise<void> =>
    until(`the registration is ${phase}`, () => phaseOf(wizard) === phase, 15_000);
  const creations = (): number =>
    bench.lab.requests().filter(({ operation, status }) => operation === 'createApplication' && status === 201).length;

  async function openNew(attemptId: string = randomUUID()): Promise<TestWizard> {
    const wizard = wizards.openNew({ attemptId });
    wizard.file = await caFile(bench);
    await wizard.send({ type: 'ready' });
    await wizard.send({ type: 'chooseAdditionalCa', form });
    return wizard;
  }

  async function signIn(wizard: TestWizard): Promise<void> {
    const before = wizard.opened.length;
    await wizard.send({ type: 'registrationSignIn', way: 'browser', form, secrets: noSecrets });
    await until('the sign-in page opens', () => wizard.opened.length > before);
    await person.visit(wizard.opened.at(-1) ?? '', (walk) => consenting(walk, person));
    await reaches(wizard, 'planned');
  }

  const register = (wizard: TestWizard, extras: readonly Extra[] = []): Promise<void> =>
    wizard.send({ type: 'register', extras, form });

  async function registered(wizard: TestWizard): Promise<CredentialsForm> {
    await signIn(wizard);
    await register(wizard);
    await reaches(wizard, 'registered');
    const chosen = wizard.posted.findLast(({ type }) => type === 'choose');
    assert.ok(chosen?.type === 'choose' && chosen.form.clientId !== undefined);
    return { ...form, clientId: chosen.form.clientId };
  }

  it('goes from the administrator’s sign-in to a verified connection that signs in as its own app', async () => {
    const wizard = await openNew();
    await signIn(wizard);
    const { plan } = viewOf(wizard);
    assert.equal(plan?.userName, person.administrator.email);
    assert.equal(plan.consent, 'all');
    assert.equal(plan.existing, '');
    assert.ok(plan.organization !== '');
    assert.equal(creations(), 0, 'nothing is created before it was shown');
    await register(wizard);
    await reaches(wizard, 'registered');
    assert.deepEqual(
      viewOf(wizard).steps.map(({ state }) => state),
      ['done', 'done', 'done', 'done', 'done', 'done'],
    );
    const { clientId } = wizard.controller.state.form;
    assert.match(wizard.view.certificate?.summary ?? '', /^CN=Exchange Migration, valid until /);
    await wizard.next({ ...form, clientId });
    assert.equal(wizard.view.step, 'configuration', JSON.stringify(wizard.view.errors));
    await wizard.configure();
    assert.equal(wizard.view.run.state, 'passed', JSON.stringify(wizard.view.run.checks));
    await wizard.send({ type: 'finish' });
    const connection = wizard.saved ?? assert.fail('Nothing was saved.');
    assert.ok(connection.signIn.method === 'appCertificate');
    assert.equal(connection.signIn.clientId, clientId);
    assert.match(connection.signIn.registeredApp ?? '', /^[0-9a-f-]{36}$/);
    assert.equal((await wizards.store.secretOf(connection))?.method, 'appCertificate');
    const definition = JSON.stringify(connection);
    assert.ok(!definition.includes('PRIVATE KEY'));
  });

  it('signs the administrator in with a code too', async () => {
    const wizard = await openNew();
    await wizard.send({ type: 'registrationSignIn', way: 'deviceCode', form, secrets: noSecrets });
    await until('there is a code', () => viewOf(wizard).account.state === 'code');
    const { account } = viewOf(wizard);
    assert.ok(account.state === 'code');
    await person.enterCode(account.verificationUri, account.userCode, (walk) => consenting(walk, person));
    await reaches(wizard, 'planned');
  });

  for (const operation of ['createApplication', 'createServicePrincipal', 'assignAppRole'] as const) {
    it(`says what stands after ${operation} failed, and goes on from there`, async () => {
      const wizard = await openNew();
      await signIn(wizard);
      bench.lab.patch({ graph: { fail: [{ operation, status: 403, times: 1 }] } });
      await register(wizard);
      await reaches(wizard, 'stopped');
      const { finding, exists, steps } = viewOf(wizard);
      const consenting = operation === 'assignAppRole';
      assert.equal(finding?.code, consenting ? 'consent-not-allowed' : 'registration-not-allowed');
      assert.equal(steps.filter(({ state }) => state === 'failed').length, 1);
      assert.equal(exists.length > 0, operation !== 'createApplication', exists.join());
      await register(wizard);
      await reaches(wizard, 'registered');
      assert.equal(creations(), 1);
    });
  }

  it('takes everything back on demand, and empties what it had filled in', async () => {
    const wizard = await openNew();
    await registered(wizard);
    await wizard.send({ type: 'removeRegistered' });
    await until('all is removed', () => viewOf(wizard).removed);
    assert.equal(wizard.controller.state.form.clientId, '');
    assert.equal(wizard.view.certificate, undefined);
    assert.deepEqual(viewOf(wizard).exists, []);
    await signIn(wizard);
    assert.equal(viewOf(wizard).plan?.existing, '');
  });

  it('says that it could not take back what is still there, and does so later', async () => {
    const wizard = await openNew();
    await registered(wizard);
    bench.lab.patch({ graph: { fail: [{ operation: 'deleteApplication', status: 500, times: 1 }] } });
    await wizard.send({ type: 'removeRegistered' });
    await reaches(wizard, 'stopped');
    assert.equal(viewOf(wizard).finding?.code, 'graph-unavailable');
    assert.ok(viewOf(wizard).exists.length > 0);
    await wizard.send({ type: 'removeRegistered' });
    await until('all is removed', () => viewOf(wizard).removed);
  });

  it('forgets the administrator on Next, and asks for the sign-in again before it removes anything', async () => {
    const wizard = await openNew();
    const filled = await registered(wizard);
    await wizard.next(filled);
    await wizard.send({ type: 'back' });
    await wizard.send({ type: 'removeRegistered' });
    await reaches(wizard, 'stopped');
    assert.ok(viewOf(wizard).needsSignIn);
    assert.equal(bench.lab.requests().filter(({ operation }) => operation === 'deleteApplication').length, 0);
    await signIn(wizard);
    assert.equal(viewOf(wizard).plan?.existing, filled.clientId);
    await wizard.send({ type: 'removeRegistered' });
    await until('all is removed', () => viewOf(wizard).removed);
  });

  it('finds after a reload what it had created', async () => {
    const attempt = randomUUID();
    const first = await openNew(attempt);
    await signIn(first);
    bench.lab.patch({ graph: { fail: [{ operation: 'assignAppRole', status: 500, times: 1 }] } });
    await register(first);
    await reaches(first, 'stopped');
    first.controller.dispose();
    const second = await openNew(attempt);
    await signIn(second);
    assert.notEqual(viewOf(second).plan?.existing, '');
    assert.ok(viewOf(second).exists.length > 0, 'it can be taken back');
    await register(second);
    await reaches(second, 'registered');
    assert.equal(creations(), 1);
  });

  it('shares the app of an earlier connection, and leaves it to that one', async () => {
    const first = await openNew();
    const { clientId } = await registered(first);
    const second = await openNew();
    assert.equal((await registered(second)).clientId, clientId);
    assert.equal(creations(), 1);
    await second.next({ ...form, clientId, name: 'Second' });
    await second.configure();
    await second.send({ type: 'finish' });
    const signIn = second.saved?.signIn;
    assert.ok(signIn?.method === 'appCertificate');
    assert.equal(signIn.registeredApp, undefined, 'deleting the second does not offer to remove the app');
    await first.send({ type: 'removeRegistered' });
    assert.equal(first.view.notice?.text, 'The connection “Second” uses this app, so it stays.');
    assert.equal(phaseOf(first), 'registered');
  });

  it('wants another sign-in when the tenant has changed since', async () => {
    const wizard = await openNew();
    await signIn(wizard);
    await wizard.send({ type: 'register', extras: [], form: { ...form, tenant: 'other.example' } });
    assert.equal(phaseOf(wizard), 'idle');
    assert.equal(creations(), 0);
  });

  it('warns who may not consent', async () => {
    bench.lab.patch({ graph: { role: 'applicationAdministrator' } });
    const wizard = await openNew();
    await signIn(wizard);
    assert.equal(viewOf(wizard).plan?.consent, 'allButGraph');
    await register(wizard, ['listMailboxes']);
    await reaches(wizard, 'stopped');
    assert.equal(viewOf(wizard).finding?.code, 'consent-not-allowed');
    await register(wizard, []);
    await reaches(wizard, 'registered');
  });

  it('says that the administrator’s sign-in is over', async () => {
    const wizard = await openNew();
    await signIn(wizard);
    bench.lab.patch({ graph: { fail: [{ operation: 'listApplications', status: 401, times: 1 }] } });
    await register(wizard);
    await reaches(wizard, 'stopped');
    assert.ok(viewOf(wizard).needsSignIn);
    assert.equal(viewOf(wizard).finding?.code, 'administrator-sign-in-expired');
  });

  it('is cancelled at every moment, and begins again', async () => {
    const wizard = await openNew();
    await wizard.send({ type: 'registrationSignIn', way: 'browser', form, secrets: noSecrets });
    await until('the sign-in page opens', () => viewOf(wizard).account.state === 'browser');
    await wizard.send({ type: 'cancelRegistration' });
    await reaches(wizard, 'idle');
    await signIn(wizard);
    await wizard.send({ type: 'cancelRegistration' });
    assert.equal(phaseOf(wizard), 'idle');
    await signIn(wizard);
    bench.lab.patch({ faults: [{ service: 'graph', operation: 'createServicePrincipal', kind: 'hang', times: 1 }] });
    await register(wizard);
    await until('the app is there', () => viewOf(wizard).exists.length > 0);
    const asked = (): boolean => bench.lab.requests().some(({ operation }) => operation === 'createServicePrincipal');
    await until('it hangs', asked);
    await wizard.send({ type: 'cancelRegistration' });
    await reaches(wizard, 'stopped');
    assert.equal(viewOf(wizard).finding, undefined);
    await register(wizard);
    await reaches(wizard, 'registered');
    assert.equal(creations(), 1);
  });

  it('asks for the tenant before anybody signs in', async () => {
    const wizard = await openNew();
    const empty = { ...form, tenant: '' };
    await wizard.send({ type: 'registrationSignIn', way: 'browser', form: empty, secrets: noSecrets });
    assert.equal(wizard.focus, 'tenant');
    assert.equal(phaseOf(wizard), 'idle');
  });

  it('explains a sign-in that was declined', async () => {
    bench.lab.patch({ entra: { consentGranted: false } });
    const wizard = await openNew();
    await wizard.send({ type: 'registrationSignIn', way: 'browser', form, secrets: noSecrets });
    await until('the sign-in page opens', () => wizard.opened.length > 0);
    await person.visit(wizard.opened.at(-1) ?? '', async (walk) =>
      (await walk.signIn(person.administrator)).click('Cancel'),
    );
    await until('the refusal shows', () => viewOf(wizard).account.state === 'failed');
    const { account } = viewOf(wizard);
    assert.ok(account.state === 'failed');
    assert.equal(account.finding.code, 'sign-in-declined');
  });
});
