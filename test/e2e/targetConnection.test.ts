import assert from 'node:assert/strict';
import type { OnPremises } from '../lab/onPremises/onPremises.ts';
import { startOnPremises } from '../lab/onPremises/onPremises.ts';
import { DetailsPage } from './harness/detailsPage.ts';
import { useStage } from './harness/stage.ts';
import { TargetWizard } from './harness/targetWizard.ts';
import { until } from './harness/until.ts';

const ntlm = 'Windows sign-in (NTLM)';
const certificate = 'TLS and certificate';
/** With the warning of the certificate. */
const verified = 'Verified with warnings';

describe('Connecting a target Exchange server', () => {
  const stage = useStage();
  let server: OnPremises;
  before(async () => {
    server = await startOnPremises({ state: { version: 'SE' } });
  });
  afterEach(() => server.reset());
  after(() => server.close());

  const host = (): string => new URL(server.description.ews).host;
  const spoken = (name: string, status: string): string => `${name}, server ${host()}, ${status}`;

  it('goes from the palette over its three steps to the verified row', async () => {
    const { workbench } = stage;
    const wizard = await TargetWizard.openNew(workbench);
    await workbench.screenshot('target-server');
    await wizard.button('Next').click();
    await wizard.untilError('Server', /^Enter the server’s name/);
    await wizard.server('Headquarters', server.description.ews, server.description.ca);
    await wizard.button('Next').click();
    await wizard.untilError('User name', /^Enter the account’s user name\.$/);
    await wizard.credentials(server, ntlm);
    await workbench.screenshot('target-credentials');
    await wizard.next();
    await wizard.configure();
    await workbench.screenshot('target-passed');
    const { [certificate]: ofCertificate, ...outcomes } = await wizard.outcomes();
    assert.equal(ofCertificate, 'passed with a warning', 'the lab’s certificate ends within 30 days');
    assert.equal(Object.keys(outcomes).length, 8);
    assert.deepEqual([...new Set(Object.values(outcomes))], ['passed'], JSON.stringify(outcomes));
    await wizard.finish();
    await workbench.row(spoken('Headquarters', verified)).waitFor();
    assert.deepEqual(await workbench.notifications(), []);
  });

  it('says what is wrong with the password, and keeps what was filled in', async () => {
    const { workbench } = stage;
    const wizard = await TargetWizard.openNew(workbench);
    await wizard.server('Wrong', server.description.ews, server.description.ca);
    await wizard.credentials(server, ntlm);
    await wizard.fill({ texts: { Password: 'wrong' } });
    await wizard.next();
    await wizard.configure();
    assert.equal(await wizard.outcome('Sign in to the server'), 'failed');
    await workbench.screenshot('target-failed');
    await wizard.back();
    await wizard.credentials(server, 'Basic authentication');
    await wizard.next();
    await wizard.configureAndFinish();
    await workbench.row(spoken('Wrong', verified)).waitFor();
  });

  it('is managed as a source is: renamed, duplicated, its details and report, deleted', async () => {
    const { workbench } = stage;
    await workbench.contextMenu('Wrong', 'Rename…');
    await workbench.quickInput.answer('Branch');
    await workbench.row(spoken('Branch', verified)).waitFor();

    const page = await DetailsPage.open(workbench, 'Branch');
    await page.status(verified).waitFor();
    assert.equal(await page.fact('EWS address').innerText(), server.description.ews);
    await workbench.contextMenu('Branch', 'Copy Report');
    await until('the report is on the clipboard', async () =>
      (await workbench.clipboard()).startsWith('# Verification of Branch'),
    );

    await workbench.contextMenu('Branch', 'Duplicate…');
    const wizard = new TargetWizard(workbench);
    await wizard.heading('New Exchange server connection').waitFor();
    assert.equal(await wizard.field('Connection name').inputValue(), 'Branch (2)');
    await wizard.cancel();

    await workbench.contextMenu('Branch', 'Delete…');
    await workbench.dialogButton('Delete').click();
    await workbench.row(spoken('Branch', verified)).waitFor({ state: 'detached' });
    await workbench.row(spoken('Headquarters', verified)).waitFor();
  });
});
