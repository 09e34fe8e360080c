import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Lab } from '../lab/lab.ts';
import { startLab } from '../lab/lab.ts';
import { certificateValues, given, labApp, passwordValues, secretValues } from './harness/credentials.ts';
import { Wizard } from './harness/wizard.ts';
import type { WizardValues } from './harness/wizard.ts';
import type { Workbench } from './harness/workbench.ts';
import { openWorkbench } from './harness/workbench.ts';

const checkTitles = [
  'Reach the sign-in service',
  'Compare the clocks',
  'Sign in',
  'Permissions',
  'Find the EWS address',
  'EWS access',
  'Time left for EWS',
  'Open the test mailbox',
  'Export one item',
  'List the mailboxes',
  'Measure the way to Exchange',
  'Throttling',
];

describe('Connecting a tenant', () => {
  let lab: Lab;
  let workbench: Workbench;
  before(async () => {
    [lab, workbench] = await Promise.all([startLab(), openWorkbench()]);
    await workbench.openSideBar();
  });
  after(async () => {
    await workbench.close();
    await lab.close();
  });

  it('with a client secret and an authority of its own, from the welcome view to the verified row', async () => {
    await workbench.sideBar.getByRole('button', { name: 'Connect a Source Office 365' }).click();
    const wizard = new Wizard(workbench);
    await wizard.heading('New Office 365 connection').waitFor();
    await connect(wizard, secretValues(lab, 'By secret'));
  });

  it('with a certificate in a PEM file', async () => {
    const app = labApp(lab, 'Migration');
    const file = path.join(workbench.folder, 'migration.pem');
    await writeFile(file, (await readFile(given(app.privateKeyFile), 'utf8')) + given(app.certificate));
    await connect(await Wizard.openNew(workbench), certificateValues(lab, 'By PEM', file));
  });

  it('with a certificate in a PFX file, whose passphrase is asked for', async () => {
    const app = labApp(lab, 'Migration');
    const wizard = await Wizard.openNew(workbench);
    const values = certificateValues(lab, 'By PFX', given(app.pfxFile));
    assert.equal(await wizard.field('Passphrase').isVisible(), false);
    await connect(wizard, { ...values, texts: { Passphrase: given(app.pfxPassphrase), ...values.texts } });
  });

  it('with an administrator’s e-mail and password', async () => {
    await connect(await Wizard.openNew(workbench), passwordValues(lab, 'By password'));
  });

  /** From the filled-in form to the row, which is revealed, selected, verified, and has the checks as children. */
  async function connect(wizard: Wizard, values: WizardValues): Promise<void> {
    await wizard.fill({ ...values, additionalCa: lab.description.ca });
    await wizard.content.getByText('CN=Exchange Migration Lab CA').waitFor();
    await wizard.next();
    await wizard.configure();
    assert.deepEqual(await wizard.outcomes(), Object.fromEntries(checkTitles.map((title) => [title, 'passed'])));
    assert.equal(await wizard.summary.innerText(), 'All 12 checks passed.');
    await wizard.finish();

    const name = values.texts?.['Connection name'] ?? '';
    const label = `${name}, tenant ${lab.description.tenant.domain}, Verified`;
    const row = workbench.row(label);
    // Nothing is waited for: when the wizard is gone, nothing takes the focus any more.
    assert.equal(await row.getAttribute('aria-selected'), 'true');
    await workbench.page.keyboard.press('F2');
    await workbench.quickInput.input.waitFor();
    await workbench.quickInput.escape();
    await workbench.expand(label);
    for (const title of checkTitles) await workbench.row(`${title}, Passed`).waitFor();
    await row.press('ArrowLeft');
    assert.deepEqual(await workbench.notifications(), []);
  }
});
