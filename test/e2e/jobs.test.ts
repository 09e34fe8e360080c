import assert from 'node:assert/strict';
import type { OnPremises } from '../lab/onPremises/onPremises.ts';
import { startOnPremises } from '../lab/onPremises/onPremises.ts';
import { grantGraph } from '../unit/lab/support/grantGraph.ts';
import { labApp, secretValues } from './harness/credentials.ts';
import { JobWizard } from './harness/jobWizard.ts';
import { useStage } from './harness/stage.ts';
import { TargetWizard } from './harness/targetWizard.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

describe('A migration job', () => {
  const stage = useStage({ lab: { mailboxes: 5 } });
  let server: OnPremises;
  before(async () => {
    server = await startOnPremises();
    const source = await Wizard.openNew(stage.workbench);
    const { texts, ...values } = secretValues(stage.lab, 'Contoso');
    await source.fill({ ...values, texts: { ...texts, 'Graph address': new URL(stage.lab.description.graph).origin } });
    // The lab has one address, so what a token is for is told by the cloud only.
    await source.fill({ cloud: 'Worldwide (and GCC)' });
    await source.next();
    await source.configureAndFinish();
    const target = await TargetWizard.openNew(stage.workbench);
    await target.server('Headquarters', server.description.ews, server.description.ca);
    await target.credentials(server, 'Windows sign-in (NTLM)');
    await target.next();
    await target.configureAndFinish();
  });
  beforeEach(() =>
    grantGraph(stage.lab, labApp(stage.lab, 'Migration').clientId, ['User.Read.All', 'Reports.Read.All']),
  );
  afterEach(() => server.reset());
  after(() => server.close());

  it('is defined over its six steps, scanned and saved', async () => {
    const { workbench } = stage;
    const wizard = await JobWizard.openNew(workbench);
    await wizard.button('Next').click();
    await wizard.content.getByText('Enter a name for the job.', { exact: true }).waitFor();
    await wizard.field('Job name').fill('Wave 1');
    await workbench.screenshot('job-1-name');
    await wizard.next('Source mailboxes');
    await wizard.choose('Source server', 'Contoso');
    await wizard.open('From the directory');
    await wizard.row('Directory', /@/).waitFor();
    await workbench.screenshot('job-2-directory');
    await wizard.content.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
    await wizard.content
      .getByText(/^Chosen: \d+ mailboxes$/)
      .first()
      .waitFor();
    await workbench.screenshot('job-2-source');
    await wizard.next('Target mailboxes');
    await wizard.choose('Target server', 'Headquarters');
    await wizard.content
      .getByText(/have a target\./)
      .first()
      .waitFor();
    await workbench.screenshot('job-3-target');
    await wizard.next('What to migrate');
    await workbench.screenshot('job-4-content');
    await wizard.next('Schedule and speed');
    await workbench.screenshot('job-5-schedule');
    await wizard.next('Summary');
    await wizard.button('Scan').click();
    await wizard.button('Scan Again').waitFor();
    await workbench.screenshot('job-6-summary');
    await wizard.finish();
    await until('the row is there', async () =>
      (await workbench.rows().allInnerTexts()).some((text) => text.includes('Wave 1')),
    );
    await workbench.screenshot('job-7-view');
    assert.deepEqual(await workbench.notifications(), []);
  });
});
