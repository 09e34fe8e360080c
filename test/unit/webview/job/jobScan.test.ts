import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { JobLabs, JobWizardBench } from '../../support/jobWizardBench.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import type { TestJobWizard } from '../../support/testJobWizard.ts';
import { until } from '../../support/until.ts';

describe('The wizard of a migration job scans', () => {
  const folder = useTemporaryFolder();
  let labs: JobLabs;
  let bench: JobWizardBench;
  let wizard: TestJobWizard;
  before(async () => {
    labs = await JobLabs.start();
  });
  beforeEach(async () => {
    await labs.reset();
    bench = new JobWizardBench(folder(), labs);
    const [source, target] = await Promise.all([bench.saveSource(), bench.saveTarget()]);
    wizard = bench.openNew();
    await wizard.send({ type: 'ready' });
    await wizard.next({ name: 'Wave 1' });
    await wizard.chooses('source', source.id);
    await wizard.send({ type: 'addTyped', text: labs.mailboxes.slice(0, 3).join('\n') });
    await wizard.next();
    await wizard.chooses('target', target.id);
    await wizard.lookedUp();
    await wizard.goTo('summary');
  });
  after(() => labs.close());

  const isRunning = () => bench.scans.isRunning(wizard.controller.draft.jobId);

  async function scanned(): Promise<void> {
    await wizard.send({ type: 'scan' });
    await until('the scan has ended', () => !['none', 'running'].includes(wizard.view.readiness.state), 10_000);
  }

  /** Begins a scan that never ends by itself. */
  async function begin(): Promise<void> {
    labs.lab.patch({ faults: [{ service: 'ews', operation: 'FindFolder', kind: 'hang' }] });
    await wizard.send({ type: 'scan' });
    await until('it is under way', () => wizard.view.readiness.state === 'running');
  }

  it('what is not saved yet, and shows what it has found', async () => {
    assert.equal(wizard.view.readiness.state, 'none');
    await scanned();
    const { state, done, total, counts } = wizard.view.readiness;
    assert.deepEqual([state, done, total, counts.failed], ['finished', 3, 3, 0]);
    const rows = await wizard.rows('scanned');
    assert.deepEqual(rows.map(({ source }) => source).sort(), labs.mailboxes.slice(0, 3).toSorted());
    assert.deepEqual((await bench.jobs.list()).definitions, []);
    await wizard.send({ type: 'filterScanned', state: 'failed' });
    assert.deepEqual([wizard.view.readiness.count, await wizard.rows('scanned')], [0, []]);
  });

  it('and the scan is that of the job once it is saved', async () => {
    await scanned();
    await wizard.finishes();
    const job = wizard.saved;
    assert.ok(job, JSON.stringify(wizard.view));
    assert.equal((await bench.scans.summaryOf(job.id))?.subject, job.subject);
    wizard = bench.openSettings(job);
    await wizard.send({ type: 'ready' });
    await wizard.goTo('summary');
    assert.equal(wizard.view.readiness.state, 'finished');
  });

  it('and says that the scan is outdated after a change, until it is taken back', async () => {
    await scanned();
    await wizard.back();
    await wizard.back({ maximumSize: '20' });
    await wizard.goTo('summary');
    assert.equal(wizard.view.readiness.state, 'outdated');
    await wizard.back();
    await wizard.back();
    await wizard.next({ maximumSize: '' });
    await wizard.goTo('summary');
    assert.equal(wizard.view.readiness.state, 'finished');
  });

  it('and goes back to what is wrong in place of scanning', async () => {
    await wizard.send({ type: 'changed', form: { ...wizard.form, itemsPerBatch: 'many' } });
    await wizard.send({ type: 'scan' });
    assert.deepEqual([wizard.view.step, wizard.focus, isRunning()], ['schedule', 'itemsPerBatch', false]);
  });

  it('until it is cancelled', async () => {
    await begin();
    await wizard.send({ type: 'cancel' });
    await until('it has ended', () => wizard.view.readiness.state === 'cancelled');
    assert.equal(wizard.view.readiness.done < 3, true);
  });

  it('until it is closed', async () => {
    await begin();
    wizard.close();
    await until('it has ended', () => !isRunning());
    assert.deepEqual(wizard.failures, []);
  });

  it('and says why that cannot begin', async () => {
    bench.vault.secrets.clear();
    await wizard.send({ type: 'scan' });
    await until('it is told', () => wizard.view.readiness.finding !== undefined);
    assert.match(wizard.view.readiness.finding?.code ?? '', /secret/i);
    assert.deepEqual([wizard.view.readiness.state, wizard.failures], ['none', []]);
  });
});
