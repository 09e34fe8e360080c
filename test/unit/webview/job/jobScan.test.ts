import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { until } from '../../support/until.ts';
import { useJobWizard } from '../../support/useJobWizard.ts';

describe('The wizard of a migration job scans', () => {
  const on = useJobWizard();
  beforeEach(() => on.fillIn());

  const isRunning = () => on.bench.scans.isRunning(on.wizard.controller.draft.jobId);

  async function scanned(): Promise<void> {
    await on.wizard.send({ type: 'scan' });
    await until('the scan has ended', () => !['none', 'running'].includes(on.wizard.view.readiness.state), 10_000);
  }

  /** Begins a scan that never ends by itself. */
  async function begin(): Promise<void> {
    on.labs.lab.patch({ faults: [{ service: 'ews', operation: 'FindFolder', kind: 'hang' }] });
    await on.wizard.send({ type: 'scan' });
    await until('it is under way', () => on.wizard.view.readiness.state === 'running');
  }

  it('what is not saved yet, and shows what it has found', async () => {
    assert.equal(on.wizard.view.readiness.state, 'none');
    await scanned();
    const { state, done, total, counts } = on.wizard.view.readiness;
    assert.deepEqual([state, done, total, counts.failed], ['finished', 3, 3, 0]);
    const rows = await on.wizard.rows('scanned');
    assert.deepEqual(rows.map(({ source }) => source).sort(), on.labs.mailboxes.slice(0, 3).toSorted());
    assert.deepEqual((await on.bench.jobs.list()).definitions, []);
    await on.wizard.send({ type: 'filterScanned', state: 'failed' });
    assert.deepEqual([on.wizard.view.readiness.count, await on.wizard.rows('scanned')], [0, []]);
  });

  it('and the scan is that of the job once it is saved', async () => {
    await scanned();
    await on.wizard.finishes();
    const job = on.wizard.saved;
    assert.ok(job, JSON.stringify(on.wizard.view));
    assert.equal((await on.bench.scans.summaryOf(job.id))?.subject, job.subject);
    await on.openSettings(job);
    await on.wizard.goTo('summary');
    assert.equal(on.wizard.view.readiness.state, 'finished');
  });

  it('and says that the scan is outdated after a change, until it is taken back', async () => {
    await scanned();
    await on.wizard.back();
    await on.wizard.back({ maximumSize: '20' });
    await on.wizard.goTo('summary');
    assert.equal(on.wizard.view.readiness.state, 'outdated');
    await on.wizard.back();
    await on.wizard.back();
    await on.wizard.next({ maximumSize: '' });
    await on.wizard.goTo('summary');
    assert.equal(on.wizard.view.readiness.state, 'finished');
  });

  it('and goes back to what is wrong in place of scanning', async () => {
    await on.wizard.send({ type: 'changed', form: { ...on.wizard.form, itemsPerBatch: 'many' } });
    await on.wizard.send({ type: 'scan' });
    assert.deepEqual([on.wizard.view.step, on.wizard.focus, isRunning()], ['schedule', 'itemsPerBatch', false]);
  });

  it('until it is cancelled', async () => {
    await begin();
    await on.wizard.send({ type: 'cancel' });
    await until('it has ended', () => on.wizard.view.readiness.state === 'cancelled');
    assert.equal(on.wizard.view.readiness.done < 3, true);
  });

  it('until it is closed', async () => {
    await begin();
    on.wizard.close();
    await until('it has ended', () => !isRunning());
    assert.deepEqual(on.wizard.failures, []);
  });

  it('and says why that cannot begin', async () => {
    on.bench.vault.secrets.clear();
    await on.wizard.send({ type: 'scan' });
    await until('it is told', () => on.wizard.view.readiness.finding !== undefined);
    assert.match(on.wizard.view.readiness.finding?.code ?? '', /secret/i);
    assert.deepEqual([on.wizard.view.readiness.state, on.wizard.failures], ['none', []]);
  });
});
