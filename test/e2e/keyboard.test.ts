import assert from 'node:assert/strict';
import { spoken } from './harness/connect.ts';
import { secretValues } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

/** The accessible name of what has the focus in the page, as far as this page names things. */
const focusedName = `(() => {
  const element = document.activeElement;
  const by = (element?.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
  const label = by[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent;
  return (label ?? element?.textContent ?? '').trim();
})()`;

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
    await untilFocused('Connection name');

    // Enter in a field goes on; the first faulty field gets the focus and is told apart.
    await keyboard.press('Enter');
    await wizard.untilError('Connection name', /^Enter a name for the connection\.$/);
    await untilFocused('Connection name');
    await type('Connection name');
    await keyboard.press('Enter');
    await untilFocused('Tenant');
    await keyboard.press('Shift+Tab');
    await untilFocused('Cloud');
    await keyboard.press('End');
    await wizard.field('Authority').waitFor();

    await tabTo('Tenant');
    await type('Tenant');
    await keyboard.press('Tab');
    await untilFocused('App registration with certificate');
    await keyboard.press('ArrowDown');
    await untilFocused('App registration with client secret');
    for (const label of ['Application (client) ID', 'Client secret (value)', 'Mailbox to test with']) {
      await tabTo(label);
      await type(label);
    }
    await tabTo('Advanced');
    await keyboard.press('Space');
    await wizard.field('Authority').waitFor({ state: 'hidden' });
    await keyboard.press('Space');
    for (const label of ['EWS address', 'Authority']) {
      await tabTo(label);
      await type(label);
    }
    await tabTo('Next');
    await keyboard.press('Enter');
    await untilFocused('Configuration');
    await tabTo('Configure');
    await keyboard.press('Space');
    await wizard.summary.getByText('All 12 checks passed.').waitFor();
    await untilFocused('Run again');

    await tabTo('Details: Sign in');
    await keyboard.press('Enter');
    await wizard.check('Sign in').locator('.exchanges').waitFor();
    await tabTo('Finish');
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

    async function focused(): Promise<string> {
      return (await workbench.webviewFrame()).evaluate<string>(focusedName);
    }

    async function untilFocused(name: string): Promise<void> {
      await until(`"${name}" has the focus`, async () => (await focused()) === name);
    }

    /** Presses Tab until the element has the focus: a person would, and a trap on the way would be noticed. */
    async function tabTo(name: string): Promise<void> {
      const passed: string[] = [];
      while ((await focused()) !== name) {
        passed.push(await focused());
        assert.ok(passed.length < 40, `Tab does not lead to "${name}", only to ${passed.join(' | ')}`);
        await keyboard.press('Tab');
      }
    }
  });
});
