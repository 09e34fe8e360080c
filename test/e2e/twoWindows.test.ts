import assert from 'node:assert/strict';
import { connect, spoken } from './harness/connect.ts';
import { useStage } from './harness/stage.ts';
import { Wizard } from './harness/wizard.ts';
import type { WorkbenchWindow } from './harness/workbenchWindow.ts';

/** How soon a change made in one window has to show in another, in milliseconds. */
const soon = { timeout: 1000 };

describe('Two windows', () => {
  const stage = useStage({ persistent: true });
  let other: WorkbenchWindow;
  before(async () => {
    await connect(stage, 'Contoso');
    await connect(stage, 'Tailspin');
    // A browser-hosted window knows the secrets that were there when it was opened.
    other = await stage.workbench.secondWindow();
    await other.openSideBar();
    await other.row(spoken(stage, 'Contoso', 'Verified')).waitFor();
  });

  it('show within a second what was added in one of them', async () => {
    await stage.workbench.page.bringToFront();
    await connect(stage, 'Northwind');
    await other.row('Northwind, tenant').waitFor(soon);
  });

  it('show within a second what was renamed in one of them', async () => {
    await other.page.bringToFront();
    await other.contextMenuAsking('Contoso', 'Rename…');
    await other.quickInput.answer('Fabrikam');
    await other.row(spoken(stage, 'Fabrikam', 'Verified')).waitFor();
    await stage.workbench.row(spoken(stage, 'Fabrikam', 'Verified')).waitFor(soon);
    assert.equal(await stage.workbench.row('Contoso').count(), 0);
  });

  it('can change different connections at the same time', async () => {
    const { workbench } = stage;
    const second = await Wizard.openSettings(other, 'Tailspin');
    await second.fill({ texts: { 'Connection name': 'Tailspin Tokyo' } });
    await second.next();
    await workbench.page.bringToFront();
    const first = await Wizard.openSettings(workbench, 'Fabrikam');
    await first.fill({ texts: { 'Connection name': 'Fabrikam Paris' } });
    await first.next();
    await first.configure();
    await other.page.bringToFront();
    await second.configure();
    await Promise.all([first.finish(), second.finish()]);
    for (const window of [workbench, other]) {
      await window.row(spoken(stage, 'Fabrikam Paris', 'Verified')).waitFor();
      await window.row(spoken(stage, 'Tailspin Tokyo', 'Verified')).waitFor();
      assert.deepEqual(await window.notifications(), []);
    }
  });

  it('that change the same connection: the later one is warned and wins, the earlier one is told', async () => {
    const { workbench } = stage;
    const later = await Wizard.openSettings(other, 'Fabrikam Paris');
    await later.fill({ texts: { 'Connection name': 'Fabrikam Lyon' } });
    await later.next();
    await workbench.page.bringToFront();
    const earlier = await Wizard.openSettings(workbench, 'Fabrikam Paris');
    await earlier.fill({ texts: { 'Connection name': 'Fabrikam Nice' } });
    await earlier.next();
    await earlier.configureAndFinish();
    await later.notice.getByText(/^This connection was changed elsewhere since this wizard was opened\./).waitFor();

    await other.page.bringToFront();
    await later.configureAndFinish();
    await workbench.notification('“Fabrikam Lyon” was saved in another window after you saved it here.').waitFor();
    for (const window of [workbench, other]) {
      await window.row(spoken(stage, 'Fabrikam Lyon', 'Verified')).waitFor();
      assert.equal(await window.rows().count(), 3);
    }
    assert.deepEqual(await other.notifications(), []);
  });

  it('show within a second what was deleted in one of them', async () => {
    const { workbench } = stage;
    await workbench.page.bringToFront();
    await workbench.contextMenu('Tailspin Tokyo', 'Delete…');
    await workbench.dialogButton('Delete').click();
    await workbench.row('Tailspin Tokyo').waitFor({ state: 'detached' });
    await other.row('Tailspin Tokyo').waitFor({ state: 'detached', ...soon });
    await other.row('Fabrikam Lyon').waitFor();
  });
});
