import { spoken } from './harness/connect.ts';
import { secretValues } from './harness/credentials.ts';
import { tabTo, untilFocused } from './harness/keys.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

describe('The wizard by keyboard alone', () => {
  const stage = useStage();

  it('goes from the palette to the finished connection', async () => {
    const { workbench } = stage;
    const { keyboard } = workbench.page;
    const texts = secretValues(stage.lab, 'Keys only').texts ?? {};
    const wizard = new Wizard(workbench);

    await keyboard.press('F1');
    await workbench.quickInput.input.waitFor();
    await keyboard.type('Exchange Migration: Office 365 Connection');
    await workbench.quickInput.option('Exchange Migration: Office 365 Connection…').waitFor();
    await keyboard.press('Enter');
    await wizard.heading('New Office 365 connection').waitFor();
    await untilFocused(workbench, 'Connection name');

    // Enter in a field goes on; the first faulty field gets the focus and is told apart.
    await keyboard.press('Enter');
    await wizard.untilError('Connection name', /^Enter a name for the connection\.$/);
    await untilFocused(workbench, 'Connection name');
    await type('Connection name');
    await keyboard.press('Enter');
    await untilFocused(workbench, 'Tenant');
    await keyboard.press('Shift+Tab');
    await untilFocused(workbench, 'Cloud');
    await keyboard.press('End');
    await wizard.field('Authority').waitFor();

    await tabTo(workbench, 'Tenant');
    await type('Tenant');
    await keyboard.press('Tab');
    await untilFocused(workbench, 'App registration with certificate');
    await keyboard.press('ArrowDown');
    await untilFocused(workbench, 'App registration with client secret');
    for (const label of ['Application (client) ID', 'Client secret (value)', 'Mailbox to test with']) {
      await tabTo(workbench, label);
      await type(label);
    }
    await tabTo(workbench, 'Advanced');
    await keyboard.press('Space');
    await wizard.field('Authority').waitFor({ state: 'hidden' });
    await keyboard.press('Space');
    for (const label of ['EWS address', 'Authority']) {
      await tabTo(workbench, label);
      await type(label);
    }
    await tabTo(workbench, 'Next');
    await keyboard.press('Enter');
    await untilFocused(workbench, 'Configuration');
    await tabTo(workbench, 'Configure');
    await keyboard.press('Space');
    await wizard.summary.getByText('All 12 checks passed.').waitFor();
    await untilFocused(workbench, 'Run again');

    await tabTo(workbench, 'Details: Sign in');
    await keyboard.press('Enter');
    await wizard.check('Sign in').locator('.exchanges').waitFor();
    await tabTo(workbench, 'Finish');
    await keyboard.press('Enter');
    const row = workbench.row(spoken(stage, 'Keys only', 'Verified'));
    await row.waitFor();
    await until('the row of the new connection has the focus', async () =>
      (await row.getAttribute('class'))?.split(' ').includes('focused'),
    );
    await keyboard.press('ArrowRight');
    await workbench.row('Sign in, Passed').waitFor();

    async function type(label: string): Promise<void> {
      await keyboard.type(texts[label] ?? '');
    }
  });
});
