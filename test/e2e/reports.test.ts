import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { checkIds } from '../../src/verification/verification.ts';
import { reportSchema } from '../cli/support/reportSchema.ts';
import { connect, spoken } from './harness/connect.ts';
import { given, labApp } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';

describe('A connection’s report', () => {
  const stage = useStage();
  const secret = () => given(labApp(stage.lab, 'Migration').secret);
  before(async () => connect(stage, 'Contoso'));

  async function saved(fileName: string): Promise<string> {
    const { workbench } = stage;
    const file = path.join(workbench.folder, fileName);
    await workbench.contextMenu('Contoso', 'Save Report…');
    await workbench.quickInput.root.waitFor();
    await workbench.chooseFile(file);
    await workbench.dismiss('Report of “Contoso” saved');
    return readFile(file, 'utf8');
  }

  it('is proposed under the name of the connection and the date', async () => {
    const { workbench } = stage;
    await workbench.row('Contoso').click(); // The page that has just closed may still take the focus, and the menu with it.
    await workbench.contextMenu('Contoso', 'Save Report…');
    await until('the dialog proposes a name', async () =>
      /\/Contoso \d{4}-\d\d-\d\d\.html$/.test(await workbench.quickInput.input.inputValue()),
    );
    await workbench.quickInput.escape();
  });

  it('is saved as a page that needs and runs nothing', async () => {
    const { workbench } = stage;
    const html = await saved('report.html');
    assert.equal(html.includes(secret()), false);
    const context = workbench.page.context();
    const page = await context.newPage();
    try {
      const faults: string[] = [];
      page.on('console', (message) => faults.push(message.text()));
      await page.setContent(html);
      await page.getByRole('heading', { name: 'Verification of Contoso' }).waitFor();
      assert.equal(await page.getByRole('listitem').filter({ hasText: 'Passed' }).count(), checkIds.length);
      const backgrounds: unknown[] = [];
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        backgrounds.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
      }
      assert.equal(new Set(backgrounds).size, 2);
      assert.deepEqual(faults, []);
    } finally {
      await page.close();
    }
  });

  it('is saved as JSON', async () => {
    const json = await saved('report.json');
    assert.equal(json.includes(secret()), false);
    const report = reportSchema.parse(JSON.parse(json));
    assert.equal(report.connection.name, 'Contoso');
    assert.equal(report.outcome, 'passed');
    assert.match(report.versions, /^Exchange Migration .*, VS Code /);
  });

  it('opens as a document that cannot be edited, and follows the next verification', async () => {
    const { workbench } = stage;
    await workbench.contextMenu('Contoso', 'Open Report');
    await workbench.tab('Contoso.md').waitFor();
    const lines = workbench.page.locator('.editor-instance .view-lines').last();
    const shows = (text: RegExp) => until(`the document shows ${text}`, async () => text.test(await lines.innerText()));
    await shows(/Outcome:\s\*\*Passed\*\*/);
    await lines.click();
    await workbench.page.keyboard.type('x');
    await workbench.page.getByText('Cannot edit in read-only editor').first().waitFor();

    stage.lab.patch({ ews: { enabled: false } });
    await workbench.rowAction('Contoso', 'Verify');
    await workbench.row(spoken(stage, 'Contoso', 'Failed')).waitFor();
    await shows(/Outcome:\s\*\*Failed\*\*/);
    await workbench.dismiss('“Contoso” failed');
  });

  it('is copied for an issue where VS Code has no issue reporter, as in a browser', async () => {
    const { workbench } = stage;
    await workbench.row('Contoso').click(); // only a page with the focus may write to the clipboard
    await workbench.contextMenu('Contoso', 'Report Issue…');
    await workbench.dismiss('VS Code’s issue reporter is not available here. The report was copied');
    const report = await workbench.clipboard();
    assert.match(report, /^# Verification of Contoso\n/);
    assert.equal(report.includes(secret()), false);
  });

  it('is offered to be made where there is none yet', async () => {
    const { workbench } = stage;
    const records = path.join(
      workbench.userFolder,
      'globalStorage/exchange-migration.exchange-migration/verifications',
    );
    await rm(records, { recursive: true });
    await workbench.contextMenu('Contoso', 'Save Report…');
    const offer = workbench.notification('“Contoso” has not been verified yet');
    await offer.getByRole('button', { name: 'Verify' }).click();
    await workbench.row(spoken(stage, 'Contoso', 'Verified')).waitFor();
  });
});
