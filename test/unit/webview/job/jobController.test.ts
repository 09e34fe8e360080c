import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { JobDefinition } from '../../../../src/migration/jobDefinition.ts';
import { subjectOf } from '../../../../src/migration/jobSubject.ts';
import { useJobWizard } from '../../support/useJobWizard.ts';

describe('The wizard of a migration job', () => {
  const on = useJobWizard();

  const addresses = (job: JobDefinition | undefined) => job?.mailboxes.map(({ address }) => address);

  it('goes over its steps to a job that is saved just as it was defined', async () => {
    assert.equal(on.wizard.view.step, 'name');
    await on.fillIn();
    assert.deepEqual(on.wizard.view.facts.slice(0, 3), [
      ['Source', 'Contoso'],
      ['Target', 'Headquarters'],
      ['Mailboxes', '3 of 3 have a target.'],
    ]);
    await on.wizard.finishes();
    const job = on.wizard.saved;
    assert.ok(job && on.wizard.closed, JSON.stringify(on.wizard.view));
    assert.deepEqual((await on.bench.jobs.list()).definitions, [job]);
    assert.deepEqual([job.name, job.source, job.target], ['Wave 1', on.source.id, on.target.id]);
    assert.deepEqual(addresses(job), on.labs.mailboxes.slice(0, 3));
    assert.deepEqual(
      job.mailboxes.map(({ match }) => match),
      on.labs.mailboxes.slice(0, 3).map((address) => ({
        state: 'matched',
        target: `${address.split('@')[0] ?? ''}@${on.labs.server.description.domain}`,
      })),
    );
    assert.equal(job.subject, await subjectOf(job));
    assert.deepEqual(on.wizard.failures, []);
  });

  it('names the first faulty field of each step, and stays there', async () => {
    await on.wizard.next({ name: ' ' });
    assert.deepEqual([on.wizard.view.step, on.wizard.focus], ['name', 'name']);
    assert.equal(on.wizard.view.errors.name, 'Enter a name for the job.');
    await on.wizard.next({ name: 'Wave 1' });
    await on.wizard.next({ exclude: 'two words' });
    assert.deepEqual([on.wizard.view.step, on.wizard.focus], ['source', 'source']);
    assert.deepEqual(Object.keys(on.wizard.view.errors), ['source', 'mailboxes', 'exclude']);
    await on.wizard.chooses('source', on.source.id);
    await on.wizard.send({ type: 'addTyped', text: on.labs.mailboxes.join('\n') });
    await on.wizard.next({ exclude: '' });
    await on.wizard.next({ byPattern: 'no-target' });
    assert.deepEqual([on.wizard.view.step, on.wizard.focus], ['target', 'target']);
    assert.deepEqual(Object.keys(on.wizard.view.errors), ['target', 'byPattern']);
    await on.wizard.chooses('byPattern', '');
    await on.wizard.chooses('target', on.target.id);
    await on.wizard.lookedUp();
    await on.wizard.next();
    await on.wizard.next({ folders: [], from: '2024-02-31', includeClasses: 'IPM..Note', maximumSize: 'large' });
    assert.deepEqual([on.wizard.view.step, on.wizard.focus], ['content', 'folders']);
    assert.deepEqual(Object.keys(on.wizard.view.errors), ['folders', 'from', 'includeClasses', 'maximumSize']);
    await on.wizard.next({ folders: ['inbox'], from: '', includeClasses: '', maximumSize: '' });
    await on.wizard.next({ start: 'at', at: 'tomorrow', limitHours: true, timeZone: 'Nowhere', mailboxesAtOnce: '0' });
    assert.deepEqual([on.wizard.view.step, on.wizard.focus], ['schedule', 'at']);
    assert.deepEqual(Object.keys(on.wizard.view.errors), ['at', 'timeZone', 'hours', 'mailboxesAtOnce']);
  });

  it('judges a field when it is left, and forgets its fault once it is right', async () => {
    await on.wizard.chooses('name', '');
    assert.equal(on.wizard.view.errors.name, 'Enter a name for the job.');
    await on.wizard.chooses('name', 'Wave 1');
    assert.deepEqual(on.wizard.view.errors, {});
  });

  it('goes back a step at a time, and keeps what was filled in and chosen', async () => {
    await on.fillIn();
    for (const step of ['schedule', 'content', 'target', 'source', 'name']) {
      await on.wizard.back(step === 'schedule' ? { itemsPerBatch: '7' } : {});
      assert.equal(on.wizard.view.step, step);
    }
    await on.wizard.back();
    assert.equal(on.wizard.view.step, 'name', 'there is none before');
    const { name, itemsPerBatch } = on.wizard.form;
    assert.deepEqual([name, itemsPerBatch, on.wizard.view.chosen.count], ['Wave 1', '7', 3]);
    assert.equal(on.wizard.view.matches.counts.matched, 3);
  });

  it('takes mailboxes of a file, and says what it cannot take', async () => {
    await on.wizard.next({ name: 'Wave 1' });
    await on.wizard.chooses('source', on.source.id);
    const [first = '', second = ''] = on.labs.mailboxes;
    const lines = ['Mailbox,Target', `${first},a@new.example`, 'nobody', `${second},`];
    on.wizard.mailboxFile = { fileName: 'wave.csv', bytes: Buffer.from(lines.join('\n')) };
    await on.wizard.send({ type: 'chooseFile' });
    assert.equal(on.wizard.view.file?.fileName, 'wave.csv');
    await on.wizard.send({ type: 'readFile', source: 0, target: 1 });
    await on.wizard.send({ type: 'addFile' });
    assert.equal(on.wizard.view.input?.summary, 'wave.csv: 2 mailboxes added. Not taken, see below: 1.');
    assert.match((await on.wizard.rows('faults'))[0]?.text ?? '', /nobody/);
    assert.deepEqual(
      (await on.wizard.rows('chosen')).map(({ address, target: to }) => [address, to]),
      [
        [first, 'a@new.example'],
        [second, ''],
      ],
    );
    on.wizard.mailboxFile = { fileName: 'empty.csv', bytes: Buffer.from('') };
    await on.wizard.send({ type: 'chooseFile' });
    assert.ok(on.wizard.view.errors.file);
  });

  it('takes no address that the tenant does not have, and leaves it to be corrected', async () => {
    await on.wizard.next({ name: 'Wave 1' });
    await on.wizard.chooses('source', on.source.id);
    await on.wizard.send({ type: 'addTyped', text: `${on.labs.mailboxes[0] ?? ''}; anna@elsewhere.example` });
    assert.equal(on.wizard.view.chosen.count, 1);
    assert.deepEqual(
      on.wizard.posted.filter(({ type }) => type === 'typedTaken'),
      [{ type: 'typedTaken', left: 'anna@elsewhere.example' }],
    );
  });

  it('removes what is chosen, and gives it back', async () => {
    await on.fillIn();
    await on.wizard.send({ type: 'removeChosen', row: 1 });
    assert.deepEqual([on.wizard.view.chosen.count, on.wizard.view.removed], [2, 1]);
    await on.wizard.send({ type: 'removeAll' });
    assert.deepEqual([on.wizard.view.chosen.count, on.wizard.view.removed], [0, 2]);
    await on.wizard.send({ type: 'undoRemove' });
    assert.deepEqual([on.wizard.view.chosen.count, on.wizard.view.removed], [2, 0]);
    await on.wizard.finishes();
    assert.deepEqual(addresses(on.wizard.saved), [on.labs.mailboxes[0], on.labs.mailboxes[2]]);
  });

  it('saves the settings of a job under its id, with all that was defined', async () => {
    await on.fillIn();
    await on.wizard.send({ type: 'skip', row: 0 });
    await on.wizard.finishes({
      itemsPerBatch: '20',
      limitHours: true,
      hours: { ...on.wizard.form.hours, monday: '20-6' },
    });
    const job = on.wizard.saved;
    assert.ok(job, JSON.stringify(on.wizard.view));
    assert.equal(job.mailboxes[0]?.match?.state, 'excluded');
    await on.openSettings(job);
    assert.deepEqual(
      [on.wizard.form.name, on.wizard.form.hours.monday, on.wizard.form.hours.tuesday],
      ['Wave 1', '20-24', '0-6'],
    );
    await on.wizard.goTo('summary');
    await on.wizard.finishes({ name: 'Wave 2' });
    assert.ok(on.wizard.saved, JSON.stringify(on.wizard.view));
    const { name, basedOn, revision, modifiedAt } = on.wizard.saved;
    assert.deepEqual([name, basedOn], ['Wave 2', job.revision]);
    assert.deepEqual(on.wizard.saved, { ...job, name, basedOn, revision, modifiedAt });
  });
});
