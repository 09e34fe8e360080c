import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { emptyForm } from '../../../src/webview/credentialsForm.ts';
import type { ToPage } from '../../../src/webview/protocol.ts';
import { days, TestKey } from '../support/keyFiles.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';
import { VerificationBench } from '../support/verificationBench.ts';
import { caFile, labForm, noSecrets, WizardBench } from '../support/wizardBench.ts';
import type { TestWizard } from '../support/wizardBench.ts';

describe('The wizard at its edges', () => {
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

  async function atConfiguration(): Promise<TestWizard> {
    const wizard = wizards.openNew();
    await wizard.send({ type: 'ready' });
    wizard.file = await caFile(bench);
    await wizard.send({ type: 'chooseAdditionalCa', form: labForm(bench) });
    await wizard.next(labForm(bench), { clientSecret: bench.app.secret });
    return wizard;
  }

  /** From now on the page is gone: VS Code throws when something is posted to it. */
  function refusePosts(wizard: TestWizard): ToPage[] {
    const late: ToPage[] = [];
    wizard.post = (message) => {
      late.push(message);
      throw new Error('Webview is disposed');
    };
    return late;
  }

  it('posts nothing to a page that is closed while the checks run, and ends their requests', async () => {
    bench.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    const wizard = await atConfiguration();
    await wizard.send({ type: 'configure' });
    const asked = () => bench.lab.requests().filter(({ service }) => service === 'ews');
    await until('EWS is asked by all that ask it first', () => asked().length === 3);
    const late = refusePosts(wizard);
    wizard.controller.dispose();
    await until('its requests end', () => asked().every(({ aborted }) => aborted));
    await wizards.verifier.verify('00000000-0000-4000-8000-000000000000').catch(() => undefined); // A few turns later.
    assert.deepEqual(late, []);
  });

  it('posts nothing to a page that is closed while a message is handled', async () => {
    const wizard = wizards.openNew();
    await wizard.send({ type: 'ready' });
    const handled = wizard.next(emptyForm);
    const late = refusePosts(wizard);
    wizard.controller.dispose();
    await handled;
    assert.deepEqual(late, []);
  });

  it('shows the step before it moves the focus there', async () => {
    const wizard = await atConfiguration();
    await wizard.configure();
    await wizards.store.save({ settings: bench.settings({ name: 'LAB' }) });
    await wizard.send({ type: 'finish' });
    const focus = wizard.posted.findLastIndex((message) => message.type === 'focus');
    const shown = wizard.posted.findIndex(
      (message, index) => index > 0 && message.type === 'view' && message.view.errors.name !== undefined,
    );
    assert.ok(shown >= 0 && shown < focus, `shown at ${shown}, focus at ${focus}`);
  });

  it('never mistakes its own save for a change elsewhere', async () => {
    const connection = await wizards.store.save({
      settings: bench.settings(),
      secret: { method: 'appSecret', clientSecret: bench.app.secret },
    });
    const wizard = wizards.openSettings(connection);
    await wizard.send({ type: 'ready' });
    await wizard.next(labForm(bench, { name: 'Renamed' }));
    const notices: Promise<void>[] = [];
    const subscription = wizards.store.onDidChange(() => notices.push(wizard.controller.noticeChange()));
    notices.push(wizard.controller.noticeChange());
    await wizard.send({ type: 'saveUnverified' });
    await Promise.all(notices);
    subscription.dispose();
    assert.ok(wizard.saved);
    assert.equal(notices.length, 2);
    const told = wizard.posted.flatMap((message) =>
      'view' in message && message.view.notice ? [message.view.notice] : [],
    );
    assert.deepEqual(told, []);
  });

  it('says what is wrong with a certificate as soon as its passphrase has opened it', async () => {
    const expired = new TestKey({ notBefore: days(-20), notAfter: days(-10) });
    const wizard = wizards.openNew();
    await wizard.send({ type: 'ready' });
    const form = labForm(bench, { method: 'appCertificate' });
    wizard.file = { fileName: 'key.pfx', bytes: expired.pfx('open sesame', 'aes256') };
    await wizard.send({ type: 'chooseCertificate', form, secrets: noSecrets });
    assert.deepEqual(wizard.view.errors, {});
    await wizard.send({
      type: 'left',
      field: 'passphrase',
      form,
      secrets: { ...noSecrets, passphrase: 'open sesame' },
    });
    assert.match(wizard.view.errors.certificate ?? '', /expired/);
  });

  for (const type of ['configure', 'saveUnverified'] as const) {
    it(`does not ${type} what is faulty, whatever the page says`, async () => {
      const wizard = wizards.openNew();
      await wizard.send({ type: 'ready' });
      const faulty = labForm(bench, { tenant: 'no tenant', ewsUrl: 'http://mail.example' });
      await wizard.send({ type: 'left', field: 'name', form: faulty, secrets: { ...noSecrets, clientSecret: 'x' } });
      await wizard.send({ type });
      assert.equal(wizard.closed, false);
      assert.equal(wizard.view.step, 'credentials');
      assert.deepEqual(Object.keys(wizard.view.errors).sort(), ['ewsUrl', 'tenant']);
      assert.deepEqual(await wizards.store.list(), { connections: [], unreadable: [] });
      assert.deepEqual(bench.lab.requests(), []);
    });
  }

  it('does not run the checks twice at once', async () => {
    const wizard = await atConfiguration();
    await wizard.send({ type: 'configure' });
    await wizard.configure();
    const discoveries = bench.lab.requests().filter(({ operation }) => operation === 'discovery');
    assert.equal(discoveries.length, 1);
  });

  it('does not offer to finish while the checks run again', async () => {
    const wizard = await atConfiguration();
    await wizard.configure();
    bench.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    await wizard.send({ type: 'configure' });
    await wizard.send({ type: 'finish' });
    await wizard.send({ type: 'saveUnverified' });
    assert.equal(wizard.closed, false);
    await wizard.send({ type: 'back' });
    await until('the run ends', () => wizard.view.run.state === 'cancelled');
  });

  it('keeps nothing of a run that was of other credentials', async () => {
    const wizard = await atConfiguration();
    bench.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    await wizard.send({ type: 'configure' });
    await wizard.send({ type: 'back' });
    await wizard.next(labForm(bench, { testMailbox: bench.emptyMailbox }), { clientSecret: bench.app.secret });
    assert.equal(wizard.view.run.state, 'notStarted');
    bench.lab.reset();
    await wizard.configure();
    assert.equal(wizard.view.run.state, 'passed');
    await wizard.send({ type: 'finish' });
    assert.ok(wizard.saved);
    assert.match(
      (await wizards.records.read(wizard.saved.id))?.checks.find(({ id }) => id === 'export')?.detail ?? '',
      /empty/,
    );
  });
});
