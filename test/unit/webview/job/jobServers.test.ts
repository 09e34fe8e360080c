import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { SourceConnection } from '../../../../src/connections/sourceConnection.ts';
import type { TargetConnection } from '../../../../src/connections/targetConnection.ts';
import { grantGraph } from '../../lab/support/grantGraph.ts';
import { JobLabs, JobWizardBench } from '../../support/jobWizardBench.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import type { TestJobWizard } from '../../support/testJobWizard.ts';
import { until } from '../../support/until.ts';

describe('The wizard of a migration job asks its servers', () => {
  const folder = useTemporaryFolder();
  let labs: JobLabs;
  let bench: JobWizardBench;
  let wizard: TestJobWizard;
  let source: SourceConnection;
  let target: TargetConnection;
  before(async () => {
    labs = await JobLabs.start();
  });
  beforeEach(async () => {
    await labs.reset();
    bench = new JobWizardBench(folder(), labs);
    [source, target] = await Promise.all([bench.saveSource(), bench.saveTarget()]);
    wizard = bench.openNew();
    await wizard.send({ type: 'ready' });
    await wizard.next({ name: 'Wave 1' });
  });
  after(() => labs.close());

  const localPart = (address: string) => address.split('@')[0] ?? '';
  const onPremises = (address: string) => `${localPart(address)}@${labs.server.description.domain}`;

  describe('for the directory of the source', () => {
    beforeEach(() => wizard.chooses('source', source.id));

    it('and shows its mailboxes with their sizes, to be chosen', async () => {
      await wizard.openDirectory();
      await until('sizes are known', async () => (await wizard.rows('directory')).some(({ size }) => size !== ''));
      const rows = await wizard.rows('directory');
      assert.deepEqual(rows.map(({ address }) => address).sort(), [...labs.mailboxes].sort());
      await wizard.send({ type: 'pick', row: rows[0]?.row ?? -1, picked: true });
      assert.deepEqual(
        (await wizard.rows('chosen')).map(({ address }) => address),
        [rows[0]?.address],
      );
      await wizard.send({ type: 'pickShown', picked: true });
      assert.deepEqual([wizard.view.chosen.count, wizard.view.directory.picked], [labs.mailboxes.length, 'all']);
      await wizard.send({ type: 'removeChosen', row: 0 });
      assert.equal((await wizard.rows('directory'))[0]?.picked, false);
    });

    it('but not before a source is chosen', async () => {
      await wizard.chooses('source', '');
      await wizard.send({ type: 'openDirectory' });
      assert.deepEqual([wizard.view.directory.state, wizard.focus], ['closed', 'source']);
      assert.ok(wizard.view.errors.source);
    });

    it('and closes it when another source is chosen', async () => {
      const other = await bench.saveSource({ name: 'Fabrikam' });
      await wizard.controller.noticeChange();
      await wizard.openDirectory();
      await wizard.chooses('source', other.id);
      assert.deepEqual([wizard.view.directory.state, wizard.view.directory.total], ['closed', 0]);
    });

    it('and says which permission it lacks', async () => {
      labs.lab.reset();
      await wizard.openDirectory();
      assert.equal(wizard.view.directory.state, 'failed');
      assert.match(JSON.stringify(wizard.view.directory.finding), /User\.Read\.All/);
    });

    it('and says why there are no sizes', async () => {
      labs.lab.reset();
      const { signIn } = source;
      await grantGraph(labs.lab, signIn.clientId, ['User.Read.All']);
      await wizard.openDirectory();
      await until('it is told', () => wizard.view.directory.note !== '');
      assert.match(wizard.view.directory.note ?? '', /Reports\.Read\.All/);
    });

    it('and says that it has no time for it', async () => {
      labs.lab.patch({ graph: { fail: [{ operation: 'users', status: 429, retryAfterSeconds: 0 }] } });
      await wizard.openDirectory();
      assert.equal(wizard.view.directory.state, 'failed');
      assert.match(JSON.stringify(wizard.view.directory.finding), /HTTP 429/);
    });

    it('until it is stopped', async () => {
      labs.lab.patch({ faults: [{ service: 'graph', kind: 'hang' }] });
      await wizard.send({ type: 'openDirectory' });
      await until('it is asked', () => labs.lab.requests().some(({ operation }) => operation === 'users'));
      await wizard.send({ type: 'stopDirectory' });
      await until('it has stopped', () => wizard.view.directory.state === 'stopped');
      labs.lab.patch({ faults: [] });
      await wizard.openDirectory();
      assert.equal(wizard.view.directory.total, labs.mailboxes.length);
    });

    it('and says that its secret is missing', async () => {
      bench.vault.secrets.clear();
      await wizard.openDirectory();
      assert.equal(wizard.view.directory.state, 'failed');
      assert.match(wizard.view.directory.finding?.code ?? '', /secret/i);
    });
  });

  describe('for the mailboxes of the target', () => {
    beforeEach(async () => {
      await wizard.chooses('source', source.id);
      await wizard.send({ type: 'addTyped', text: labs.mailboxes.join('\n') });
      await wizard.next();
    });

    it('and matches what it has', async () => {
      await wizard.chooses('target', target.id);
      await wizard.lookedUp();
      const { lookUp, counts, uncertain } = wizard.view.matches;
      assert.deepEqual([lookUp, uncertain, counts.matched, counts.missing], ['done', 0, labs.mailboxes.length - 1, 1]);
      await wizard.send({ type: 'filterMatches', state: 'missing', text: '' });
      assert.deepEqual(
        (await wizard.rows('matches')).map(({ address }) => address),
        [labs.mailboxes.at(-1)],
      );
    });

    it('and lets a person decide, and take that back', async () => {
      await wizard.chooses('target', target.id);
      await wizard.lookedUp();
      const row = labs.mailboxes.length - 1;
      await wizard.send({ type: 'decide', row, target: 'no address' });
      assert.match(wizard.view.errors.matches ?? '', /no address/);
      const free = labs.server.description.accounts.filter(({ mailbox }) => mailbox).at(-1)?.email ?? '';
      await wizard.send({ type: 'decide', row, target: ` ${free} ` });
      await wizard.lookedUp();
      assert.deepEqual(wizard.view.errors, {});
      const now = (await wizard.rows('matches')).find((each) => each.row === row);
      assert.deepEqual([now?.state, now?.target, now?.byHand], ['matched', free, true]);
      await wizard.send({ type: 'decide', row, target: 'nobody@elsewhere.example' });
      await wizard.lookedUp();
      await until('it is matched', () => wizard.view.matches.counts.missing === 1);
      await wizard.send({ type: 'undecide', row });
      assert.equal(wizard.view.matches.counts.missing, 1);
      await wizard.send({ type: 'skip', row });
      assert.equal(wizard.view.matches.counts.excluded, 1);
    });

    it('and says that two would go to one mailbox', async () => {
      await wizard.chooses('target', target.id);
      await wizard.lookedUp();
      const [first = ''] = labs.mailboxes;
      await wizard.send({ type: 'decide', row: 1, target: onPremises(first) });
      await wizard.lookedUp();
      assert.deepEqual(
        (await wizard.rows('matches')).slice(0, 2).map(({ state }) => state),
        ['duplicate', 'duplicate'],
      );
    });

    it('and says why it cannot be reached; it can be asked again', async () => {
      labs.server.patch({ faults: [{ service: 'ews', kind: 'reset' }] });
      await wizard.chooses('target', target.id);
      await wizard.lookedUp();
      assert.equal(wizard.view.matches.lookUp, 'failed');
      assert.ok(wizard.view.matches.finding);
      labs.server.patch({ faults: [] });
      await wizard.send({ type: 'lookUp' });
      await wizard.lookedUp();
      assert.deepEqual([wizard.view.matches.lookUp, wizard.view.matches.finding], ['done', undefined]);
    });

    it('and says that its connection was deleted', async () => {
      await bench.targets.delete(target.id);
      await wizard.chooses('target', target.id);
      await wizard.lookedUp();
      assert.equal(wizard.view.matches.lookUp, 'failed');
      assert.deepEqual(wizard.failures, []);
    });

    it('until it is cancelled', async () => {
      labs.server.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
      await wizard.chooses('target', target.id);
      await until('it is asked', () => wizard.view.matches.lookUp === 'running');
      await wizard.send({ type: 'cancel' });
      await wizard.lookedUp();
      assert.equal(wizard.view.matches.lookUp, 'stopped');
    });

    it('and matches by the rules as they are changed', async () => {
      await wizard.chooses('target', target.id);
      await wizard.lookedUp();
      await wizard.send({ type: 'left', field: 'bySameLocalPart', form: { ...wizard.form, bySameLocalPart: false } });
      await wizard.lookedUp();
      await until('they are matched', () => wizard.view.matches.counts.matched === 0);
      await wizard.back({ exclude: `${localPart(labs.mailboxes[0] ?? '')}@*`, bySameLocalPart: true });
      await wizard.next();
      await wizard.lookedUp();
      await until('they are matched', () => wizard.view.matches.counts.matched > 0);
      assert.equal(wizard.view.matches.counts.excluded, 1);
    });
  });
});
