import assert from 'node:assert/strict';
import path from 'node:path';
import { domains, sourceName, targetName, useJobServers } from './harness/jobServers.ts';
import { JobWizard } from './harness/jobWizard.ts';
import { useStage } from './harness/stage.ts';
import { TargetWizard } from './harness/targetWizard.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

/** What a screen reader says of a job's row. */
const spoken = (name: string, matched: string, status: string): string =>
  `${name}, ${matched} mailboxes have a target, ${status}`;

describe('A migration job', () => {
  const stage = useStage({ lab: { mailboxes: 5 } });
  useJobServers(stage);

  it('is defined over its six steps, scanned and saved', async () => {
    const { workbench } = stage;
    const wizard = await JobWizard.openNew(workbench);
    await wizard.button('Next').click();
    await wizard.error('Enter a name for the job.').waitFor();
    await wizard.field('Job name').fill('Wave 1: first');
    await wizard.button('Next').click();
    await wizard.error('A name cannot contain :').waitFor();
    await wizard.field('Job name').fill('Wave 1');
    await workbench.screenshot('job-1-name');
    await wizard.next('Source mailboxes');
    await wizard.choose('Source server', sourceName);
    await wizard.open('From the directory');
    await wizard.row('Directory', /@/).waitFor();
    await wizard.says('5 mailboxes. Left out: 2 guests and users without an address.');
    await workbench.screenshot('job-2-directory');
    await wizard.tick('Choose all that are shown').check();
    await wizard.says(/^Chosen: 5 mailboxes$/);
    await wizard.field('But not these (optional)').fill('newcomer@*');
    await workbench.screenshot('job-2-source');
    await wizard.next('Target mailboxes');
    await wizard.choose('Target server', targetName);
    await wizard.says('4 of 5 have a target.');
    await wizard.row('Matches', /Excluded.*newcomer/).waitFor();
    await workbench.screenshot('job-3-target');
    await wizard.next('What to migrate');
    await wizard.field('First day').fill('2020-02-30');
    await wizard.button('Next').click();
    await wizard.error('A day has the form 2024-01-31.').waitFor();
    await wizard.field('First day').fill('2020-02-29');
    await wizard.tick('Junk E-mail').uncheck();
    await workbench.screenshot('job-4-content');
    await wizard.next('Schedule and speed');
    await wizard.radio('Only at certain hours').check();
    await wizard.field('Time zone').fill('Europe/Berlin');
    await wizard.field('Monday').fill('20-6');
    await wizard.field('Mailboxes at once').fill('4');
    await workbench.screenshot('job-5-schedule');
    await wizard.next('Summary');
    assert.match(await wizard.fact('Source'), /^Contoso \(contoso-lab\.onmicrosoft\.com\)$/);
    assert.match(await wizard.fact('Target'), /^Headquarters \(localhost:\d+\)$/);
    assert.equal(await wizard.fact('Mailboxes'), '4 of 5 have a target. The others are not migrated.');
    assert.equal(await wizard.fact('Items'), 'from 2020-02-29');
    assert.equal(await wizard.fact('Hours'), 'at certain hours, Europe/Berlin');
    assert.equal(await wizard.fact('Speed'), '4 mailboxes at once, 50 items per batch');
    await wizard.says('Not scanned yet.');
    await wizard.button('Scan').click();
    await wizard.says('All 4 mailboxes are ready.');
    await wizard.says(/^\d+ items, [\d.]+ [KM]B\.$/);
    await wizard.row('Scanned mailboxes', /Ready.*accounting/).waitFor();
    await workbench.screenshot('job-6-summary');
    await wizard.finish();
    await workbench.row(spoken('Wave 1', '4 of 5', 'Ready')).waitFor();
    await workbench.screenshot('job-7-view');
    assert.deepEqual(await workbench.notifications(), []);
  });

  it('has its mailboxes below its row, each with its target', async () => {
    const { workbench } = stage;
    await workbench.expand('Wave 1');
    await workbench.row(`accounting@${domains.source}, to accounting@${domains.target}`).waitFor();
    await workbench.row(`newcomer@${domains.source}, Excluded`).waitFor();
  });

  it('has all that was filled in in its settings, and says that a change outdates its scan', async () => {
    const { workbench } = stage;
    const wizard = await JobWizard.openSettings(workbench, 'Wave 1');
    assert.equal(await wizard.field('Job name').inputValue(), 'Wave 1');
    await wizard.next('Source mailboxes');
    assert.match(await wizard.chosen('Source server'), /^Contoso /);
    await wizard.says(/^Chosen: 5 mailboxes$/);
    assert.equal(await wizard.field('But not these (optional)').inputValue(), 'newcomer@*');
    await wizard.next('Target mailboxes');
    assert.match(await wizard.chosen('Target server'), /^Headquarters /);
    await wizard.says('4 of 5 have a target.');
    await wizard.next('What to migrate');
    assert.equal(await wizard.field('First day').inputValue(), '2020-02-29');
    assert.equal(await wizard.tick('Junk E-mail').isChecked(), false);
    assert.equal(await wizard.tick('Inbox').isChecked(), true);
    await wizard.field('First day').fill('2021-01-01');
    await wizard.next('Schedule and speed');
    assert.equal(await wizard.radio('Only at certain hours').isChecked(), true);
    assert.equal(await wizard.field('Time zone').inputValue(), 'Europe/Berlin');
    assert.equal(await wizard.field('Monday').inputValue(), '20-24');
    assert.equal(await wizard.field('Tuesday').inputValue(), '0-6');
    assert.equal(await wizard.field('Mailboxes at once').inputValue(), '4');
    await wizard.next('Summary');
    await wizard.says('The job has changed since this scan of 4 mailboxes. Scan again.');
    await wizard.finish();
    await workbench.row(spoken('Wave 1', '4 of 5', 'Changed since its scan')).waitFor();
  });

  it('is scanned by its row’s button, which leads to what it found', async () => {
    const { lab, workbench } = stage;
    const large = { moreItems: [{ folder: 'inbox', count: 1, bytes: 80_000_000 }] };
    lab.patch({ mailboxes: { [`accounting@${domains.source}`]: large } });
    await workbench.rowAction('Wave 1,', 'Scan Job');
    await workbench.notification('“Wave 1”').getByRole('button', { name: 'Show Results' }).click();
    const wizard = new JobWizard(workbench);
    await wizard.heading('Summary').waitFor();
    await wizard.says('1 of 4 mailboxes needs attention.');
    await wizard.row('Scanned mailboxes', /accounting/).click();
    await wizard.says('One item is larger than the target takes.');
    await wizard.content.getByText('appcmd.exe').first().waitFor();
    await wizard.says('Too large: 80 MB in Inbox');
    await workbench.screenshot('job-8-finding');
    lab.reset();
    await wizard.button('Scan Again').click();
    await wizard.says('All 4 mailboxes are ready.');
    await wizard.cancel();
    await workbench.row(spoken('Wave 1', '4 of 5', 'Ready')).waitFor();
  });

  it('is duplicated with all but its name, and cannot have a name that is taken', async () => {
    const { workbench } = stage;
    await workbench.contextMenu('Wave 1,', 'Duplicate Job…');
    const wizard = new JobWizard(workbench);
    await wizard.heading('New migration job').waitFor();
    assert.equal(await wizard.field('Job name').inputValue(), 'Wave 1 (2)');
    await wizard.field('Job name').fill('wave 1');
    await wizard.button('Next').click();
    await wizard.error('The job “Wave 1” has this name.').waitFor();
    await wizard.field('Job name').fill('Wave 2');
    await wizard.next('Source mailboxes');
    await wizard.next('Target mailboxes');
    await wizard.toSummary();
    await wizard.says('Not scanned yet.');
    await wizard.finish();
    await workbench.row(spoken('Wave 2', '4 of 5', 'Not scanned')).waitFor();

    await workbench.row('Wave 2,').click();
    await workbench.page.keyboard.press('F2');
    await workbench.quickInput.type('WAVE 1');
    await workbench.quickInput.root.getByText('The job “Wave 1” has this name.').waitFor();
    await workbench.quickInput.answer('Wave 3');
    await workbench.row(spoken('Wave 3', '4 of 5', 'Not scanned')).waitFor();
  });

  it('is deleted when that is confirmed, and comes back from its file with its connections', async () => {
    const { workbench } = stage;
    const file = path.join(workbench.folder, 'Wave 1.json');
    await workbench.contextMenu('Wave 1,', 'Export Job…');
    await workbench.chooseFile(file);
    await workbench.dismiss('“Wave 1” was exported with its connections, without their secrets');
    await workbench.row('Wave 1,').click();
    await workbench.page.keyboard.press('Delete');
    await workbench.page.getByRole('dialog').getByText('Delete the job “Wave 1”?').waitFor();
    await workbench.dialogButton('Cancel').click();
    await workbench.contextMenu('Wave 1,', 'Delete Job…');
    await workbench.dialogButton('Delete').click();
    await workbench.row('Wave 1,').waitFor({ state: 'detached' });

    const connections = await workbench.rows().filter({ hasText: 'Verified' }).count();
    await workbench.runCommand('Exchange Migration: Import Job…');
    await workbench.chooseFile(file);
    await workbench.dismiss('“Wave 1” was imported.');
    await workbench.row(spoken('Wave 1', '4 of 5', 'Not scanned')).waitFor();
    assert.equal(await workbench.rows().filter({ hasText: 'Verified' }).count(), connections, 'none came twice');
  });

  it('keeps its connections from being deleted, and asks before they lead elsewhere', async () => {
    const { workbench } = stage;
    await workbench.contextMenu(sourceName, 'Delete…');
    await workbench.dismiss('“Contoso” is used by these jobs, so it cannot be deleted: Wave 1, Wave 3.');
    await workbench.contextMenu(targetName, 'Delete…');
    await workbench.dismiss('“Headquarters” is used by these jobs, so it cannot be deleted: Wave 1, Wave 3.');

    const source = await Wizard.openSettings(workbench, sourceName);
    await source.fill({ texts: { Tenant: 'fabrikam.onmicrosoft.com' } });
    await source.next();
    await source.configure();
    await source.button('Save without verification').click();
    await question('Let “Contoso” lead to fabrikam.onmicrosoft.com instead of contoso-lab.onmicrosoft.com?');
    await workbench.closeTab('Settings of Contoso');

    const target = new TargetWizard(workbench);
    await workbench.rowAction(targetName, 'Settings…');
    await target.heading(`Settings of ${targetName}`).waitFor();
    await target.fill({ texts: { Server: 'https://127.0.0.1:9/EWS/Exchange.asmx' } });
    await target.button('Next').click();
    await target.heading('Admin credentials').waitFor();
    await target.next();
    await target.configure();
    await target.button('Save without verification').click();
    await question(
      /^Let “Headquarters” lead to https:\/\/127\.0\.0\.1:9\/EWS\/Exchange\.asmx instead of https:\/\/localhost:/,
    );
    await workbench.closeTab('Settings of Headquarters');

    /** Is asked this, and answers with no. */
    async function question(text: string | RegExp): Promise<void> {
      const dialog = workbench.page.getByRole('dialog');
      await dialog.getByText(text).waitFor();
      await dialog.getByText(/^These jobs use it, .*: Wave 1, Wave 3\./).waitFor();
      await workbench.dialogButton('Cancel').click();
      await until('the question is gone', async () => !(await dialog.isVisible()));
    }
  });
});
