import assert from 'node:assert/strict';
import { readdir, writeFile, rm, mkdir } from 'node:fs/promises';
import { until } from '../support/until.ts';
import { cloudsOffered } from '../support/remedies.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { VerificationBench } from '../support/verificationBench.ts';
import { caFile, labForm, noSecrets, WizardBench } from '../support/wizardBench.ts';
import type { TestWizard } from '../support/wizardBench.ts';
import type { SourceConnection } from '../../../src/connections/sourceConnection.ts';
import { settingsOf } from '../../../src/connections/sourceConnection.ts';
import { TestKey } from '../support/keyFiles.ts';
import type { FieldErrors } from '../../../src/webview/protocol.ts';
import { emptyForm } from '../../../src/webview/credentialsForm.ts';

/** Functions, since the view changes between two looks at it, which a narrowed property would hide. */
const noticeOf = (wizard: TestWizard): string => wizard.view.notice?.text ?? '';
const errorsOf = (wizard: TestWizard): FieldErrors => wizard.view.errors;

describe('The wizard', () => {
  const folder = useTemporaryFolder();
  let bench: VerificationBench;
  let wizards: WizardBench;
  before(async () => {
    bench = await VerificationBench.open();
  });
  beforeEach(() => {
    bench.lab.reset();
    wizards = new WizardBench(folder(), bench);
  });
  after(() => bench.close());

  /** A new wizard at its second step, with everything right unless told otherwise. */
  async function atConfiguration(clientSecret = bench.app.secret): Promise<TestWizard> {
    const wizard = wizards.openNew();
    await wizard.send({ type: 'ready' });
    wizard.file = await caFile(bench);
    await wizard.send({ type: 'chooseAdditionalCa', form: labForm(bench) });
    await wizard.next(labForm(bench), { clientSecret });
    assert.equal(wizard.view.step, 'configuration', JSON.stringify(wizard.view.errors));
    return wizard;
  }

  async function savedConnection(): Promise<SourceConnection> {
    const wizard = await atConfiguration();
    await wizard.configure();
    await wizard.send({ type: 'finish' });
    assert.ok(wizard.saved);
    return wizard.saved;
  }

  it('goes from the credentials over the checks to a saved, verified connection', async () => {
    const wizard = await atConfiguration();
    assert.equal(wizard.view.run.state, 'notStarted');
    assert.equal(wizard.view.run.checks.length, 12);
    await wizard.configure();
    assert.equal(wizard.view.run.state, 'passed');
    await wizard.send({ type: 'finish' });
    assert.ok(wizard.closed && wizard.saved);
    const secret = await wizards.store.secretOf(wizard.saved);
    assert.deepEqual(secret, { method: 'appSecret', clientSecret: bench.app.secret });
    assert.equal((await wizards.records.read(wizard.saved.id))?.outcome, 'passed');
  });

  it('shows every fault on Next and puts the focus into the first', async () => {
    const wizard = wizards.openNew();
    await wizard.send({ type: 'ready' });
    await wizard.next({ ...emptyForm, method: 'password' });
    assert.equal(wizard.view.step, 'credentials');
    assert.deepEqual(Object.keys(wizard.view.errors).sort(), [
      'clientId',
      'name',
      'password',
      'tenant',
      'testMailbox',
      'userName',
    ]);
    assert.equal(wizard.focus, 'name');
  });

  it('is silent while typing and judges a field when it is left', async () => {
    const wizard = wizards.openNew();
    await wizard.send({ type: 'ready' });
    const form = { ...emptyForm, tenant: 'not a tenant' };
    await wizard.send({ type: 'changed', form, advancedOpen: false });
    assert.deepEqual(wizard.view.errors, {});
    await wizard.send({ type: 'left', field: 'tenant', form, secrets: noSecrets });
    assert.deepEqual(Object.keys(wizard.view.errors), ['tenant']);
    const mended = { ...form, tenant: 'contoso.com' };
    await wizard.send({ type: 'left', field: 'tenant', form: mended, secrets: noSecrets });
    assert.deepEqual(wizard.view.errors, {});
    assert.deepEqual(
      wizard.posted.filter(({ type }) => type === 'fill'),
      [{ type: 'fill', form: { name: 'Contoso' } }],
    );
  });

  it('names what failed, keeps all input, and passes when it has been put right', async () => {
    const wizard = await atConfiguration('wrong');
    await wizard.configure();
    assert.equal(wizard.view.run.state, 'failed');
    await wizard.send({ type: 'finish' });
    assert.equal(wizard.closed, false, 'Finish is not there after a failure');
    await wizard.send({ type: 'back' });
    assert.equal(wizard.view.step, 'credentials');
    await wizard.next(labForm(bench), { clientSecret: bench.app.secret });
    assert.equal(wizard.view.run.state, 'notStarted', 'other credentials, nothing known of them');
    await wizard.configure();
    assert.equal(wizard.view.run.state, 'passed');
  });

  it('changes the cloud and runs again where a finding says which is the tenant’s', async () => {
    const wizard = wizards.openNew();
    wizard.file = await caFile(bench);
    await wizard.send({ type: 'ready' });
    await wizard.send({ type: 'chooseAdditionalCa', form: labForm(bench) });
    const { ews, authority } = bench.lab.description;
    const form = labForm(bench, { cloud: 'worldwide', ewsUrl: new URL(ews).origin, authorityUrl: authority });
    bench.lab.patch({ entra: { cloud: 'gccHigh' } });
    await wizard.next(form, { clientSecret: bench.app.secret });
    await wizard.configure();
    const [finding] = wizard.view.run.checks[0]?.findings ?? [];
    assert.equal(finding?.code, 'other-cloud');
    assert.deepEqual(cloudsOffered(finding), ['gccHigh']);
    await wizard.send({ type: 'act', action: { kind: 'chooseCloud', cloud: 'gccHigh' } });
    await until('the new run ends', () => wizard.view.run.state === 'passed');
    assert.equal(wizard.controller.state.form.cloud, 'gccHigh');
    assert.deepEqual(
      wizard.posted.filter(({ type }) => type === 'choose'),
      [{ type: 'choose', form: { cloud: 'gccHigh' } }],
    );
    assert.equal(wizard.view.run.checks[0]?.outcome, 'passed');
  });

  it('runs again by itself in an hour when it is told to, says so, and hands it on when it is saved', async () => {
    const wizard = await atConfiguration();
    bench.lab.patch({ ews: { enabled: false } });
    await wizard.configure();
    await wizard.send({ type: 'act', action: { kind: 'checkAgain' } });
    const inAnHour = (wizard.view.run.againAt ?? 0) - Date.now();
    assert.ok(inAnHour > 3_590_000 && inAnHour <= 3_600_000, String(inAnHour));
    bench.lab.patch({ ews: { enabled: true } });
    wizard.planned?.();
    await until('the checks have run again', () => wizard.notices.length > 0, 15_000);
    assert.deepEqual(wizard.notices, ['Lab, checked again: All 12 checks passed.']);
    assert.equal(wizard.view.run.againAt, undefined);

    await wizard.send({ type: 'act', action: { kind: 'checkAgain' } });
    await wizard.send({ type: 'saveUnverified' });
    assert.ok(wizard.saved && wizard.againAt !== undefined);
    assert.equal(wizard.planned, undefined, 'the wizard itself does nothing any more');
  });

  it('keeps the results when Back and Next change nothing but the name', async () => {
    const wizard = await atConfiguration();
    await wizard.configure();
    await wizard.send({ type: 'back' });
    await wizard.next(labForm(bench, { name: 'Another name' }), { clientSecret: bench.app.secret });
    assert.equal(wizard.view.run.state, 'passed');
  });

  it('saves without verification, so that no work is lost', async () => {
    const wizard = await atConfiguration('wrong');
    await wizard.configure();
    await wizard.send({ type: 'saveUnverified' });
    assert.ok(wizard.saved);
    assert.equal((await wizards.records.read(wizard.saved.id))?.outcome, 'failed');
  });

  it('cancels a run', async () => {
    bench.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    const wizard = await atConfiguration();
    await wizard.send({ type: 'configure' });
    await until('EWS is asked', () => bench.lab.requests().some(({ service }) => service === 'ews'));
    await wizard.send({ type: 'cancel' });
    await until('the run ends', () => wizard.view.run.state === 'cancelled');
    await until('its requests end', () =>
      bench.lab
        .requests()
        .filter(({ service }) => service === 'ews')
        .every(({ aborted }) => aborted),
    );
  });

  for (const [what, reason, breakIt] of [
    ['the key store refuses', /key store refused/, () => Promise.resolve(void wizards.vault.refuses.add('set'))],
    [
      'the folder cannot be written',
      /Nothing was changed/,
      async () => {
        await rm(wizards.folder, { recursive: true, force: true });
        await writeFile(wizards.folder, 'a file in its place');
      },
    ],
  ] as const) {
    it(`saves neither definition nor secret when ${what}, says so, and stays`, async () => {
      const wizard = await atConfiguration();
      await wizard.configure();
      await breakIt();
      await wizard.send({ type: 'finish' });
      assert.equal(wizard.closed, false);
      assert.equal(wizard.view.notice?.severity, 'error');
      assert.match(wizard.view.notice.text, reason);
      assert.equal(wizard.view.busy, false);
      assert.equal(wizards.vault.secrets.size, 0);
      wizards.vault.refuses.clear();
      await rm(wizards.folder, { recursive: true, force: true });
      await mkdir(wizards.folder);
      await wizard.send({ type: 'finish' });
      assert.ok(wizard.saved, 'trying again works');
      assert.deepEqual(await readdir(wizards.folder), [`${wizard.saved.id}.json`]);
    });
  }

  it('goes back to the name when another window has taken it meanwhile', async () => {
    const wizard = await atConfiguration();
    await wizard.configure();
    await wizards.store.save({ settings: bench.settings({ name: 'lab ' }) });
    await wizard.send({ type: 'finish' });
    assert.equal(wizard.closed, false);
    assert.equal(wizard.view.step, 'credentials');
    assert.ok(wizard.view.errors.name);
    assert.equal(wizard.focus, 'name');
  });

  it('edits with the stored secret, which the page never sees', async () => {
    const connection = await savedConnection();
    const wizard = wizards.openSettings(connection);
    await wizard.send({ type: 'ready' });
    assert.deepEqual(wizard.view.stored, { clientSecret: true, password: false, certificate: false, account: false });
    await wizard.next(labForm(bench, { testMailbox: bench.emptyMailbox }));
    await wizard.configure();
    await wizard.send({ type: 'finish' });
    assert.equal(wizard.saved?.id, connection.id);
    assert.equal(wizard.saved.testMailbox, bench.emptyMailbox);
    assert.deepEqual(await wizards.store.secretOf(wizard.saved), await wizards.store.secretOf(connection));
    assert.ok(!JSON.stringify(wizard.posted).includes(bench.app.secret));
  });

  it('asks for the secret of another sign-in method', async () => {
    const wizard = wizards.openSettings(await savedConnection());
    await wizard.send({ type: 'ready' });
    await wizard.next(labForm(bench, { method: 'password', userName: bench.administrator.email }));
    assert.deepEqual(Object.keys(wizard.view.errors), ['password']);
  });

  it('says that secrets are lost after a reload, and asks for them before it configures', async () => {
    const wizard = wizards.openNew({ step: 'configuration', form: labForm(bench) }, true);
    await wizard.send({ type: 'ready' });
    assert.equal(wizard.view.step, 'configuration');
    assert.match(noticeOf(wizard), /secret again/);
    await wizard.send({ type: 'configure' });
    assert.equal(wizard.view.step, 'credentials');
    assert.equal(wizard.focus, 'clientSecret');
  });

  it('puts the focus on the secret when the settings lack it', async () => {
    const connection = await wizards.store.save({ settings: bench.settings() });
    const wizard = wizards.openSettings(connection);
    await wizard.send({ type: 'ready' });
    assert.equal(wizard.focus, 'clientSecret');
  });

  it('opens with a sentence when the key store is locked', async () => {
    const connection = await savedConnection();
    wizards.vault.refuses.add('get');
    const wizard = wizards.openSettings(connection);
    await wizard.send({ type: 'ready' });
    assert.match(noticeOf(wizard), /key store refused/);
  });

  it('opens a certificate, asks for its passphrase, and says why it cannot be used', async () => {
    const key = new TestKey();
    const wizard = wizards.openNew();
    await wizard.send({ type: 'ready' });
    const form = labForm(bench, { method: 'appCertificate' });
    wizard.file = { fileName: 'key.pfx', bytes: key.pfx('open sesame', 'aes256') };
    await wizard.send({ type: 'chooseCertificate', form, secrets: noSecrets });
    assert.equal(wizard.view.certificate?.needsPassphrase, true);
    assert.deepEqual(wizard.view.errors, {}, 'that it needs a passphrase is no fault');
    await wizard.next(form, { passphrase: 'wrong' });
    assert.deepEqual(wizard.view.errors, { passphrase: 'The passphrase is wrong.' });
    await wizard.next(form, { passphrase: 'open sesame' });
    assert.equal(wizard.view.step, 'configuration');
    assert.match(wizard.view.certificate.summary, /CN=Migration, valid until .*, thumbprint [0-9A-F]{16}…/);
    wizard.file = { fileName: 'cert.cer', bytes: key.cer };
    await wizard.send({ type: 'back' });
    await wizard.send({ type: 'chooseCertificate', form, secrets: noSecrets });
    assert.match(errorsOf(wizard).certificate ?? '', /no private key/);
  });

  it('says when the connection was changed or deleted elsewhere', async () => {
    const connection = await savedConnection();
    const wizard = wizards.openSettings(connection);
    await wizard.send({ type: 'ready' });
    await wizard.controller.noticeChange();
    assert.equal(noticeOf(wizard), '', 'nothing has changed');
    await wizards.store.save({
      settings: { ...settingsOf(connection), name: 'Renamed' },
      id: connection.id,
      basedOn: connection.revision,
    });
    await wizard.controller.noticeChange();
    assert.match(noticeOf(wizard), /changed elsewhere/);
    await wizards.store.delete(connection.id);
    await wizard.controller.noticeChange();
    assert.match(noticeOf(wizard), /deleted elsewhere/);
  });

  it('copies a report, and never posts or keeps a secret', async () => {
    const wizard = await atConfiguration('recognisable-secret-value');
    await wizard.configure();
    await wizard.send({ type: 'copyReport' });
    assert.match(wizard.copied[0] ?? '', /wrong-secret/);
    const told = JSON.stringify([wizard.posted, wizard.copied, wizard.controller.state]);
    assert.ok(!told.includes('recognisable-secret-value'));
  });
});
