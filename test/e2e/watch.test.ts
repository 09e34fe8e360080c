import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, spoken } from './harness/connect.ts';
import { DetailsPage } from './harness/detailsPage.ts';
import { useStage } from './harness/stage.ts';
import { verificationsFolder } from './harness/storage.ts';
import { until } from './harness/until.ts';

/** What is kept of the runs of a connection, as far as it matters here. */
interface KeptHistory {
  readonly runs: { startedAt: string; outcome: string; quiet: boolean }[];
}

describe('Keeping watch', () => {
  const stage = useStage();
  let interval = 'daily';
  before(() => connect(stage, 'Contoso'));

  it('tells once that a connection fails now, and shows it in the view and the details', async () => {
    const { workbench } = stage;
    stage.lab.patch({ ews: { enabled: false } });
    await lookAfterAMonth();
    await workbench.row(spoken(stage, 'Contoso', 'Failed')).waitFor();
    const told = workbench.notification('“Contoso” failed: EWS is');
    await told.getByRole('button', { name: 'Settings…' }).waitFor();
    await told.getByRole('button', { name: 'Show Details' }).click();
    const page = new DetailsPage(workbench);
    await page.status('Failed').waitFor();
    assert.match((await page.barNames())[1] ?? '', /, failed, /);
    assert.match(await page.chosenRun.innerText(), / · by itself · ews-/);
  });

  it('says nothing of a connection that fails still, and draws the new bar', async () => {
    stage.lab.patch({ ews: { enabled: false } });
    await lookAfterAMonth();
    const page = new DetailsPage(stage.workbench);
    await until('the run is drawn', async () => (await page.bars.count()) === 3);
    assert.deepEqual(await stage.workbench.notifications(), []);
  });

  it('tells once that it works again', async () => {
    await lookAfterAMonth();
    await stage.workbench.row(spoken(stage, 'Contoso', 'Verified')).waitFor();
    await stage.workbench.dismiss('“Contoso” passes all checks again.');
    const page = new DetailsPage(stage.workbench);
    await page.status('Verified').waitFor();
    assert.match((await page.barNames())[3] ?? '', /, verified, /);
  });

  /** As if VS Code had been closed for a month, and the first look had come: a changed setting makes one come soon. */
  async function lookAfterAMonth(): Promise<void> {
    const before = (await history()).runs.length;
    await setBack();
    await until('the connection is verified', async () => {
      // VS Code begins to watch its settings some time after it has started: a change before that goes unnoticed.
      interval = interval === 'hourly' ? 'weekly' : 'hourly';
      await stage.workbench.changeSettings({ 'exchangeMigration.verification.interval': interval });
      for (let tries = 0; tries < 50; tries++) {
        if ((await history()).runs.length > before) return true;
        await delay(100);
      }
      return false;
    });
    assert.equal((await history()).runs.at(-1)?.quiet, true);
  }

  async function setBack(): Promise<void> {
    const { runs, ...rest } = await history();
    const earlier = runs.map((run) => ({
      ...run,
      startedAt: new Date(Date.parse(run.startedAt) - 30 * 24 * 60 * 60 * 1000).toISOString(),
    }));
    await writeFile(await historyFile(), JSON.stringify({ ...rest, runs: earlier }));
  }

  async function history(): Promise<KeptHistory> {
    return JSON.parse(await readFile(await historyFile(), 'utf8')) as KeptHistory; // Written by the extension.
  }

  async function historyFile(): Promise<string> {
    const folder = verificationsFolder(stage.workbench);
    const name = (await readdir(folder)).find((each) => each.endsWith('.history.json'));
    assert.ok(name);
    return path.join(folder, name);
  }
});
