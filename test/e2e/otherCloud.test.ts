import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { spoken } from './harness/connect.ts';
import { secretValues } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { Wizard } from './harness/wizard.ts';

describe('A tenant of another national cloud', () => {
  const stage = useStage();

  /** A wizard whose run has failed, set to the worldwide cloud but with the lab's addresses. */
  async function failed(name: string): Promise<Wizard> {
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(secretValues(stage.lab, name)); // Custom, which opens the fields for addresses
    await wizard.chooseCloud('Worldwide (and GCC)');
    await wizard.next();
    await wizard.configure();
    return wizard;
  }

  /** What a check offers to press. */
  const offers = (wizard: Wizard, check: string): Locator => wizard.check(check).locator('.finding vscode-button');

  /** Presses a remedy that runs the checks again, and waits for their end. */
  async function changeTo(wizard: Wizard, cloud: string): Promise<void> {
    await wizard.button(`Change to ${cloud} and run again`).click();
    await wizard.button('Finish').waitFor();
    assert.equal(await wizard.outcome('Reach the sign-in service'), 'passed');
    assert.equal(await wizard.outcome('Export one item'), 'passed');
  }

  async function finishAndLookInSettings(wizard: Wizard, name: string, cloud: string): Promise<void> {
    await wizard.finish();
    await stage.workbench.row(spoken(stage, name, 'Verified')).waitFor();
    const settings = await Wizard.openSettings(stage.workbench, name);
    await settings.untilCloud(cloud);
    await settings.cancel();
  }

  it('is told by the sign-in service, and one press changes the cloud and passes the checks', async () => {
    stage.lab.patch({ entra: { cloud: 'gccHigh' } });
    const wizard = await failed('Told');
    const { domain } = stage.lab.description.tenant;
    await wizard
      .check('Reach the sign-in service')
      .getByText(`The tenant ${domain} lives in the cloud US Government GCC High.`)
      .waitFor();
    assert.equal(await offers(wizard, 'Reach the sign-in service').count(), 1);
    await changeTo(wizard, 'US Government GCC High');
    await wizard.back();
    await wizard.untilCloud('US Government GCC High');
    await wizard.next();
    await finishAndLookInSettings(wizard, 'Told', 'US Government GCC High');
  });

  it('is named by the refused sign-in where the service tells nothing before, and can be chosen there', async () => {
    stage.lab.patch({ entra: { tenant: 'otherCloudUnnamed' } });
    const wizard = await failed('Refused');
    assert.equal(await wizard.outcome('Reach the sign-in service'), 'passed');
    assert.deepEqual(await offers(wizard, 'Sign in').allInnerTexts(), [
      'Change to US Government GCC High and run again',
      'Change to US Government DoD and run again',
    ]);
    stage.lab.patch({ entra: { tenant: 'present', cloud: 'dod' } }); // The lab is the service of both clouds.
    await changeTo(wizard, 'US Government DoD');
    await finishAndLookInSettings(wizard, 'Refused', 'US Government DoD');
  });
});
