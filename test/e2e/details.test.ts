import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { axe, describeViolations } from './harness/axe.ts';
import { connect } from './harness/connect.ts';
import { DetailsPage } from './harness/detailsPage.ts';
import { allThemes } from './harness/look.ts';
import { useStage } from './harness/stage.ts';
import { verificationsFolder } from './harness/storage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

describe('The details of a connection', () => {
  const stage = useStage();
  let page: DetailsPage;
  before(() => connect(stage, 'Contoso'));

  it('open from the row, with its facts, its checks and the run of the wizard', async () => {
    page = await DetailsPage.open(stage.workbench, 'Contoso');
    await page.status('Verified').waitFor();
    assert.equal(await page.fact('Tenant').innerText(), stage.lab.description.tenant.domain);
    assert.equal(await page.fact('Sign-in method').innerText(), 'App registration with client secret');
    assert.equal(await page.check('Export one item').getAttribute('data-outcome'), 'passed');
    const [name, ...others] = await page.barNames();
    assert.match(given(name), /^.*\b20\d\d.*, verified, [\d.]+ m?s$/);
    assert.deepEqual(others, []);
  });

  it('show a run while it goes on, and its failure with what to do', async () => {
    stage.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    await page.button('Verify').click();
    await until('a check runs', async () => {
      return (await page.check('EWS access').getAttribute('data-outcome')) === 'running';
    });
    await page.status('Verifying…').waitFor();
    await page.button('Cancel').click();
    await page.status('Verified').waitFor();

    stage.lab.patch({ faults: [], mailboxes: { 'reception@contoso-lab.onmicrosoft.com': { state: 'missing' } } });
    await page.button('Verify').click();
    await stage.workbench.dismiss('“Contoso” failed:');
    await page.status('Failed').waitFor();
    const check = page.check('Open the test mailbox');
    assert.equal(await check.getAttribute('data-outcome'), 'failed');
    assert.ok((await check.locator('.remedies li').count()) > 0);
    assert.match(given((await page.barNames())[1]), /, failed, /);
  });

  it('are walked through by key: one stop for all bars, each told below', async () => {
    stage.lab.patch({ ews: { busy: { form: 'http503', retryAfterSeconds: 1 } } });
    await page.button('Verify').click();
    await stage.workbench.dismiss('“Contoso” failed:');
    await until('the run is drawn', async () => (await page.bars.count()) === 3);
    await page.button('Details: Sign in').focus();
    const focused = page.content.locator('.bar:focus');
    await until('Tab comes to the chart', async () => {
      await stage.workbench.page.keyboard.press('Tab');
      return (await focused.count()) === 1;
    });
    assert.match(await page.chosenRun.innerText(), /not checked: the service was busy.* · by hand · ews-busy$/);
    await stage.workbench.page.keyboard.press('ArrowLeft');
    assert.equal(await focused.getAttribute('aria-selected'), 'true');
    assert.match(await page.chosenRun.innerText(), /, failed, .* · by hand · mailbox-not-found$/);
    await stage.workbench.page.keyboard.press('Home');
    assert.match(await page.chosenRun.innerText(), /, verified, /);
    await stage.workbench.page.keyboard.press('Tab');
    await page.content.locator('button.disclosure:focus').getByText('As a table').waitFor();
    await stage.workbench.page.keyboard.press('Enter');
    const rows = page.content.getByRole('table', { name: 'Last runs' }).getByRole('row');
    assert.match((await rows.allInnerTexts())[1] ?? '', /service was busy.*by hand\s+ews-busy/s);
    assert.equal(await rows.count(), 4);
  });

  it('draw what another window has noted, with a shape for each outcome', async () => {
    const outcomes = ['passed', 'warning', 'failed', 'offline', 'throttled'];
    const runs = Array.from({ length: 20 }, (_, index) => ({
      startedAt: new Date(Date.UTC(2026, 10, index + 1, 9, 30)).toISOString(),
      durationMs: 400 + ((index * 7919) % 1900),
      outcome: outcomes[Math.max(0, index - 12) % outcomes.length],
      quiet: index % 3 > 0,
      errors: [],
    }));
    const folder = verificationsFolder(stage.workbench);
    const name = given((await readdir(folder)).find((each) => each.endsWith('.history.json')));
    await writeFile(path.join(folder, name), JSON.stringify({ historyVersion: 1, runs }));
    await until('all runs are drawn', async () => (await page.bars.count()) === 20);
    assert.equal(await page.content.locator('.legend li').count(), 5);
    const fills = await Promise.all(
      (await page.content.locator('.legend .shape').all()).map(async (shape) => shape.getAttribute('fill')),
    );
    assert.equal(new Set(fills).size, 4, 'two are empty, and differ by their dashes');
  });

  for (const [name, theme] of Object.entries(allThemes)) {
    it(`have nothing to criticise in the theme ${theme}`, async () => {
      await stage.workbench.changeTheme(theme);
      await page.heading('Contoso').scrollIntoViewIfNeeded();
      await stage.workbench.screenshot(`details-${name}`);
      await page.content.getByRole('table').scrollIntoViewIfNeeded();
      await page.heading('History').scrollIntoViewIfNeeded();
      await stage.workbench.screenshot(`details-history-${name}`);
      assert.deepEqual(describeViolations(await axe(await stage.workbench.webviewFrame())), []);
    });
  }

  it('copy the report and lead to the settings', async () => {
    await page.button('Copy Report').click();
    await until('the report is copied', async () =>
      (await stage.workbench.clipboard()).startsWith('# Verification of Contoso'),
    );
    await page.button('Settings…').click();
    await new Wizard(stage.workbench).heading('Settings of Contoso').waitFor();
    await stage.workbench.closeTab('Settings of Contoso');
    await page.heading('Contoso').waitFor();
  });

  it('have a policy as strict as the wizard’s', async () => {
    const frame = await stage.workbench.webviewFrame();
    const policy = await frame.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    assert.match(given(policy ?? undefined), /^default-src 'none'; script-src 'nonce-[^']+'; /);
  });

  it('follow a new name, and come back after a reload of the window', async () => {
    const { workbench } = stage;
    await workbench.contextMenuAsking('Contoso', 'Rename…');
    await workbench.quickInput.answer('Fabrikam');
    await page.heading('Fabrikam').waitFor();
    await workbench.tab('Fabrikam').waitFor();
    // A state with the new title is younger than the tab that was closed before.
    await workbench.reload((stored) => stored.includes('connectionDetails') && stored.includes('Fabrikam'));
    await page.heading('Fabrikam').waitFor();
    assert.equal(await page.bars.count(), 20);
    await page.status('Secret missing').waitFor(); // This VS Code forgets secrets on a reload.
  });

  it('say when the connection is gone', async () => {
    const { workbench } = stage;
    await workbench.openSideBar();
    await workbench.contextMenu('Fabrikam', 'Delete…');
    await workbench.dialogButton('Delete').click();
    await page.notice.getByText('This connection was deleted. Close this page.').waitFor();
    assert.equal(await page.button('Verify').isVisible(), false);
    const folder = verificationsFolder(workbench);
    await until('what was kept of its runs is gone', async () => {
      return (await readdir(folder)).every((name) => !name.endsWith('.json'));
    });
  });
});

function given(text: string | undefined): string {
  assert.ok(text !== undefined && text !== '');
  return text;
}
