import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connectSource, domains, sourceName, targetName, useJobServers } from './harness/jobServers.ts';
import { JobWizard } from './harness/jobWizard.ts';
import { allThemes, lookInThemes } from './harness/look.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

/** Pixels: as narrow as an editor beside another one. */
const narrow = { width: 600, height: 800 };

describe('The mailboxes of a migration job', () => {
  const stage = useStage({ lab: { mailboxes: 5 } });
  useJobServers(stage);
  let wizard: JobWizard;
  const at = (name: string): string => `${name}@${domains.source}`;
  const to = (name: string): string => `${name}@${domains.target}`;

  before(async () => {
    wizard = await JobWizard.openNew(stage.workbench);
    await wizard.field('Job name').fill('Wave 1');
    await wizard.next('Source mailboxes');
  });

  it('want a source, which can be made on the way and is chosen then', async () => {
    await wizard.button('Next').click();
    await wizard.error('Choose the tenant whose mailboxes are migrated.').waitFor();
    await wizard.open('From the directory');
    await wizard.error('Choose the tenant whose mailboxes are migrated.').waitFor();
    await wizard.button('Add new source connection…').click();
    const source = new Wizard(stage.workbench);
    await source.heading('New Office 365 connection').waitFor();
    await connectSource(stage, source, 'Tailspin');
    await wizard.heading('Source mailboxes').waitFor();
    await until('the new connection is chosen', async () =>
      (await wizard.chosen('Source server')).startsWith('Tailspin '),
    );
    assert.equal(await wizard.error('Choose the tenant').count(), 0);
    await wizard.choose('Source server', sourceName);
  });

  it('come while a scroll bar is held', async () => {
    const { page } = stage.workbench;
    const frame = await stage.workbench.webviewFrame();
    const box = await (await frame.frameElement()).boundingBox();
    assert.ok(box);
    await wizard.open('From the directory');
    await wizard.says(/^5 mailboxes\./);
    const bar = await frame.evaluate<number>('innerWidth - document.documentElement.clientWidth');
    assert.ok(bar > 0, 'the page has a scroll bar');
    await page.mouse.move(box.x + box.width - bar / 2, box.y + box.height - bar);
    await page.mouse.down();
    await wizard.field('Search name or address').first().fill('acc');
    await wizard.untilRows('Directory', [at('accounting')]);
    await page.mouse.up();
    await wizard.field('Search name or address').first().fill('');
  });

  it('come from the directory by search, type, department and size', async () => {
    await wizard.open('From the directory');
    await wizard.says(/^5 mailboxes\./);
    await wizard.field('Search name or address').first().fill('acc');
    await wizard.untilRows('Directory', [at('accounting')]);
    await wizard.says(/ 1 is shown\. /);
    await wizard.field('Search name or address').first().fill('');
    await wizard.select('Type').selectOption({ label: 'Shared' });
    await wizard.untilRows('Directory', [at('logistics')]);
    await wizard.select('Type').selectOption({ label: 'All types' });
    await wizard.select('Department').selectOption({ label: 'Without department' });
    await wizard.says('No mailbox fits.');
    await wizard.select('Department').selectOption({ label: 'Head Office' });
    await wizard.field('From MB').fill('1000');
    await wizard.says('No mailbox fits.');
    await wizard.field('From MB').fill('');
    await wizard.field('To MB').fill('1000');
    await wizard.content.getByRole('button', { name: /^Name/ }).click();
    await until('the list is sorted from its end', async () =>
      ((await wizard.list('Directory').getByRole('option').first().textContent()) ?? '').includes('reception'),
    );
    await wizard.row('Directory', at('reception')).click();
    await wizard.says(/^Chosen: 1 mailbox$/);
    await untilTicked('reception', true);
  });

  it('are typed or pasted, and what cannot be taken is given back', async () => {
    await wizard.addTyped(`Anna Smith <${at('accounting')}>; nobody\n${at('reception')}, who@fabrikam.example`);
    await wizard.says('1 mailbox added. 1 was chosen already. Not taken, see below: 2.');
    await until('the faulty ones are left in the field', async () =>
      /^nobody\nwho@fabrikam\.example$/.test(await wizard.field('Addresses').inputValue()),
    );
    await wizard.untilRows('What was not taken', [
      'Line 1, position 54: “nobody” is not an e-mail address.',
      'Line 2, position 40: who@fabrikam.example belongs to fabrikam.example, which is not a domain of the source’s tenant.',
    ]);
    await wizard.untilRows('Chosen mailboxes', [at('reception'), `${at('accounting')}\nAnna Smith`]);
    await stage.workbench.screenshot('job-typed');
  });

  it('are all removed, and had again', async () => {
    await wizard.button('Remove All').click();
    await wizard.says('None yet. Choose some above.');
    await untilTicked('reception', false);
    await wizard.button('Undo: 2 removed').click();
    await wizard.says(/^Chosen: 2 mailboxes$/);
    await wizard.row('Chosen mailboxes', at('accounting')).click();
    await wizard.button('Remove').click();
    await wizard.says(/^Chosen: 1 mailbox$/);
    await wizard.button('Remove All').click();
    await wizard.says('None yet. Choose some above.');
  });

  it('are to be at least one, which is said where it can be seen', async () => {
    // What still stands in the field is not forgotten: Next has it taken, or says why it cannot be.
    await wizard.button('Next').click();
    await wizard.says(/^0 mailboxes added\. Not taken, see below/);
    await wizard.field('Addresses').fill('');
    await (await stage.workbench.webviewFrame()).evaluate<unknown>('scrollTo(0, 0)');
    await wizard.button('Next').click();
    await wizard.error('Choose at least one mailbox.').waitFor();
    await until('the fault is in sight', async () =>
      (await stage.workbench.webviewFrame()).evaluate<boolean>(
        `[...document.querySelectorAll('.field-error')].some((error) => {
          const { left, right, top, bottom } = error.getBoundingClientRect();
          const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          return error.checkVisibility() && error.contains(seen);
        })`,
      ),
    );
  });

  it('are read from a CSV file whose columns are corrected by hand, with each row’s fault', async () => {
    const file = path.join(stage.workbench.folder, 'wave.csv');
    const rows = [
      'Konto;Wohin;Wer',
      `${at('accounting')};${to('accounting')};Anna`,
      `${at('reception')};${to('purchasing')};Rob`,
      `${at('logistics')};${to('purchasing')};"Lee; Lou"`,
      `${at('accounting')};${to('admin')};Anna`,
      'nobody;;',
      `${at('admin')};not an address;Ada`,
      `${at('newcomer')};;New`,
    ];
    await writeFile(file, rows.join('\r\n'));
    await wizard.chooseFile(file);
    assert.equal(await wizard.chosen('Delimiter'), 'Semicolon');
    assert.equal(await wizard.list('What was not taken').isVisible(), false, 'what is there is of the text before');
    await wizard.button('Add Mailboxes').click();
    await wizard.error('No column is known to hold addresses. Choose the one that does.').waitFor();
    await wizard.select('Column of the source').selectOption({ label: 'Konto' });
    await wizard.select('Column of the target').selectOption({ label: 'Wohin' });
    await wizard.select('Column of the name').selectOption({ label: 'Wer' });
    await stage.workbench.screenshot('job-csv');
    await wizard.button('Add Mailboxes').click();
    await wizard.says(/^wave\.csv: 4 mailboxes added\. Not taken, see below: 3\.$/);
    await wizard.untilRows('What was not taken', [
      `Row 5, column 1 (Konto): ${at('accounting')} is in row 2 already.`,
      'Row 6, column 1 (Konto): “nobody” is not an e-mail address.',
      'Row 7, column 2 (Wohin): “not an address” is not an e-mail address.',
    ]);
    await wizard.row('Chosen mailboxes', `Lee; Lou`).waitFor();
    await stage.workbench.screenshot('job-csv-faults');
  });

  it('go where the file says, or where a person does, each to one of its own', async () => {
    await wizard.next('Target mailboxes');
    await wizard.choose('Target server', targetName);
    await wizard.says('1 of 4 have a target.');
    await wizard.row('Matches', /Matched.*accounting/).waitFor();
    await wizard.row('Matches', /Missing on target.*newcomer/).waitFor();
    await wizard.select('State').selectOption({ label: 'Duplicate (2)' });
    await wizard.untilRows('Matches', [at('reception'), at('logistics')]);
    await wizard.row('Matches', at('reception')).click();
    await wizard.says(`${to('purchasing')} is the target of ${at('logistics')} (row 4), too.`);
    await stage.workbench.screenshot('job-duplicate');

    await wizard.field('Target mailbox').fill('nowhere');
    await wizard.button('Use This Target').click();
    await wizard.error('“nowhere” is not an e-mail address.').waitFor();
    await wizard.field('Target mailbox').fill(to('reception'));
    await wizard.button('Use This Target').click();
    await wizard.says('3 of 4 have a target.');
    assert.equal(await wizard.error(/./).count(), 0);
    await wizard.says('No mailbox is in this state.');

    await wizard.select('State').selectOption({ label: 'Missing on target (1)' });
    await wizard.row('Matches', at('newcomer')).click();
    await wizard.button('Don’t Migrate').click();
    await wizard.select('State').selectOption({ label: 'Excluded (1)' });
    await wizard.row('Matches', at('newcomer')).click();
    await wizard.says('Is not migrated: somebody has decided so.');
    await wizard.button('Decide by the Rules').click();
    await wizard.select('State').selectOption({ label: 'All (4)' });
    await wizard.row('Matches', at('newcomer')).click();
    await wizard.says(/^newcomer@.* is not on the target\. Create it there, or choose another one\.$/);
    await wizard.row('Matches', at('reception')).click();
    await wizard.button('Decide by the Rules').click();
    await wizard.says('1 of 4 have a target.');
    await wizard.tick('the address that the CSV file names').uncheck();
    await wizard.says('3 of 4 have a target.');
    await wizard.field('Search name or address').last().fill('lou');
    await wizard.untilRows('Matches', [at('logistics')]);
    await stage.workbench.screenshot('job-matches');
  });

  it('are saved as they were decided', async () => {
    await wizard.toSummary();
    assert.equal(await wizard.fact('Mailboxes'), '3 of 4 have a target. The others are not migrated.');
    await wizard.finish();
    await stage.workbench.expand('Wave 1');
    await stage.workbench.row(`${at('reception')}, to ${to('reception')}`).waitFor();
    await stage.workbench.row(`${at('newcomer')}, Missing on target`).waitFor();
    assert.deepEqual(await stage.workbench.notifications(), []);
  });

  it('are chosen in steps that have nothing to criticise in any kind of theme, and fit a narrow editor', async () => {
    const { workbench } = stage;
    wizard = await JobWizard.openNew(workbench);
    await wizard.button('Next').click();
    await wizard.error('Enter a name for the job.').waitFor();
    await look('name');
    await wizard.field('Job name').fill('Themes');
    await wizard.next('Source mailboxes');
    await wizard.choose('Source server', sourceName);
    await wizard.open('From the directory');
    await wizard.row('Directory', at('accounting')).click();
    await wizard.addTyped(`${at('reception')}\n${at('newcomer')}\nnobody`);
    await wizard.says(/Not taken, see below: 1\.$/);
    await look('source');
    await wizard.field('Addresses').fill('');
    await wizard.next('Target mailboxes');
    await wizard.choose('Target server', targetName);
    await wizard.says('2 of 3 have a target.');
    await wizard.row('Matches', at('newcomer')).click();
    await look('target');
    await wizard.next('What to migrate');
    await look('content');
    await wizard.next('Schedule and speed');
    await wizard.radio('At a time').check();
    await wizard.radio('Only at certain hours').check();
    await wizard.button('Next').click();
    await wizard.error('A time has the form').waitFor();
    await look('schedule');
    await wizard.radio('When I start it').check();
    await wizard.radio('At any hour').check();
    await wizard.next('Summary');
    await wizard.button('Scan').click();
    await wizard.says('All 2 mailboxes are ready.');
    await wizard.row('Scanned mailboxes', at('accounting')).click();
    await look('summary');
    await wizard.cancel();

    async function look(step: string): Promise<void> {
      await lookInThemes(workbench, allThemes, `job-${step}`);
      const { page } = workbench;
      const wide = page.viewportSize() ?? narrow;
      await page.setViewportSize(narrow);
      await workbench.screenshot(`job-${step}-narrow`);
      const tooWide = await (
        await workbench.webviewFrame()
      ).evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      await page.setViewportSize(wide);
      assert.equal(tooWide, 0, `the step ${step} is too wide by as many pixels`);
    }
  });

  async function untilTicked(name: string, ticked: boolean): Promise<void> {
    const row = wizard.row('Directory', at(name));
    await until(
      `${name} is ${ticked ? '' : 'not '}ticked`,
      async () => (await row.getAttribute('aria-selected')) === String(ticked),
    );
  }
});
