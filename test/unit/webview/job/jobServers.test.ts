import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { grantGraph } from '../../lab/support/grantGraph.ts';
import { until } from '../../support/until.ts';
import { useJobWizard } from '../../support/useJobWizard.ts';

describe('The wizard of a migration job asks its servers', () => {
  const on = useJobWizard();
  beforeEach(() => on.wizard.next({ name: 'Wave 1' }));

  const localPart = (address: string) => address.split('@')[0] ?? '';
  const onPremises = (address: string) => `${localPart(address)}@${on.labs.server.description.domain}`;

  describe('for the directory of the source', () => {
    beforeEach(() => on.wizard.chooses('source', on.source.id));

    it('and shows its mailboxes with their sizes, to be chosen', async () => {
      await on.wizard.openDirectory();
      await until('sizes are known', async () => (await on.wizard.rows('directory')).some(({ size }) => size !== ''));
      const rows = await on.wizard.rows('directory');
      assert.deepEqual(rows.map(({ address }) => address).sort(), [...on.labs.mailboxes].sort());
      await on.wizard.send({ type: 'pick', row: rows[0]?.row ?? -1, picked: true });
      assert.deepEqual(
        (await on.wizard.rows('chosen')).map(({ address }) => address),
        [rows[0]?.address],
      );
      await on.wizard.send({ type: 'pickShown', picked: true });
      assert.deepEqual(
        [on.wizard.view.chosen.count, on.wizard.view.directory.picked],
        [on.labs.mailboxes.length, 'all'],
      );
      await on.wizard.send({ type: 'removeChosen', row: 0 });
      assert.equal((await on.wizard.rows('directory'))[0]?.picked, false);
    });

    it('but not before a source is chosen', async () => {
      await on.wizard.chooses('source', '');
      await on.wizard.send({ type: 'openDirectory' });
      assert.deepEqual([on.wizard.view.directory.state, on.wizard.focus], ['closed', 'source']);
      assert.ok(on.wizard.view.errors.source);
    });

    it('and closes it when another source is chosen', async () => {
      const other = await on.bench.saveSource({ name: 'Fabrikam' });
      await on.wizard.controller.noticeChange();
      await on.wizard.openDirectory();
      await on.wizard.chooses('source', other.id);
      assert.deepEqual([on.wizard.view.directory.state, on.wizard.view.directory.total], ['closed', 0]);
    });

    it('and says which permission it lacks', async () => {
      on.labs.lab.reset();
      await on.wizard.openDirectory();
      assert.equal(on.wizard.view.directory.state, 'failed');
      assert.match(JSON.stringify(on.wizard.view.directory.finding), /User\.Read\.All/);
    });

    it('and says why there are no sizes', async () => {
      on.labs.lab.reset();
      const { signIn } = on.source;
      await grantGraph(on.labs.lab, signIn.clientId, ['User.Read.All']);
      await on.wizard.openDirectory();
      await until('it is told', () => on.wizard.view.directory.note !== '');
      assert.match(on.wizard.view.directory.note ?? '', /Reports\.Read\.All/);
    });

    it('and says that it has no time for it', async () => {
      on.labs.lab.patch({ graph: { fail: [{ operation: 'users', status: 429, retryAfterSeconds: 0 }] } });
      await on.wizard.openDirectory();
      assert.equal(on.wizard.view.directory.state, 'failed');
      assert.match(JSON.stringify(on.wizard.view.directory.finding), /HTTP 429/);
    });

    it('until it is stopped', async () => {
      on.labs.lab.patch({ faults: [{ service: 'graph', kind: 'hang' }] });
      await on.wizard.send({ type: 'openDirectory' });
      await until('it is asked', () => on.labs.lab.requests().some(({ operation }) => operation === 'users'));
      await on.wizard.send({ type: 'stopDirectory' });
      await until('it has stopped', () => on.wizard.view.directory.state === 'stopped');
      on.labs.lab.patch({ faults: [] });
      await on.wizard.openDirectory();
      assert.equal(on.wizard.view.directory.total, on.labs.mailboxes.length);
    });

    it('and says that its secret is missing', async () => {
      on.bench.vault.secrets.clear();
      await on.wizard.openDirectory();
      assert.equal(on.wizard.view.directory.state, 'failed');
      assert.match(on.wizard.view.directory.finding?.code ?? '', /secret/i);
    });
  });

  describe('for the mailboxes of the target', () => {
    beforeEach(async () => {
      await on.wizard.chooses('source', on.source.id);
      await on.wizard.send({ type: 'addTyped', text: on.labs.mailboxes.join('\n') });
      await on.wizard.next();
    });

    it('and matches what it has', async () => {
      await on.wizard.chooses('target', on.target.id);
      await on.wizard.lookedUp();
      const { lookUp, counts, uncertain } = on.wizard.view.matches;
      assert.deepEqual(
        [lookUp, uncertain, counts.matched, counts.missing],
        ['done', 0, on.labs.mailboxes.length - 1, 1],
      );
      await on.wizard.send({ type: 'filterMatches', state: 'missing', text: '' });
      assert.deepEqual(
        (await on.wizard.rows('matches')).map(({ address }) => address),
        [on.labs.mailboxes.at(-1)],
      );
    });

    it('and lets a person decide, and take that back', async () => {
      await on.wizard.chooses('target', on.target.id);
      await on.wizard.lookedUp();
      const row = on.labs.mailboxes.length - 1;
      await on.wizard.send({ type: 'decide', row, target: 'no address' });
      assert.match(on.wizard.view.errors.matches ?? '', /no address/);
      const free = on.labs.server.description.accounts.filter(({ mailbox }) => mailbox).at(-1)?.email ?? '';
      await on.wizard.send({ type: 'decide', row, target: ` ${free} ` });
      await on.wizard.lookedUp();
      assert.deepEqual(on.wizard.view.errors, {});
      const now = (await on.wizard.rows('matches')).find((each) => each.row === row);
      assert.deepEqual([now?.state, now?.target, now?.byHand], ['matched', free, true]);
      await on.wizard.send({ type: 'decide', row, target: 'nobody@elsewhere.example' });
      await on.wizard.lookedUp();
      await until('it is matched', () => on.wizard.view.matches.counts.missing === 1);
      await on.wizard.send({ type: 'undecide', row });
      assert.equal(on.wizard.view.matches.counts.missing, 1);
      await on.wizard.send({ type: 'skip', row });
      assert.equal(on.wizard.view.matches.counts.excluded, 1);
    });

    it('and says that two would go to one mailbox', async () => {
      await on.wizard.chooses('target', on.target.id);
      await on.wizard.lookedUp();
      const [first = ''] = on.labs.mailboxes;
      await on.wizard.send({ type: 'decide', row: 1, target: onPremises(first) });
      await on.wizard.lookedUp();
      assert.deepEqual(
        (await on.wizard.rows('matches')).slice(0, 2).map(({ state }) => state),
        ['duplicate', 'duplicate'],
      );
    });

    it('and says why it cannot be reached; it can be asked again', async () => {
      on.labs.server.patch({ faults: [{ service: 'ews', kind: 'reset' }] });
      await on.wizard.chooses('target', on.target.id);
      await on.wizard.lookedUp();
      assert.equal(on.wizard.view.matches.lookUp, 'failed');
      assert.ok(on.wizard.view.matches.finding);
      on.labs.server.patch({ faults: [] });
      await on.wizard.send({ type: 'lookUp' });
      await on.wizard.lookedUp();
      assert.deepEqual([on.wizard.view.matches.lookUp, on.wizard.view.matches.finding], ['done', undefined]);
    });

    it('and says that its connection was deleted', async () => {
      await on.bench.targets.delete(on.target.id);
      await on.wizard.chooses('target', on.target.id);
      await on.wizard.lookedUp();
      assert.equal(on.wizard.view.matches.lookUp, 'failed');
      assert.deepEqual(on.wizard.failures, []);
    });

    it('until it is cancelled', async () => {
      on.labs.server.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
      await on.wizard.chooses('target', on.target.id);
      await until('it is asked', () => on.wizard.view.matches.lookUp === 'running');
      await on.wizard.send({ type: 'cancel' });
      await on.wizard.lookedUp();
      assert.equal(on.wizard.view.matches.lookUp, 'stopped');
    });

    it('and matches by the rules as they are changed', async () => {
      await on.wizard.chooses('target', on.target.id);
      await on.wizard.lookedUp();
      await on.wizard.send({
        type: 'left',
        field: 'bySameLocalPart',
        form: { ...on.wizard.form, bySameLocalPart: false },
      });
      await on.wizard.lookedUp();
      await until('they are matched', () => on.wizard.view.matches.counts.matched === 0);
      await on.wizard.back({ exclude: `${localPart(on.labs.mailboxes[0] ?? '')}@*`, bySameLocalPart: true });
      await on.wizard.next();
      await on.wizard.lookedUp();
      await until('they are matched', () => on.wizard.view.matches.counts.matched > 0);
      assert.equal(on.wizard.view.matches.counts.excluded, 1);
    });
  });
});
