import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { SourceConnection } from '../../../../src/connections/sourceConnection.ts';
import type { TargetConnection } from '../../../../src/connections/targetConnection.ts';
import type { JobDefinition } from '../../../../src/migration/jobDefinition.ts';
import { subjectOf } from '../../../../src/migration/jobSubject.ts';
import { JobLabs, JobWizardBench } from '../../support/jobWizardBench.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import type { TestJobWizard } from '../../support/testJobWizard.ts';

describe('The wizard of a migration job', () => {
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

  const addresses = (job: JobDefinition | undefined) => job?.mailboxes.map(({ address }) => address);

  /** Through all steps with the first mailboxes of the tenant. */
  async function fillIn(count = 3): Promise<void> {
    await wizard.next({ name: 'Wave 1' });
    await wizard.chooses('source', source.id);
    await wizard.send({ type: 'addTyped', text: labs.mailboxes.slice(0, count).join('\n') });
    await wizard.next();
    await wizard.chooses('target', target.id);
    await wizard.lookedUp();
    await wizard.goTo('summary');
  }

  it('goes over its steps to a job that is saved just as it was defined', async () => {
    assert.equal(wizard.view.step, 'name');
    await fillIn();
    assert.deepEqual(wizard.view.facts.slice(0, 3), [
      ['Source', 'Contoso'],
      ['Target', 'Headquarters'],
      ['Mailboxes', '3 of 3 have a target.'],
    ]);
    await wizard.finishes();
    const job = wizard.saved;
    assert.ok(job && wizard.closed, JSON.stringify(wizard.view));
    assert.deepEqual((await bench.jobs.list()).definitions, [job]);
    assert.deepEqual([job.name, job.source, job.target], ['Wave 1', source.id, target.id]);
    assert.deepEqual(addresses(job), labs.mailboxes.slice(0, 3));
    assert.deepEqual(
      job.mailboxes.map(({ match }) => match),
      labs.mailboxes.slice(0, 3).map((address) => ({
        state: 'matched',
        target: `${address.split('@')[0] ?? ''}@${labs.server.description.domain}`,
      })),
    );
    assert.equal(job.subject, await subjectOf(job));
    assert.deepEqual(wizard.failures, []);
  });

  it('names the first faulty field of each step, and stays there', async () => {
    await wizard.next({ name: ' ' });
    assert.deepEqual([wizard.view.step, wizard.focus], ['name', 'name']);
    assert.equal(wizard.view.errors.name, 'Enter a name for the job.');
    await wizard.next({ name: 'Wave 1' });
    await wizard.next({ exclude: 'two words' });
    assert.deepEqual([wizard.view.step, wizard.focus], ['source', 'source']);
    assert.deepEqual(Object.keys(wizard.view.errors), ['source', 'mailboxes', 'exclude']);
    await wizard.chooses('source', source.id);
    await wizard.send({ type: 'addTyped', text: labs.mailboxes.join('\n') });
    await wizard.next({ exclude: '' });
    await wizard.next({ byPattern: 'no-target' });
    assert.deepEqual([wizard.view.step, wizard.focus], ['target', 'target']);
    assert.deepEqual(Object.keys(wizard.view.errors), ['target', 'byPattern']);
    await wizard.chooses('byPattern', '');
    await wizard.chooses('target', target.id);
    await wizard.lookedUp();
    await wizard.next();
    await wizard.next({ folders: [], from: '2024-02-31', includeClasses: 'IPM..Note', maximumSize: 'large' });
    assert.deepEqual([wizard.view.step, wizard.focus], ['content', 'folders']);
    assert.deepEqual(Object.keys(wizard.view.errors), ['folders', 'from', 'includeClasses', 'maximumSize']);
    await wizard.next({ folders: ['inbox'], from: '', includeClasses: '', maximumSize: '' });
    await wizard.next({ start: 'at', at: 'tomorrow', limitHours: true, timeZone: 'Nowhere', mailboxesAtOnce: '0' });
    assert.deepEqual([wizard.view.step, wizard.focus], ['schedule', 'at']);
    assert.deepEqual(Object.keys(wizard.view.errors), ['at', 'timeZone', 'hours', 'mailboxesAtOnce']);
  });

  it('judges a field when it is left, and forgets its fault once it is right', async () => {
    await wizard.chooses('name', '');
    assert.equal(wizard.view.errors.name, 'Enter a name for the job.');
    await wizard.chooses('name', 'Wave 1');
    assert.deepEqual(wizard.view.errors, {});
  });

  it('goes back a step at a time, and keeps what was filled in and chosen', async () => {
    await fillIn();
    for (const step of ['schedule', 'content', 'target', 'source', 'name']) {
      await wizard.back(step === 'schedule' ? { itemsPerBatch: '7' } : {});
      assert.equal(wizard.view.step, step);
    }
    await wizard.back();
    assert.equal(wizard.view.step, 'name', 'there is none before');
    const { name, itemsPerBatch } = wizard.form;
    assert.deepEqual([name, itemsPerBatch, wizard.view.chosen.count], ['Wave 1', '7', 3]);
    assert.equal(wizard.view.matches.counts.matched, 3);
  });

  it('takes mailboxes of a file, and says what it cannot take', async () => {
    await wizard.next({ name: 'Wave 1' });
    await wizard.chooses('source', source.id);
    const [first = '', second = ''] = labs.mailboxes;
    const lines = ['Mailbox,Target', `${first},a@new.example`, 'nobody', `${second},`];
    wizard.mailboxFile = { fileName: 'wave.csv', bytes: Buffer.from(lines.join('\n')) };
    await wizard.send({ type: 'chooseFile' });
    assert.equal(wizard.view.file?.fileName, 'wave.csv');
    await wizard.send({ type: 'readFile', source: 0, target: 1 });
    await wizard.send({ type: 'addFile' });
    assert.equal(wizard.view.input?.summary, 'wave.csv: 2 mailboxes added. Not taken, see below: 1.');
    assert.match((await wizard.rows('faults'))[0]?.text ?? '', /nobody/);
    assert.deepEqual(
      (await wizard.rows('chosen')).map(({ address, target: to }) => [address, to]),
      [
        [first, 'a@new.example'],
        [second, ''],
      ],
    );
    wizard.mailboxFile = { fileName: 'empty.csv', bytes: Buffer.from('') };
    await wizard.send({ type: 'chooseFile' });
    assert.ok(wizard.view.errors.file);
  });

  it('takes no address that the tenant does not have, and leaves it to be corrected', async () => {
    await wizard.next({ name: 'Wave 1' });
    await wizard.chooses('source', source.id);
    await wizard.send({ type: 'addTyped', text: `${labs.mailboxes[0] ?? ''}; anna@elsewhere.example` });
    assert.equal(wizard.view.chosen.count, 1);
    assert.deepEqual(
      wizard.posted.filter(({ type }) => type === 'typedTaken'),
      [{ type: 'typedTaken', left: 'anna@elsewhere.example' }],
    );
  });

  it('removes what is chosen, and gives it back', async () => {
    await fillIn();
    await wizard.send({ type: 'removeChosen', row: 1 });
    assert.deepEqual([wizard.view.chosen.count, wizard.view.removed], [2, 1]);
    await wizard.send({ type: 'removeAll' });
    assert.deepEqual([wizard.view.chosen.count, wizard.view.removed], [0, 2]);
    await wizard.send({ type: 'undoRemove' });
    assert.deepEqual([wizard.view.chosen.count, wizard.view.removed], [2, 0]);
    await wizard.finishes();
    assert.deepEqual(addresses(wizard.saved), [labs.mailboxes[0], labs.mailboxes[2]]);
  });

  it('saves the settings of a job under its id, with all that was defined', async () => {
    await fillIn();
    await wizard.send({ type: 'skip', row: 0 });
    await wizard.finishes({ itemsPerBatch: '20', limitHours: true, hours: { ...wizard.form.hours, monday: '20-6' } });
    const job = wizard.saved;
    assert.ok(job, JSON.stringify(wizard.view));
    assert.equal(job.mailboxes[0]?.match?.state, 'excluded');
    wizard = bench.openSettings(job);
    await wizard.send({ type: 'ready' });
    assert.deepEqual(
      [wizard.form.name, wizard.form.hours.monday, wizard.form.hours.tuesday],
      ['Wave 1', '20-24', '0-6'],
    );
    await wizard.goTo('summary');
    await wizard.finishes({ name: 'Wave 2' });
    assert.ok(wizard.saved, JSON.stringify(wizard.view));
    const { name, basedOn, revision, modifiedAt } = wizard.saved;
    assert.deepEqual([name, basedOn], ['Wave 2', job.revision]);
    assert.deepEqual(wizard.saved, { ...job, name, basedOn, revision, modifiedAt });
  });
});
