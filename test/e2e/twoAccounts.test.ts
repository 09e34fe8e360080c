import assert from 'node:assert/strict';
import type { DescribedUser } from '../lab/description.ts';
import { AccountField } from './harness/accountField.ts';
import { spoken } from './harness/connect.ts';
import { accountValues, administrator, ordinaryUser } from './harness/credentials.ts';
import { SignInPage } from './harness/signInPage.ts';
import { useStage } from './harness/stage.ts';
import { definitionFiles, readDefinition } from './harness/storage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';
import type { WorkbenchWindow } from './harness/workbenchWindow.ts';

/** One window's sign-in under way. */
interface Attempt {
  readonly name: string;
  readonly window: WorkbenchWindow;
  readonly account: AccountField;
  readonly code: string;
  readonly address: string;
}

describe('Two windows that sign accounts in at once', () => {
  const stage = useStage({ persistent: true, showsLabPages: true });
  let other: WorkbenchWindow;

  async function begin(window: WorkbenchWindow, name: string): Promise<Attempt> {
    await window.page.bringToFront();
    const wizard = await Wizard.openNew(window);
    await wizard.fill(accountValues(stage.lab, name));
    const account = new AccountField(wizard);
    return { name, window, account, ...(await account.askForCode()) };
  }

  async function enter({ window, address, code }: Attempt, person: DescribedUser): Promise<void> {
    const page = await SignInPage.enterCode(window, address, code);
    await page.signIn(person);
    await page.endsWith('You have signed in to the application on your device');
  }

  async function finish({ name, window, account: { wizard } }: Attempt, { email }: DescribedUser): Promise<void> {
    await window.page.bringToFront();
    await wizard.next();
    await wizard.configure();
    await wizard.check('Sign in').getByText(`Signed in as ${email}.`).waitFor();
    await wizard.finish();
    await window.row(spoken(stage, name, 'Verified')).waitFor();
  }

  it('each get the account that entered their code, and keep it', async () => {
    stage.lab.patch({ entra: { deviceCodeIntervalSeconds: 0.2 } });
    const [boss, clerk] = [administrator(stage.lab), ordinaryUser(stage.lab)];
    const first = await begin(stage.workbench, 'First');
    // Now: VS Code's first webview may stay empty when another window of the same browser starts at that moment.
    other = await stage.workbench.secondWindow();
    await other.openSideBar();
    const second = await begin(other, 'Second');
    assert.notEqual(first.code, second.code);

    await enter(second, clerk);
    await second.account.says(`Signed in as ${clerk.email}.`);
    await first.account.says('Waiting until the code');
    await enter(first, boss);
    await first.account.says(`Signed in as ${boss.email}.`);
    await second.account.says(`Signed in as ${clerk.email}.`);

    await finish(first, boss);
    await finish(second, clerk);
    const files = await definitionFiles(stage.workbench);
    const definitions = await Promise.all(files.map(async (file) => readDefinition(stage.workbench, file)));
    const accounts = definitions.map((text) => /"name": "(\w+)"[^]*"userName": "([^"]+)"/.exec(text)?.slice(1, 3));
    assert.deepEqual(
      new Map(accounts.filter(isPair)),
      new Map([
        ['First', boss.email],
        ['Second', clerk.email],
      ]),
    );
  });

  it('verify both at once, each with its own', async () => {
    const { lab, workbench } = stage;
    const asked = (operation: string): number => lab.requests().filter((each) => each.operation === operation).length;
    await workbench.rowAction('First', 'Verify');
    await other.rowAction('Second', 'Verify');
    await until('both have exported an item', () => asked('token') === 2 && asked('ExportItems') === 2);
    for (const [window, name, { email }] of [
      [workbench, 'First', administrator(lab)],
      [other, 'Second', ordinaryUser(lab)],
    ] as const) {
      await window.page.bringToFront();
      await window.expand(spoken(stage, name, 'Verified'));
      await window.row(`Sign in, Passed, Signed in as ${email}.`).waitFor();
    }
  });
});

function isPair(match: readonly string[] | undefined): match is [string, string] {
  return match?.length === 2;
}
