import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { OnPremises } from '../lab/onPremises/onPremises.ts';
import { startOnPremises } from '../lab/onPremises/onPremises.ts';
import { browserStorage } from './harness/browserStorage.ts';
import { spoken } from './harness/connect.ts';
import {
  accountValues,
  administrator,
  certificateValues,
  given,
  labApp,
  passwordValues,
  secretValues,
  unregisteredValues,
} from './harness/credentials.ts';
import { SignInPage } from './harness/signInPage.ts';
import { useStage } from './harness/stage.ts';
import { definitionFiles } from './harness/storage.ts';
import { TargetWizard } from './harness/targetWizard.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

/** Typed by mistake, and no less secret. */
const wrong = {
  secret: 'WRONG-secret~0123456789',
  password: 'WRONG-password-0123456789',
  passphrase: 'WRONG-phrase-01',
};

describe('Secrets and the page', () => {
  const stage = useStage({ showsLabPages: true });
  let server: OnPremises;
  before(async () => {
    server = await startOnPremises();
  });
  after(() => server.close());
  const ofTarget = () => server.description.accounts.find(({ name }) => name === 'Migration');
  /** Everything that was shown or copied on the way. */
  const seen: { readonly what: string; readonly text: string }[] = [];

  it('a message that is not one of the wizard’s is refused', async () => {
    const { workbench } = stage;
    const wizard = await Wizard.openNew(workbench);
    await wizard.fill(secretValues(stage.lab, 'Contoso'));
    await wizard.next();
    for (const message of [
      'finish',
      { type: 'runCommand', command: 'workbench.action.quit' },
      { type: 'openLink', link: 'command:workbench.action.quit' },
      { type: 'openLink', link: 'http://example.com/' },
      { type: 'finish', extra: true },
      { type: 'copyText', text: 'x'.repeat(20_001) },
    ]) {
      await wizard.postAsPage(message);
      await workbench.dismiss('An unexpected error occurred. The log has the details.');
    }
    // Allowed in itself, but nothing has been verified: Finish saves nothing.
    await wizard.postAsPage({ type: 'finish' });
    await wizard.configure();
    assert.deepEqual(await definitionFiles(workbench), []);
    assert.deepEqual(await workbench.notifications(), []);
    await wizard.finish();
    assert.equal((await definitionFiles(workbench)).length, 1);
  });

  it('secrets are typed, used, reported on, exported and thrown away in one long run', async () => {
    const { workbench } = stage;
    await workbench.runCommandAndPick('Developer: Set Log Level...', 'Trace');

    const app = labApp(stage.lab, 'Migration');
    await tryAndConnect(
      secretValues(stage.lab, 'By secret'),
      { 'Client secret (value)': wrong.secret },
      { 'Client secret (value)': given(app.secret) },
    );
    const password = passwordValues(stage.lab, 'By password');
    await tryAndConnect(password, { Password: wrong.password }, { Password: administrator(stage.lab).password });

    await signInByCode('By account');
    await register('By registration');
    await connectTarget('Basic authentication'); // By NTLM the password is not sent.
    const wizard = await Wizard.openNew(workbench);
    const byFile = certificateValues(stage.lab, 'By certificate', given(app.pfxFile));
    await wizard.fill({ ...byFile, texts: { Passphrase: wrong.passphrase, ...byFile.texts } });
    await wizard.untilError('Passphrase', /wrong/);
    await wizard.fill({ texts: { Passphrase: given(app.pfxPassphrase) } });
    await wizard.next();
    await wizard.configure();
    await note('the page with its details', wizard);
    await wizard.finish();
    await workbench.row(spoken(stage, 'By certificate', 'Verified')).waitFor();

    await workbench.runCommand('Exchange Migration: Export…');
    await workbench.quickInput.root.getByRole('checkbox', { name: /all/i }).first().check();
    await workbench.quickInput.accept();
    await workbench.quickInput.root.getByText('Export which connections?').waitFor({ state: 'hidden' });
    await workbench.chooseFile(path.join(workbench.folder, 'all.json'));
    await workbench.notification('6 definitions exported').waitFor();
    await workbench.contextMenu('By secret', 'Copy Report');
    await until('the report is copied', async () =>
      (await workbench.clipboard()).startsWith('# Verification of By sec'),
    );
    seen.push({ what: 'the report', text: await workbench.clipboard() });

    const half = await Wizard.openNew(workbench);
    await half.fill(secretValues(stage.lab, 'Half-filled'));
    await half.fill({ texts: { 'Client secret (value)': wrong.secret } });
    // A failure nobody foresaw goes into the log, without what caused it.
    await half.postAsPage({ type: 'next', secret: wrong.secret });
    const failure = workbench.notification('An unexpected error occurred.');
    await failure.getByRole('button', { name: 'Show Log' }).click();
    // VS Code's server lacks the module that writes logs, so there may be nothing in it.
    await workbench.page.locator('.part.panel .monaco-editor').waitFor();
    seen.push({ what: 'the log', text: await workbench.page.locator('.part.panel').innerText() });
    seen.push({ what: 'the notifications', text: (await workbench.notifications()).join('\n') });
    await workbench.reload((stored) => stored.includes('Half-filled'));
    await half.heading('New Office 365 connection').waitFor();
    await note('the page after a reload', half);
    seen.push({ what: 'the log of the tenant', text: JSON.stringify(stage.lab.requests()) });
  });

  it('secrets are in nothing that was shown, copied, logged or written', async () => {
    const { workbench } = stage;
    seen.push({ what: 'the memory of the browser', text: await browserStorage(workbench.page) });
    for (const folder of [path.dirname(workbench.userFolder), workbench.folder]) {
      for (const file of await filesIn(folder)) seen.push({ what: file, text: await readFile(file, 'latin1') });
    }
    assert.ok(
      seen.some(({ what }) => what.endsWith('all.json')),
      'the exported file is looked through',
    );
    assert.ok(
      seen.some(({ what }) => what.includes('verifications')),
      'the results of verifications are looked through',
    );
    assert.ok(
      seen.some(({ text }) => text.includes('Half-filled')),
      'the saved state of the page is looked through',
    );
    const leaks = seen.flatMap(({ what, text }) =>
      Object.entries(secrets())
        .filter(([, secret]) => forms(secret).some((form) => text.includes(form)))
        .map(([name]) => `${name} in ${what}`),
    );
    assert.deepEqual(leaks, []);
  });

  /** Fails first, with something wrong, then connects. */
  async function tryAndConnect(
    values: ReturnType<typeof secretValues>,
    bad: Readonly<Record<string, string>>,
    good: Readonly<Record<string, string>>,
  ): Promise<void> {
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(values);
    await wizard.fill({ texts: bad });
    await wizard.next();
    await wizard.configure();
    await note('the page with its failure', wizard);
    await wizard.back();
    await wizard.fill({ texts: good });
    await note('the page with its fields filled', wizard);
    await wizard.next();
    await wizard.configureAndFinish();
  }

  async function signInByCode(name: string): Promise<void> {
    stage.lab.patch({ entra: { deviceCodeIntervalSeconds: 0.2 } });
    const wizard = await Wizard.openNew(stage.workbench);
    await wizard.fill(accountValues(stage.lab, name));
    await wizard.button('Sign in with a code').click();
    const account = wizard.group('Account');
    const userCode = await account.locator('.user-code code').innerText();
    const page = await SignInPage.enterCode(
      stage.workbench,
      await account.locator('vscode-link').innerText(),
      userCode,
    );
    await page.signIn(administrator(stage.lab));
    await page.endsWith('You have signed in to the application on your device');
    await account.getByText(`Signed in as ${administrator(stage.lab).email}.`).waitFor();
    await note('the page with its account', wizard);
    await wizard.next();
    await wizard.configureAndFinish();
    await stage.workbench.rowAction(name, 'Verify'); // The refresh token is renewed and stored.
    await stage.workbench.row(spoken(stage, name, 'Verified')).waitFor();
  }

  /** Makes a key here, and uses an administrator's token for Graph. */
  async function register(name: string): Promise<void> {
    const wizard = await Wizard.openNew(stage.workbench);
    const { registration } = wizard;
    await wizard.fill(unregisteredValues(stage.lab, name));
    await registration.open();
    const page = await registration.signInWithCode();
    await page.signIn(administrator(stage.lab));
    await page.endsWith('You have signed in to the application on your device');
    await registration.button('Create').click();
    await registration.says('The app is registered and can sign in.');
    await note('the page with its registered app', wizard);
    await wizard.next();
    await wizard.configureAndFinish();
  }

  async function connectTarget(method: string): Promise<void> {
    const wizard = await TargetWizard.openNew(stage.workbench);
    await wizard.server(`Target by ${method}`, server.description.ews, server.description.ca);
    await wizard.credentials(server, method);
    await wizard.fill({ texts: { Password: wrong.password } });
    await wizard.next();
    await wizard.configure();
    await note('the page with a wrong password', wizard);
    await wizard.back();
    await wizard.credentials(server, method);
    await wizard.next();
    await wizard.configure();
    await note('the page with its target', wizard);
    await wizard.finish();
  }

  /** The page as its own markup has it, with every detail. */
  async function note(what: string, wizard: Wizard): Promise<void> {
    seen.push({ what, text: await (await wizard.window.webviewFrame()).content() });
  }

  function secrets(): Readonly<Record<string, string>> {
    const app = labApp(stage.lab, 'Migration');
    return {
      'the client secret': given(app.secret),
      'the password': administrator(stage.lab).password,
      'the passphrase': given(app.pfxPassphrase),
      'the private key': given(app.privateKey).split('\n')[3] ?? '',
      'a private key made here': '-----BEGIN PRIVATE KEY',
      'the password of a target': given(ofTarget()?.password ?? null),
      'its Basic credentials': `${ofTarget()?.logon ?? ''}:${ofTarget()?.password ?? ''}`,
      'a refresh token': 'labRefresh', // how the lab's begin
      'the cache of an account': 'credential_type',
      'a token': 'eyJ', // how the base64 of a token's header begins
      'a wrong secret': wrong.secret,
      'a wrong password': wrong.password,
      'a wrong passphrase': wrong.passphrase,
    };
  }
});

/** A secret as it is, in an address, in base64, and in base64 for addresses. */
function forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, encodeURIComponent(secret), bytes.toString('base64').replace(/=*$/, ''), bytes.toString('base64url')];
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
