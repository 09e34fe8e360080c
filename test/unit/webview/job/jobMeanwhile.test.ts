import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { defineJob, settingsOfJob } from '../../../../src/migration/jobDefinition.ts';
import type { JobDefinition } from '../../../../src/migration/jobDefinition.ts';
import { StoreError } from '../../../../src/connections/storeError.ts';
import { makeGate } from '../../support/gate.ts';
import { until } from '../../support/until.ts';
import { useJobWizard } from '../../support/useJobWizard.ts';

describe('The wizard of a migration job, when something happens meanwhile', () => {
  const on = useJobWizard();

  async function savedJob(): Promise<JobDefinition> {
    await on.fillIn({ count: 2 });
    await on.wizard.finishes();
    assert.ok(on.wizard.saved, JSON.stringify(on.wizard.view));
    return on.wizard.saved;
  }

  /** Another window saves the job under another name. */
  function saveElsewhere(job: JobDefinition, name: string): Promise<JobDefinition> {
    return on.bench.jobs.save({
      ...{ id: job.id, name, basedOn: job.revision },
      define: (parts) => defineJob({ ...settingsOfJob(job), name }, job.subject, parts),
    });
  }

  it('goes back to the name when another job has taken it', async () => {
    const job = await savedJob();
    await on.openNew();
    await on.fillIn({ name: 'Wave 2', count: 2 });
    await saveElsewhere(job, 'wave 2');
    await on.wizard.finishes();
    assert.deepEqual([on.wizard.view.step, on.wizard.focus, on.wizard.saved], ['name', 'name', undefined]);
    assert.match(on.wizard.view.errors.name ?? '', /wave 2|name/i);
    await on.wizard.next({ name: 'Wave 3' });
    await on.wizard.goTo('summary');
    await on.wizard.finishes();
    assert.equal(on.wizard.saved?.name, 'Wave 3');
  });

  it('goes back to the name when it is taken in the very moment of saving', async () => {
    await on.fillIn({ count: 2 });
    on.bench.jobs.save = () => Promise.reject(new StoreError('nameTaken'));
    await on.wizard.finishes();
    assert.deepEqual([on.wizard.view.step, on.wizard.focus, on.wizard.closed], ['name', 'name', false]);
    assert.ok(on.wizard.view.errors.name);
  });

  it('stays open and says why when the job cannot be written', async () => {
    await on.fillIn({ count: 2 });
    on.bench.jobs.save = () => Promise.reject(new StoreError('diskFull', { path: on.folder }));
    await on.wizard.finishes();
    assert.deepEqual(
      [on.wizard.view.step, on.wizard.view.notice?.severity, on.wizard.view.busy],
      ['summary', 'error', false],
    );
  });

  it('says that the job was changed elsewhere, and replaces that change by Finish', async () => {
    const job = await savedJob();
    await on.openSettings(job);
    await saveElsewhere(job, 'Other');
    await on.wizard.controller.noticeChange();
    assert.match(on.wizard.view.notice?.text ?? '', /changed elsewhere/);
    await on.wizard.goTo('summary');
    await on.wizard.finishes();
    assert.deepEqual(
      (await on.bench.jobs.list()).definitions.map(({ name }) => name),
      ['Wave 1'],
    );
  });

  it('saves a job again that was deleted elsewhere', async () => {
    const job = await savedJob();
    await on.openSettings(job);
    await on.bench.jobs.delete(job.id);
    await on.wizard.controller.noticeChange();
    assert.match(on.wizard.view.notice?.text ?? '', /deleted elsewhere/);
    await on.wizard.goTo('summary');
    await on.wizard.finishes();
    assert.equal(on.wizard.saved?.id, job.id);
  });

  it('goes back to the source when its connection was deleted', async () => {
    await on.fillIn({ count: 2 });
    await on.bench.sources.delete(on.source.id);
    await on.wizard.controller.noticeChange();
    assert.deepEqual(on.wizard.view.sources, []);
    await on.wizard.finishes();
    assert.deepEqual([on.wizard.view.step, on.wizard.focus, on.wizard.saved], ['source', 'source', undefined]);
    assert.ok(on.wizard.view.errors.source);
  });

  it('comes back with the new connection chosen', async () => {
    await on.wizard.next({ name: 'Wave 1' });
    const [gate, added] = [makeGate(), on.bench.saveSource({ name: 'Fabrikam' })];
    on.wizard.addConnection = async () => gate.opened.then(async () => (await added).id);
    await on.wizard.send({ type: 'addSource' });
    await on.wizard.send({ type: 'addTyped', text: on.labs.mailboxes[0] ?? '' });
    assert.equal(on.wizard.view.chosen.count, 1, 'the wizard goes on meanwhile');
    gate.open();
    await until('it is chosen', () => on.wizard.form.source !== '');
    await until('the page is told', () => on.wizard.posted.some(({ type }) => type === 'fill'));
    const { id } = await added;
    assert.deepEqual([on.wizard.form.source, on.wizard.reveals], [id, 1]);
    assert.ok(on.wizard.view.sources.some((choice) => choice.id === id && choice.label === 'Fabrikam'));
    assert.deepEqual(
      on.wizard.posted.filter(({ type }) => type === 'fill'),
      [{ type: 'fill', form: { source: id } }],
    );
  });

  it('chooses nothing when no connection was added', async () => {
    await on.wizard.next({ name: 'Wave 1' });
    await on.wizard.send({ type: 'addSource' });
    await until('it is in front again', () => on.wizard.reveals === 1);
    assert.equal(on.wizard.form.source, '');
  });

  it('takes what was typed just before the window was reloaded', async () => {
    await on.fillIn({ count: 2 });
    const { draft, state } = on.wizard.controller;
    const form = { ...state.form, name: 'Typed late' };
    await on.openNew(draft, { ...state, form, step: 'schedule' });
    assert.deepEqual([on.wizard.form.name, on.wizard.view.step], ['Typed late', 'schedule']);
  });

  it('does nothing more with a connection that is added when it is closed', async () => {
    const gate = makeGate();
    let ended: Promise<void> | undefined;
    on.wizard.addConnection = () => {
      const adding = gate.opened.then(() => on.source.id);
      ended = adding.then(() => undefined);
      return adding;
    };
    await on.wizard.send({ type: 'addSource' });
    on.wizard.close();
    const { kept } = on.wizard;
    gate.open();
    await ended;
    await on.wizard.send({ type: 'filterMatches', state: 'all', text: '' });
    assert.deepEqual([on.wizard.reveals, on.wizard.kept, on.wizard.failures], [0, kept, []]);
  });

  it('keeps no draft of what the page says once the job is saved', async () => {
    await on.fillIn({ count: 2 });
    const finished = on.wizard.finishes();
    const late = on.wizard.send({ type: 'changed', form: on.wizard.form });
    await finished;
    const { kept } = on.wizard;
    await late;
    assert.ok(on.wizard.saved);
    assert.equal(on.wizard.kept, kept);
  });

  it('goes on with a draft, and starts over with nothing of it', async () => {
    await on.fillIn({ count: 2 });
    const { draft } = on.wizard.controller;
    assert.ok(on.wizard.kept > 0);
    on.wizard.close();
    await on.openNew(draft);
    assert.deepEqual(
      [on.wizard.view.restored, on.wizard.view.step, on.wizard.form.name, on.wizard.view.chosen.count],
      [true, 'summary', 'Wave 1', 2],
    );
    on.wizard.mailboxFile = { fileName: 'a.csv', bytes: Buffer.from('a@b.example\n') };
    await on.wizard.send({ type: 'chooseFile' });
    await on.wizard.send({ type: 'addTyped', text: 'nonsense' });
    await on.wizard.send({ type: 'startOver' });
    const { restored, step, chosen, removed, file, input, faults, matches } = on.wizard.view;
    assert.deepEqual(
      [restored, step, chosen.count, removed, file, input, faults.count],
      [...[false, 'name', 0, 0, undefined, undefined, 0]],
    );
    assert.deepEqual([on.wizard.form.name, on.wizard.form.source, matches.total], ['', '', 0]);
  });

  it('ticks what a job has again in the directory when it starts over', async () => {
    await on.openSettings(await savedJob());
    await on.wizard.next();
    await on.wizard.openDirectory();
    await on.wizard.send({ type: 'pickShown', picked: false });
    assert.equal(on.wizard.view.directory.picked, 'none');
    await on.wizard.send({ type: 'startOver' });
    await on.wizard.next();
    await on.wizard.openDirectory();
    const ticked = (await on.wizard.rows('directory')).filter(({ picked }) => picked).map(({ address }) => address);
    assert.deepEqual(ticked.sort(), [...on.labs.mailboxes.slice(0, 2)].sort());
  });

  it('says so as well when its page is there again after a reload', async () => {
    const job = await savedJob();
    const { draft } = await on.openSettings(job).then(({ controller }) => controller);
    const now = await saveElsewhere(job, 'Other');
    await on.openSettings(now, draft);
    assert.match(on.wizard.view.notice?.text ?? '', /changed elsewhere/);
    await on.wizard.send({ type: 'startOver' });
    assert.deepEqual([on.wizard.form.name, on.wizard.view.notice], ['Other', undefined]);
    await on.wizard.goTo('summary');
    await on.wizard.finishes();
    assert.equal(on.wizard.saved?.basedOn, now.revision);
  });
});
