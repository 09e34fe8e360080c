import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { labApp, secretValues } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

describe('A tenant that refuses', () => {
  const stage = useStage();

  it('shows how to switch EWS on again, and runs again afterwards', async () => {
    stage.lab.patch({ ews: { enabled: false } });
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(secretValues(stage.lab, 'Disabled'));
    await wizard.next();
    await wizard.configure();
    const finding = wizard.check('EWS access').locator('.finding');
    await finding.getByText('EWS is switched off for this tenant or mailbox.').waitFor();
    await finding.getByText('Set-OrganizationConfig -EwsEnabled $null').waitFor();
    await finding.getByText('It takes about an hour to take effect.').waitFor();
    assert.equal(await wizard.outcome('Open the test mailbox'), 'skipped');
    await finding.getByText('More about this').click();
    const tab = stage.workbench.page.getByRole('tab', { name: /troubleshooting/ });
    await tab.waitFor();
    const chapter = stage.workbench.webview().getByRole('heading', { name: 'ews-disabled', exact: true });
    await until('the page shows what it says of this finding', async () => isInView(chapter));
    await tab.getByRole('button', { name: /Close/ }).click();
    await tab.waitFor({ state: 'hidden' });

    stage.lab.patch({ ews: { enabled: true } });
    await wizard.configureAndFinish();
    await stage.workbench.row('Disabled, tenant contoso-lab.onmicrosoft.com, Verified').waitFor();
  });

  it('gives the command that adds the app to the list of allowed ones, ready to copy', async () => {
    stage.lab.patch({ ews: { appAllowed: false } });
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(secretValues(stage.lab, 'Blocked'));
    await wizard.next();
    await wizard.configure();
    const finding = wizard.check('EWS access').locator('.finding');
    await finding.getByText('A policy of the tenant blocks this app from EWS.').waitFor();
    const remedy = finding.getByRole('listitem').filter({ hasText: 'Add the app to the list' });
    const command = await remedy.locator('code').innerText();
    assert.ok(command.includes(labApp(stage.lab, 'Migration').clientId), command);
    await remedy.getByRole('button', { name: 'Copy' }).click();
    await remedy.getByRole('button', { name: 'Copied' }).waitFor();
    await until('the command is on the clipboard', async () => (await stage.workbench.clipboard()) === command);

    await wizard.saveWithoutVerification();
    await stage.workbench.expand('Blocked, tenant contoso-lab.onmicrosoft.com, Failed');
    await stage.workbench.row('EWS access, Failed').waitFor();
    await stage.workbench.row('Open the test mailbox, Skipped').waitFor();
  });

  it('says which permission an app lacks', async () => {
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(secretValues(stage.lab, 'Powerless', labApp(stage.lab, 'No permission')));
    await wizard.next();
    await wizard.configure();
    const finding = wizard.check('EWS access').locator('.finding');
    await finding.getByText('The app has no permission to use EWS.').waitFor();
    await finding
      .getByText(/add “Office 365 Exchange Online” → Application permissions → full_access_as_app/)
      .waitFor();
    await wizard.saveWithoutVerification();
    await stage.workbench.row('Powerless, tenant contoso-lab.onmicrosoft.com, Failed').waitFor();
  });

  it('shows what was asked and answered, with the ids that support needs', async () => {
    stage.lab.patch({ ews: { enabled: false } });
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(secretValues(stage.lab, 'Details'));
    await wizard.next();
    await wizard.configure();
    await wizard.button('Details: EWS access').click();
    const exchange = wizard.check('EWS access').locator('.exchanges > li').first();
    assert.match(await exchange.locator('.request').innerText(), /POST https:\/\/localhost:\d+\/EWS\/Exchange\.asmx$/);
    assert.match(await exchange.locator('.response').innerText(), /HTTP 403/);
    await exchange.getByText('EWS is disabled for this user or tenant').waitFor();
    await exchange.getByText('request-id', { exact: true }).waitFor();

    await wizard.button('Copy report').click();
    await until('the report is on the clipboard', async () =>
      (await stage.workbench.clipboard()).startsWith('# Verification of Details'),
    );
  });
});

/** Whether an element stands where it can be read, and not somewhere below. */
async function isInView(element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  return box !== null && box.y > 0 && box.y < 700;
}
