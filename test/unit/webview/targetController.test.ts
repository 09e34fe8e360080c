import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { TargetConnection } from '../../../src/connections/targetConnection.ts';
import type { TargetForm } from '../../../src/webview/targetProtocol.ts';
import { makeGate } from '../support/gate.ts';
import { TargetBench } from '../support/targetBench.ts';
import { TargetWizardBench } from '../support/targetWizardBench.ts';
import type { TestTargetWizard } from '../support/targetWizardBench.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';

describe('The wizard of a target connection', () => {
  const folder = useTemporaryFolder();
  let bench: TargetBench;
  let wizards: TargetWizardBench;
  let wizard: TestTargetWizard;
  let form: TargetForm;
  before(async () => {
    bench = await TargetBench.open();
    form = {
      name: 'Headquarters',
      server: bench.server.description.ews,
      method: 'ntlm',
      userName: bench.account.logon,
      testMailbox: bench.mailbox,
    };
  });
  beforeEach(async () => {
    bench.server.reset();
    wizards = new TargetWizardBench(folder(), bench);
    wizard = wizards.openNew();
    await ready(wizard);
  });
  after(() => bench.close());

  async function ready(opened: TestTargetWizard): Promise<void> {
    opened.file = { fileName: 'ca.pem', bytes: Buffer.from(bench.ca) };
    await opened.send({ type: 'ready' });
    await opened.send({ type: 'chooseAdditionalCa', form });
  }

  /** Through both steps that are filled in. */
  async function fillIn(changes: Partial<TargetForm> = {}, password = bench.account.password): Promise<void> {
    await wizard.next({ ...form, ...changes }, password);
    await wizard.next({ ...form, ...changes }, password);
  }

  async function saved(): Promise<TargetConnection> {
    await fillIn();
    await wizard.configure();
    await wizard.send({ type: 'finish' });
    assert.ok(wizard.saved, JSON.stringify(wizard.view));
    return wizard.saved;
  }

  it('goes over its steps to a connection with its password and its verification', async () => {
    assert.equal(wizard.view.step, 'server');
    await wizard.next(form);
    assert.equal(wizard.view.step, 'credentials');
    await wizard.next(form, bench.account.password);
    assert.equal(wizard.view.step, 'configuration');
    assert.equal(wizard.view.run.checks.length, 9);
    await wizard.configure();
    assert.equal(wizard.view.run.state, 'passedWithWarnings', 'the lab’s certificate ends soon');
    await wizard.send({ type: 'copyReport' });
    assert.deepEqual(wizard.copied, ['Headquarters: warning']);
    await wizard.send({ type: 'finish' });
    const connection = wizard.saved;
    assert.ok(connection && wizard.closed);
    assert.deepEqual(connection.server, { ews: bench.server.description.ews, from: 'typed' });
    assert.deepEqual(await wizards.store.secretOf(connection), { method: 'ntlm', password: bench.account.password });
    assert.equal((await wizards.records.read(connection.id))?.outcome, 'warning');
    assert.equal(JSON.stringify(wizard.posted).includes(bench.account.password), false);
  });

  it('names the first faulty field of each step, and stays there', async () => {
    await wizard.next({ ...form, name: '', server: 'http://mail.contoso.com' });
    assert.deepEqual([wizard.view.step, wizard.focus], ['server', 'name']);
    assert.equal(wizard.view.errors.server, 'The address must begin with https://');
    await wizard.next({ ...form, server: 'mail contoso' });
    assert.equal(wizard.focus, 'server');
    await wizard.next(form);
    await wizard.next({ ...form, userName: 'migration', testMailbox: '' });
    assert.deepEqual([wizard.view.step, wizard.focus], ['credentials', 'userName']);
    assert.deepEqual(Object.keys(wizard.view.errors), ['userName', 'password', 'testMailbox']);
  });

  it('proposes a name from the server', async () => {
    await wizard.send({ type: 'left', field: 'server', form: { ...form, name: '' }, secrets: { password: '' } });
    assert.deepEqual(
      wizard.posted.filter(({ type }) => type === 'fill'),
      [{ type: 'fill', form: { name: 'localhost' } }],
    );
  });

  it('goes back a step at a time, and keeps what was filled in', async () => {
    await fillIn();
    await wizard.send({ type: 'back' });
    assert.equal(wizard.view.step, 'credentials');
    await wizard.send({ type: 'back' });
    assert.equal(wizard.view.step, 'server');
    assert.deepEqual(wizard.controller.state.form, form);
  });

  it('says what is wrong, and can be saved without verification', async () => {
    await fillIn({}, 'wrong');
    await wizard.configure();
    assert.equal(wizard.view.run.state, 'failed');
    await wizard.send({ type: 'finish' });
    assert.equal(wizard.closed, false, 'Finish is not there after a failure');
    await wizard.send({ type: 'saveUnverified' });
    assert.ok(wizard.saved);
    assert.equal((await wizards.records.read(wizard.saved.id))?.outcome, 'failed');
  });

  it('keeps the stored password when settings are changed, also by another method', async () => {
    const connection = await saved();
    wizard = wizards.openSettings(connection);
    await wizard.send({ type: 'ready' });
    assert.equal(wizard.view.stored, true);
    await fillIn({ name: 'Renamed', method: 'basic' }, '');
    await wizard.configure();
    assert.equal(wizard.view.run.state, 'passedWithWarnings');
    await wizard.send({ type: 'finish' });
    assert.ok(wizard.saved);
    assert.deepEqual(await wizards.store.secretOf(wizard.saved), { method: 'basic', password: bench.account.password });
    assert.deepEqual(wizard.saved.server, connection.server, 'how the address came about stays known');
  });

  it('sends the user back to a name that was taken meanwhile', async () => {
    await fillIn();
    await wizard.configure();
    const other = wizards.openNew();
    await wizards.store.save({
      settings: {
        name: 'headquarters',
        server: { ews: 'https://mail.contoso.com/EWS/Exchange.asmx', from: 'typed' },
        signIn: { method: 'ntlm', userName: 'CONTOSO\\a' },
        testMailbox: 'a@contoso.com',
      },
    });
    await wizard.send({ type: 'finish' });
    assert.deepEqual([wizard.view.step, wizard.focus], ['server', 'name']);
    assert.equal(wizard.view.errors.name, 'Another connection has this name.');
    other.close();
  });

  it('says that the connection was changed elsewhere', async () => {
    const connection = await saved();
    wizard = wizards.openSettings(connection);
    await wizard.send({ type: 'ready' });
    const { name, server, signIn, testMailbox } = connection;
    await wizards.store.save({
      settings: { name: `${name} 2`, server, signIn, testMailbox },
      id: connection.id,
      basedOn: connection.revision,
    });
    await wizard.controller.noticeChange();
    assert.match(wizard.view.notice?.text ?? '', /^This connection was changed elsewhere/);
  });

  describe('with an e-mail address in place of a server', () => {
    const mailbox = 'user@contoso-lab.example';

    it('has the server found with the credentials, and goes on with it', async () => {
      wizard.find = async ({ mayGoTo, ...search }) => {
        assert.equal(search.mailbox, mailbox);
        assert.equal(search.secret.password, bench.account.password);
        assert.equal(await mayGoTo('mail.hoster.example'), true);
        return { ews: bench.server.description.ews };
      };
      await fillIn({ server: mailbox });
      assert.deepEqual(wizard.asked, ['Send the password to mail.hoster.example?']);
      assert.equal(wizard.view.step, 'configuration');
      await wizard.configure();
      await wizard.send({ type: 'finish' });
      assert.deepEqual(wizard.saved?.server, { ews: bench.server.description.ews, from: 'autodiscover' });
    });

    it('says why it was not found, and stays at the credentials', async () => {
      const finding = { code: 'autodiscover-nobody', severity: 'error' as const, title: 'Nobody', explanation: '' };
      wizard.find = () => Promise.resolve({ finding: { ...finding, remedies: [] } });
      await fillIn({ server: mailbox });
      assert.equal(wizard.view.step, 'credentials');
      assert.equal(wizard.view.finding?.code, 'autodiscover-nobody');
      assert.equal(wizard.view.looking, false);
    });

    it('shows the search, which can be cancelled, and begins again', async () => {
      const begun = makeGate();
      wizard.find = ({ signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve({ cancelled: true }));
          begun.open();
        });
      await wizard.next({ ...form, server: mailbox });
      const next = wizard.next({ ...form, server: mailbox }, bench.account.password);
      await begun.opened;
      await until('the search is shown', () => wizard.view.looking);
      await wizard.send({ type: 'cancel' });
      await next;
      assert.deepEqual([wizard.view.step, wizard.view.looking], ['credentials', false]);
      assert.equal(wizard.view.finding, undefined);
      wizard.find = () => Promise.resolve({ ews: bench.server.description.ews });
      await wizard.next({ ...form, server: mailbox }, bench.account.password);
      assert.equal(wizard.view.step, 'configuration');
    });
  });
});
