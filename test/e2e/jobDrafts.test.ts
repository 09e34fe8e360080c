import assert from 'node:assert/strict';
import { domains, useJobServers } from './harness/jobServers.ts';
import { JobWizard } from './harness/jobWizard.ts';
import { focused, tabTo, untilFocused } from './harness/keys.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';

describe('A migration job’s wizard', () => {
  const stage = useStage({ lab: { mailboxes: 5 }, persistent: true });
  useJobServers(stage);
  const title = 'New migration job';
  const at = (name: string): string => `${name}@${domains.source}`;

  it('is where it was after a reload of the window, and of its page', async () => {
    const { workbench } = stage;
    const wizard = await JobWizard.openNew(workbench);
    await wizard.toTarget('Draft', ['accounting', 'reception', 'logistics']);
    await wizard.row('Matches', at('reception')).click();
    await wizard.button('Don’t Migrate').click();
    await wizard.says('2 of 3 have a target.');
    await wizard.field('Patterns (optional)').fill('*@old.example *@new.example');
    await workbench.reload((stored) => stored.includes('Draft') && stored.includes('*@old.example'));
    await wizard.heading('Target mailboxes').waitFor();
    await wizard.says('2 of 3 have a target.');
    await wizard.row('Matches', /Excluded.*reception/).waitFor();
    assert.match(await wizard.chosen('Target server'), /^Headquarters /);
    assert.equal(await wizard.field('Patterns (optional)').inputValue(), '*@old.example *@new.example');
    assert.equal(await wizard.notice(/./).count(), 0);

    await wizard.back('Source mailboxes');
    await wizard.row('Chosen mailboxes', at('logistics')).click();
    await wizard.button('Remove').click();
    await wizard.says(/^Chosen: 2 mailboxes$/);
    await (await workbench.webviewFrame()).evaluate<unknown>('document.body.classList.add("before")');
    await workbench.runCommand('Developer: Reload Webviews');
    await wizard.content.locator('body:not(.before)').waitFor();
    await wizard.heading('Source mailboxes').waitFor();
    await wizard.untilRows('Chosen mailboxes', [at('accounting'), at('reception')]);
    await wizard.next('Target mailboxes');
    await wizard.says('1 of 2 have a target.');
  });

  it('is where it was after it was closed, and says so; Start Over empties it', async () => {
    const { workbench } = stage;
    await workbench.closeTab(title);
    const wizard = new JobWizard(workbench);
    await workbench.runCommand('Exchange Migration: New Migration Job…');
    await wizard.heading('Target mailboxes').waitFor();
    await wizard.row('Matches', /Excluded.*reception/).waitFor();
    await wizard.notice('This is what you filled in before. Start Over begins anew.').waitFor();
    await wizard.back('Source mailboxes');
    await wizard.says(/^Chosen: 2 mailboxes$/);
    await wizard.button('Start Over').click();
    await wizard.heading('Job name').waitFor();
    await until('the name is empty', async () => (await wizard.field('Job name').inputValue()) === '');
    assert.equal(await wizard.button('Start Over').count(), 0);
    await wizard.field('Job name').fill('Wave 1');
    await wizard.next('Source mailboxes');
    await wizard.says('None yet. Choose some above.');
    assert.equal(await wizard.content.getByRole('button', { name: /^Undo/ }).filter({ visible: true }).count(), 0);
    await wizard.cancel();
  });

  it('goes by keyboard alone from the palette to the scanned job', async () => {
    const { workbench } = stage;
    const { keyboard } = workbench.page;
    const wizard = await JobWizard.openNew(workbench);
    await wizard.button('Start Over').click();
    await untilFocused(workbench, 'Job name');
    await keyboard.press('Enter');
    await wizard.error('Enter a name for the job.').waitFor();
    await keyboard.type('Keys only');
    await keyboard.press('Enter');
    await untilFocused(workbench, 'Source mailboxes');
    await tabTo(workbench, 'Source server');
    await keyboard.type('Con');
    await tabTo(workbench, 'From the directory');
    await keyboard.press('Space');
    await wizard.row('Directory', at('accounting')).waitFor();
    await tabTo(workbench, 'Directory');
    await keyboard.press('Space');
    await wizard.says(/^Chosen: 1 mailbox$/);
    await keyboard.press('ArrowDown');
    await wizard.untilDrawn('Directory', 5);
    await keyboard.press('Enter');
    await wizard.says(/^Chosen: 2 mailboxes$/);
    await keyboard.press('End');
    await wizard.untilDrawn('Directory', 5);
    await keyboard.press('Space');
    await wizard.says(/^Chosen: 3 mailboxes$/);
    await tabTo(workbench, 'Chosen mailboxes');
    for (const [left, text] of [/^Chosen: 2 mailboxes$/, /^Chosen: 1 mailbox$/].entries()) {
      await wizard.untilDrawn('Chosen mailboxes', 3 - left);
      await keyboard.press('Delete');
      await wizard.says(text);
      await untilFocused(workbench, 'Chosen mailboxes');
    }
    await wizard.untilDrawn('Chosen mailboxes', 1);
    await keyboard.press('Delete');
    await untilFocused(workbench, 'None yet. Choose some above.');
    await tabTo(workbench, 'Undo: 1 removed');
    await keyboard.press('Enter');
    await wizard.says(/^Chosen: 1 mailbox$/);
    await tabTo(workbench, 'Next');
    await keyboard.press('Enter');
    await untilFocused(workbench, 'Target mailboxes');
    await tabTo(workbench, 'Target server');
    await keyboard.type('Head');
    await wizard.says('1 of 1 have a target.');
    await tabTo(workbench, 'Matches');
    await tabTo(workbench, 'Next');
    await keyboard.press('Enter');
    await untilFocused(workbench, 'What to migrate');
    await tabTo(workbench, 'First day (optional)');
    await keyboard.press('Enter');
    await untilFocused(workbench, 'Schedule and speed');
    await tabTo(workbench, 'Mailboxes at once');
    await keyboard.press('Enter');
    await untilFocused(workbench, 'Summary');
    await tabTo(workbench, 'Scan');
    await keyboard.press('Space');
    await wizard.says('The mailbox is ready.');
    await until('the focus is where the scan was begun', async () => (await focused(workbench)) === 'Scan Again');
    await tabTo(workbench, 'Finish');
    await keyboard.press('Enter');
    await workbench.row('Keys only, 1 of 1 mailboxes have a target, Ready').waitFor();
  });

  it('shows in two windows what either of them has saved, and warns of it to its end', async () => {
    const { workbench } = stage;
    const other = await workbench.secondWindow();
    await other.openSideBar();
    await other.row('Keys only, 1 of 1 mailboxes have a target, Ready').waitFor();
    const later = await JobWizard.openSettings(other, 'Keys only');
    await later.field('Job name').fill('Later');
    await workbench.page.bringToFront();
    const earlier = await JobWizard.openSettings(workbench, 'Keys only');
    await earlier.field('Job name').fill('Earlier');
    await throughTo(earlier);
    await earlier.finish();
    await other.row('Earlier,').waitFor();
    await later.notice(/^This job was changed elsewhere since this wizard was opened\./).waitFor();
    await other.page.bringToFront();
    await throughTo(later);
    await later.notice(/^This job was changed elsewhere since this wizard was opened\./).waitFor();
    await later.finish();
    await workbench.notification('“Later” was saved in another window after you saved it here.').waitFor();
    for (const window of [workbench, other]) {
      await window.row('Later,').waitFor();
      await window.row('Earlier,').waitFor({ state: 'detached' });
    }
    await other.page.close();
    await workbench.page.bringToFront();
    await workbench.dismiss('“Later” was saved');

    async function throughTo(wizard: JobWizard): Promise<void> {
      await wizard.next('Source mailboxes');
      await wizard.next('Target mailboxes');
      await wizard.toSummary();
    }
  });
});
