import type { OnPremises } from '../lab/onPremises/onPremises.ts';
import { startOnPremises } from '../lab/onPremises/onPremises.ts';
import { allThemes, lookInThemes } from './harness/look.ts';
import { useStage } from './harness/stage.ts';
import { TargetWizard } from './harness/targetWizard.ts';

describe('The wizard of a target in all kinds of themes', () => {
  const stage = useStage();
  let server: OnPremises;
  let wizard: TargetWizard;
  before(async () => {
    server = await startOnPremises({ state: { version: 'SE' } });
    wizard = await TargetWizard.openNew(stage.workbench);
  });
  after(() => server.close());

  const look = (state: string): Promise<void> => lookInThemes(stage.workbench, allThemes, `target-${state}`);

  it('has nothing to criticise in the step of the server: with errors, and filled in', async () => {
    await wizard.button('Next').click();
    await wizard.untilError('Server', /^Enter the server’s name/);
    await look('server-errors');
    await wizard.chooseAdditionalCa(server.description.ca);
    await wizard.fill({ texts: { 'Connection name': 'Headquarters', Server: 'reception@localhost' } });
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
