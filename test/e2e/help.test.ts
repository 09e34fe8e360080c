import { until } from './harness/until.ts';
import type { Workbench } from './harness/workbench.ts';
import { openWorkbench } from './harness/workbench.ts';

describe('What helps a newcomer', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  after(async () => workbench.close());

  it('says how to start while there is no connection, with one primary action', async () => {
    await workbench.openSideBar();
    await workbench.sideBar.getByText('How to start').first().waitFor();
    await workbench.sideBar.getByRole('button', { name: 'Connect a Source Office 365' }).click();
    await workbench.webview().getByRole('heading', { name: 'New Office 365 connection' }).waitFor();
  });

  it('says the same of the target, in a view of its own', async () => {
    await workbench.sideBar.getByRole('button', { name: 'Connect a Target Exchange Server' }).click();
    await workbench.webview().getByRole('heading', { name: 'New Exchange server connection' }).waitFor();
    await workbench.page
      .getByRole('tab', { name: 'New Exchange server connection' })
      .getByRole('button', { name: /Close/ })
      .click();
  });

  it('offers the kinds of connections under New', async () => {
    await until('the menu stays open', async () => {
      // It closes when the wizard, which has just been opened, takes the focus.
      await workbench.viewAction('New');
      await workbench.menuItem('Office 365 Connection…').waitFor({ timeout: 2000 });
      return true;
    });
    await workbench.page.keyboard.press('Escape');
  });

  it('opens the page on what the account needs, from the view and from the wizard', async () => {
    for (const link of [
      workbench.sideBar.getByText('what the account needs').first(),
      workbench.webview().getByText('What the account needs'),
    ]) {
      await link.click();
      const tab = workbench.page.getByRole('tab', { name: /requirements/ });
      await tab.waitFor();
      await workbench.webview().getByRole('heading', { name: 'What the account needs' }).waitFor();
      await tab.getByRole('button', { name: /Close/ }).click();
      await tab.waitFor({ state: 'hidden' });
    }
  });

  it('has a walkthrough', async () => {
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.quickInput.type('Start a migration');
    await workbench.quickInput.pick('Start a migration');
    for (const step of [
      ...['Prepare the account', 'Give the credentials', 'Configure and verify the results'],
      ...['Connect the target', 'Define a migration job'],
    ]) {
      await workbench.page.getByRole('heading', { name: step }).waitFor();
    }
  });
});
