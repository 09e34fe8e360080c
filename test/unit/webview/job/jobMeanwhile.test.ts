import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { defineJob, settingsOfJob } from '../../../../src/migration/jobDefinition.ts';
import type { JobDefinition } from '../../../../src/migration/jobDefinition.ts';
import { StoreError } from '../../../../src/connections/storeError.ts';
import type { SourceConnection } from '../../../../src/connections/sourceConnection.ts';
import type { TargetConnection } from '../../../../src/connections/targetConnection.ts';
import { makeGate } from '../../support/gate.ts';
import { JobLabs, JobWizardBench } from '../../support/jobWizardBench.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import type { TestJobWizard } from '../../support/testJobWizard.ts';
import { until } from '../../support/until.ts';

describe('The wizard of a migration job, when something happens meanwhile', () => {
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
  });
  after(() => labs.close());

  async function fillIn(name = 'Wave 1'): Promise<void> {
    await wizard.next({ name });
    await wizard.chooses('source', source.id);
    await wizard.send({ type: 'addTyped', text: labs.mailboxes.slice(0, 2).join('\n') });
    await wizard.next();
    await wizard.chooses('target', target.id);
    await wizard.lookedUp();
    await wizard.goTo('summary');
  }

  async function savedJob(): Promise<JobDefinition> {
    await fillIn();
    await wizard.finishes();
    assert.ok(wizard.saved, JSON.stringify(wizard.view));
    return wizard.saved;
  }

  /** Another window saves the job under another name. */
  function saveElsewhere(job: JobDefinition, name: string): Promise<JobDefinition> {
    return bench.jobs.save({
      ...{ id: job.id, name, basedOn: job.revision },
      define: (parts) => defineJob({ ...settingsOfJob(job), name }, job.subject, parts),
    });
  }

  async function opened(job: JobDefinition): Promise<TestJobWizard> {
    wizard = bench.openSettings(job);
    await wizard.send({ type: 'ready' });
    return wizard;
  }

  it('goes back to the name when another job has taken it', async () => {
    const job = await savedJob();
    wizard = bench.openNew();
    await wizard.send({ type: 'ready' });
    await fillIn('Wave 2');
    await saveElsewhere(job, 'wave 2');
    await wizard.finishes();
    assert.deepEqual([wizard.view.step, wizard.focus, wizard.saved], ['name', 'name', undefined]);
    assert.match(wizard.view.errors.name ?? '', /wave 2|name/i);
    await wizard.next({ name: 'Wave 3' });
    await wizard.goTo('summary');
    await wizard.finishes();
    assert.equal(wizard.saved?.name, 'Wave 3');
  });

  it('goes back to the name when it is taken in the very moment of saving', async () => {
    await fillIn();
    bench.jobs.save = () => Promise.reject(new StoreError('nameTaken'));
    await wizard.finishes();
    assert.deepEqual([wizard.view.step, wizard.focus, wizard.closed], ['name', 'name', false]);
    assert.ok(wizard.view.errors.name);
  });

  it('stays open and says why when the job cannot be written', async () => {
    await fillIn();
    bench.jobs.save = () => Promise.reject(new StoreError('diskFull', { path: folder() }));
    await wizard.finishes();
    assert.deepEqual([wizard.view.step, wizard.view.notice?.severity, wizard.view.busy], ['summary', 'error', false]);
  });

  it('says that the job was changed elsewhere, and replaces that change by Finish', async () => {
    const job = await savedJob();
    await opened(job);
    await saveElsewhere(job, 'Other');
    await wizard.controller.noticeChange();
    assert.match(wizard.view.notice?.text ?? '', /changed elsewhere/);
    await wizard.goTo('summary');
    await wizard.finishes();
    assert.deepEqual(
      (await bench.jobs.list()).definitions.map(({ name }) => name),
      ['Wave 1'],
    );
  });

  it('saves a job again that was deleted elsewhere', async () => {
    const job = await savedJob();
    await opened(job);
    await bench.jobs.delete(job.id);
    await wizard.controller.noticeChange();
    assert.match(wizard.view.notice?.text ?? '', /deleted elsewhere/);
    await wizard.goTo('summary');
    await wizard.finishes();
    assert.equal(wizard.saved?.id, job.id);
  });

  it('goes back to the source when its connection was deleted', async () => {
    await fillIn();
    await bench.sources.delete(source.id);
    await wizard.controller.noticeChange();
    assert.deepEqual(wizard.view.sources, []);
    await wizard.finishes();
    assert.deepEqual([wizard.view.step, wizard.focus, wizard.saved], ['source', 'source', undefined]);
    assert.ok(wizard.view.errors.source);
  });

  it('comes back with the new connection chosen', async () => {
    await wizard.next({ name: 'Wave 1' });
    const [gate, added] = [makeGate(), bench.saveSource({ name: 'Fabrikam' })];
    wizard.addConnection = async () => gate.opened.then(async () => (await added).id);
    await wizard.send({ type: 'addSource' });
    await wizard.send({ type: 'addTyped', text: labs.mailboxes[0] ?? '' });
    assert.equal(wizard.view.chosen.count, 1, 'the wizard goes on meanwhile');
    gate.open();
    await until('it is chosen', () => wizard.form.source !== '');
    await until('the page is told', () => wizard.posted.some(({ type }) => type === 'fill'));
    const { id } = await added;
    assert.deepEqual([wizard.form.source, wizard.reveals], [id, 1]);
    assert.ok(wizard.view.sources.some((choice) => choice.id === id && choice.label === 'Fabrikam'));
    assert.deepEqual(
      wizard.posted.filter(({ type }) => type === 'fill'),
      [{ type: 'fill', form: { source: id } }],
    );
  });

  it('chooses nothing when no connection was added', async () => {
    await wizard.next({ name: 'Wave 1' });
    await wizard.send({ type: 'addSource' });
    await until('it is in front again', () => wizard.reveals === 1);
    assert.equal(wizard.form.source, '');
  });

  it('takes what was typed just before the window was reloaded', async () => {
    await fillIn();
    const { draft, state } = wizard.controller;
    wizard = bench.openNew(draft);
    const form = { ...state.form, name: 'Typed late' };
    await wizard.send({ type: 'ready', restored: { ...state, form, step: 'schedule' } });
    assert.deepEqual([wizard.form.name, wizard.view.step], ['Typed late', 'schedule']);
  });

  it('does nothing more with a connection that is added when it is closed', async () => {
    const gate = makeGate();
    let ended: Promise<void> | undefined;
    wizard.addConnection = () => {
      const adding = gate.opened.then(() => source.id);
      ended = adding.then(() => undefined);
      return adding;
    };
    await wizard.send({ type: 'addSource' });
    wizard.close();
    const { kept } = wizard;
    gate.open();
    await ended;
    await wizard.send({ type: 'filterMatches', state: 'all', text: '' });
    assert.deepEqual([wizard.reveals, wizard.kept, wizard.failures], [0, kept, []]);
  });

  it('keeps no draft of what the page says once the job is saved', async () => {
    await fillIn();
    const finished = wizard.finishes();
    const late = wizard.send({ type: 'changed', form: wizard.form });
    await finished;
    const { kept } = wizard;
    await late;
    assert.ok(wizard.saved);
    assert.equal(wizard.kept, kept);
  });

  it('goes on with a draft, and starts over with nothing of it', async () => {
    await fillIn();
    const { draft } = wizard.controller;
    assert.ok(wizard.kept > 0);
    wizard.close();
    wizard = bench.openNew(draft);
    await wizard.send({ type: 'ready' });
    assert.deepEqual(
      [wizard.view.restored, wizard.view.step, wizard.form.name, wizard.view.chosen.count],
      [true, 'summary', 'Wave 1', 2],
    );
    wizard.mailboxFile = { fileName: 'a.csv', bytes: Buffer.from('a@b.example\n') };
    await wizard.send({ type: 'chooseFile' });
    await wizard.send({ type: 'addTyped', text: 'nonsense' });
    await wizard.send({ type: 'startOver' });
    const { restored, step, chosen, removed, file, input, faults, matches } = wizard.view;
    assert.deepEqual(
      [restored, step, chosen.count, removed, file, input, faults.count],
      [...[false, 'name', 0, 0, undefined, undefined, 0]],
    );
    assert.deepEqual([wizard.form.name, wizard.form.source, matches.total], ['', '', 0]);
  });

  it('ticks what a job has again in the directory when it starts over', async () => {
    await opened(await savedJob());
    await wizard.next();
    await wizard.openDirectory();
    await wizard.send({ type: 'pickShown', picked: false });
    assert.equal(wizard.view.directory.picked, 'none');
    await wizard.send({ type: 'startOver' });
    await wizard.next();
    await wizard.openDirectory();
    const ticked = (await wizard.rows('directory')).filter(({ picked }) => picked).map(({ address }) => address);
    assert.deepEqual(ticked.sort(), [...labs.mailboxes.slice(0, 2)].sort());
  });

  it('says so as well when its page is there again after a reload', async () => {
    const job = await savedJob();
    const { draft } = await opened(job).then(({ controller }) => controller);
    const now = await saveElsewhere(job, 'Other');
    wizard = bench.openSettings(now, draft);
    await wizard.send({ type: 'ready' });
    assert.match(wizard.view.notice?.text ?? '', /changed elsewhere/);
    await wizard.send({ type: 'startOver' });
    assert.deepEqual([wizard.form.name, wizard.view.notice], ['Other', undefined]);
    await wizard.goTo('summary');
    await wizard.finishes();
    assert.equal(wizard.saved?.basedOn, now.revision);
  });
});
