import assert from 'node:assert/strict';
import type { OnPremises } from '../lab/onPremises/onPremises.ts';
import { startOnPremises } from '../lab/onPremises/onPremises.ts';
import { DetailsPage } from './harness/detailsPage.ts';
import { allThemes, lookInThemes } from './harness/look.ts';
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
    await wizard.button('Next').click();
    await wizard.untilError('Server', /^Enter the server’s name/);
    await wizard.server('Headquarters', server.description.ews, server.description.ca);
    await wizard.button('Next').click();
    await wizard.untilError('User name', /^Enter the account’s user name\.$/);
    await wizard.credentials(server, ntlm);
    await wizard.next();
    await wizard.configure();
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
    await wizard.back();
    await wizard.credentials(server, 'Basic authentication');
    await wizard.next();
    await wizard.configureAndFinish();
    await workbench.row(spoken('Wrong', verified)).waitFor();
  });

  it('is managed as a source is: renamed, duplicated, its details and report, deleted', async () => {
    const { workbench } = stage;
    await workbench.contextMenuAsking('Wrong', 'Rename…');
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

  describe('in all kinds of themes', () => {
    let wizard: TargetWizard;
    before(async () => {
      wizard = await TargetWizard.openNew(stage.workbench);
    });
    const look = (state: string): Promise<void> => lookInThemes(stage.workbench, allThemes, `target-${state}`);

    it('has nothing to criticise in the step of the server: with errors, and filled in', async () => {
      await wizard.button('Next').click();
      await wizard.untilError('Server', /^Enter the server’s name/);
      await look('server-errors');
      await wizard.chooseAdditionalCa(server.description.ca);
      await wizard.fill({ texts: { 'Connection name': 'Branch', Server: 'reception@localhost' } });
      await look('server');
    });

    it('has nothing to criticise in the step of the credentials: with a server that Autodiscover does not find', async () => {
      await wizard.button('Next').click();
      await wizard.heading('Admin credentials').waitFor();
      await wizard.credentials(server, 'Windows sign-in (NTLM)');
      await wizard.button('Next').click();
      await wizard.content.getByText('No Autodiscover was found for reception@localhost.').waitFor();
      await look('not-found');
    });

    it('has nothing to criticise in the last step: failed, and passed', async () => {
      await wizard.button('Back').click();
      await wizard.field('Server').waitFor();
      await wizard.fill({ texts: { Server: server.description.ews } });
      await wizard.button('Next').click();
      await wizard.heading('Admin credentials').waitFor();
      server.patch({ authentication: { offered: ['Basic'] } });
      await wizard.next();
      await wizard.configure();
      await wizard.check('Sign in to the server').locator('.finding').scrollIntoViewIfNeeded();
      await look('failed');
      server.reset();
      await wizard.configure();
      await look('passed');
      await wizard.finish();
    });
  });
});
