import assert from 'node:assert/strict';
import { spoken } from './harness/connect.ts';
import { cloudValues } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { Wizard } from './harness/wizard.ts';

const worldwide = 'Worldwide (and GCC)';

/** Nothing but a cloud's name is given: all addresses are the extension's own, and VS Code's proxy leads to the lab. */
describe('A cloud by its real host names', () => {
  const stage = useStage({ throughProxy: true });

  async function verified(name: string, cloud: string): Promise<Wizard> {
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(cloudValues(stage.lab, name, cloud));
    await wizard.next();
    await wizard.configure();
    return wizard;
  }

  async function allPassed(wizard: Wizard, address: string): Promise<void> {
    const outcomes = await wizard.outcomes();
    assert.equal(Object.keys(outcomes).length, 12);
    assert.deepEqual([...new Set(Object.values(outcomes))], ['passed'], JSON.stringify(outcomes));
    await wizard.check('Find the EWS address').getByText(`${address}, found by Autodiscover.`).waitFor();
  }

  it('is worldwide, and passes every check', async () => {
    const wizard = await verified('Worldwide', worldwide);
    await allPassed(wizard, 'https://outlook.office365.com/EWS/Exchange.asmx');
    await wizard.finish();
    await stage.workbench.row(spoken(stage, 'Worldwide', 'Verified')).waitFor();
  });

  it('says how long EWS lasts and what to run, and checks again in an hour', async () => {
    stage.lab.patch({ ews: { enabled: false } });
    const wizard = await verified('Switched off', worldwide);
    const check = wizard.check('Time left for EWS');
    await check.getByText(/EWS is off here, and can be switched on again for \d+ more days\./).waitFor();
    await check.getByRole('button', { name: 'Check again in an hour' }).click();
    await wizard.content.getByText(/^The checks run again at .+ while VS Code is open\.$/).waitFor();
    await wizard.saveWithoutVerification();
    await stage.workbench.row(spoken(stage, 'Switched off', 'Failed')).waitFor();
  });

  it('is another than the tenant’s, which one press puts right', async () => {
    stage.lab.patch({ entra: { cloud: 'gccHigh' } });
    const wizard = await verified('Elsewhere', worldwide);
    assert.equal(await wizard.outcome('Reach the sign-in service'), 'failed');
    await wizard.button('Change to US Government GCC High and run again').click();
    await wizard.button('Finish').waitFor();
    await allPassed(wizard, 'https://outlook.office365.us/EWS/Exchange.asmx');
    await wizard.finish();
    await stage.workbench.row(spoken(stage, 'Elsewhere', 'Verified')).waitFor();
  });
});
