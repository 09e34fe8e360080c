import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../../scripts/paths.ts';
import {
  accountValues,
  administrator,
  certificateValues,
  given,
  labApp,
  methods,
  secretValues,
  unregisteredValues,
} from './harness/credentials.ts';
import { allThemes, lookInThemes } from './harness/look.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

/** Pictures of the README and where they come from: made anew only when UPDATE_PICTURES=1. */
const pictures: Readonly<Record<string, string>> = {
  'wizard-passed-dark': 'wizard-passed.png',
  'wizard-failed-light': 'wizard-failed.png',
};

/** Walks the wizard through its states, and looks at each. */
describe('The wizard in all kinds of themes', () => {
  const stage = useStage({ showsLabPages: true });
  let wizard: Wizard;
  before(async () => {
    wizard = await Wizard.openNew(stage.workbench);
  });

  it('has nothing to criticise in step one: empty, with errors, with everything open', async () => {
    await look('credentials');
    await wizard.button('Next').click();
    await wizard.untilError('Tenant', /^Enter the tenant’s domain/);
    await look('credentials-errors');
    await wizard.scopedAccess.check();
    await wizard.button('How to give the app scoped access').click();
    await wizard.content.getByText('An administrator runs this once').scrollIntoViewIfNeeded();
    await look('credentials-scoped');
    await wizard.scopedAccess.uncheck();
    await wizard.method(methods.certificate).click();
    await wizard.chooseCloud('Custom');
    await wizard.fill(certificateValues(stage.lab, 'Contoso', given(labApp(stage.lab, 'Migration').pfxFile)));
    await wizard.field('Passphrase').waitFor();
    await wizard.chooseAdditionalCa(stage.lab.description.ca);
    await wizard.content.getByText('CN=Exchange Migration Lab CA').waitFor();
    await look('credentials-certificate');
  });

  it('has nothing to criticise where an account signs in: a code, a refusal', async () => {
    await wizard.fill(accountValues(stage.lab, 'Contoso'));
    await wizard.button('Sign in with a code').click();
    const copy = wizard.button('Copy code');
    await copy.scrollIntoViewIfNeeded();
    await look('account-code');
    await wizard.button('Cancel sign-in').click();
    stage.lab.patch({ entra: { publicClientFlows: false } });
    await wizard.button('Sign in with a code').click();
    await wizard.group('Account').getByText('wants a secret or certificate of its own').scrollIntoViewIfNeeded();
    await look('account-failed');
  });

  it('has nothing to criticise where an app is registered: the offer, the plan, a failure, the end', async () => {
    const { lab } = stage;
    lab.patch({ entra: { deviceCodeIntervalSeconds: 0.2 }, graph: { role: 'applicationAdministrator' } });
    await wizard.fill(unregisteredValues(lab, 'Contoso'));
    const registration = wizard.registration;
    await registration.open();
    await look('registration-offer');
    const page = await registration.signInWithCode();
    await page.signIn(administrator(lab));
    await page.endsWith('You have signed in');
    await registration.tick('Also let it list the mailboxes');
    await registration.says('may not consent to permissions of Microsoft Graph');
    await look('registration-plan');
    await wizard.button('Create').click();
    await registration.says('This account may not consent');
    await registration.says('This registration has created:');
    await look('registration-stopped');
    lab.patch({ graph: { role: 'globalAdministrator' } });
    await wizard.button('Try again').click();
    await registration.says('The app is registered and can sign in.');
    await look('registration-done');
    await wizard.button('Remove what was created').click();
    await registration.says('Everything that was created has been removed.');
  });

  it('has nothing to criticise in step two: not started, running, failed, passed', async () => {
    await wizard.fill(secretValues(stage.lab, 'Contoso'));
    await wizard.next();
    await look('configuration');
    stage.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    await wizard.button('Configure').click();
    await until('a check has passed', async () => (await wizard.outcome('Sign in')) === 'passed');
    await until('another one runs', async () => (await wizard.outcome('EWS access')) === 'running');
    await look('running');
    await wizard.button('Cancel').click();
    await wizard.button('Run again').waitFor();

    stage.lab.patch({ faults: [], ews: { appAllowed: false } });
    await wizard.configure();
    await wizard.button('Details: EWS access').click();
    await wizard.button('Details: EWS access').click();
    await wizard.check('EWS access').locator('.finding').scrollIntoViewIfNeeded();
    await look('failed');
    stage.lab.patch({ ews: { appAllowed: true } });
    await wizard.configure();
    await wizard.button('Details: Sign in').click();
    await look('passed-details');
    await wizard.finish();
  });

  it('has nothing to criticise in the settings of a verified connection, beside its row', async () => {
    await stage.workbench.expand('Contoso');
    await stage.workbench.row('Export one item, Passed').waitFor();
    wizard = await Wizard.openSettings(stage.workbench, 'Contoso');
    await look('settings');
    await wizard.next();
    await wizard.configure();
    await look('passed');
  });

  async function look(state: string): Promise<void> {
    await lookInThemes(stage.workbench, allThemes, `wizard-${state}`, updateReadme);
  }
});

async function updateReadme(picture: string): Promise<void> {
  const target = pictures[picture];
  if (target === undefined || process.env.UPDATE_PICTURES !== '1') return;
  const folder = path.join(projectRoot, 'docs', 'pictures');
  await mkdir(folder, { recursive: true });
  await copyFile(path.join(projectRoot, 'out', 'screenshots', `${picture}.png`), path.join(folder, target));
}
