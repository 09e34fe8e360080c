import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConnectionStore } from '../../../src/connections/connectionStore.ts';
import { DefinitionFiles } from '../../../src/connections/definitionFiles.ts';
import { sourceKind } from '../../../src/connections/sourceConnection.ts';
import type { ConnectionSettings, SourceConnection } from '../../../src/connections/sourceConnection.ts';
import { settingsOf } from '../../../src/connections/sourceConnection.ts';
import { AccountSignIn } from '../../../src/identity/account/accountSignIn.ts';
import { keyWorkshop } from '../../../src/identity/certificate/keyWorkshop.ts';
import { graphCommandLineTools, Registrar } from '../../../src/identity/registration/registrar.ts';
import * as msal from '../../../src/identity/signIn.ts';
import { ConnectionVerifier } from '../../../src/verification/connectionVerifier.ts';
import { HistoryFiles } from '../../../src/verification/historyFiles.ts';
import { sourceChecks } from '../../../src/verification/sourceChecks.ts';
import { VerificationFiles } from '../../../src/verification/verificationFiles.ts';
import { emptyForm, formOf } from '../../../src/webview/credentialsForm.ts';
import type {
  CredentialsForm,
  FromPage,
  PageState,
  SecretInputs,
  ToPage,
  WizardView,
} from '../../../src/webview/protocol.ts';
import { WizardController } from '../../../src/webview/wizardController.ts';
import type { PickedFile } from '../../../src/webview/wizardFiles.ts';
import { MemoryVault } from './memoryVault.ts';
import { TestWizardUi } from './testWizardUi.ts';
import { until } from './until.ts';
import type { VerificationBench } from './verificationBench.ts';

export const noSecrets: SecretInputs = { clientSecret: '', password: '', passphrase: '' };

/** Everything around a wizard but VS Code and the page: a store in a folder, a vault, the lab. */
export class WizardBench {
  readonly vault = new MemoryVault();
  readonly store: ConnectionStore;
  readonly records: VerificationFiles;
  readonly histories: HistoryFiles;
  readonly verifier: ConnectionVerifier;
  readonly folder: string;

  constructor(folder: string, bench: VerificationBench) {
    this.folder = join(folder, 'connections');
    this.store = new ConnectionStore(new DefinitionFiles(this.folder, sourceKind), sourceKind, this.vault);
    this.records = new VerificationFiles(join(folder, 'verifications'));
    this.histories = new HistoryFiles(this.records.folder);
    this.verifier = new ConnectionVerifier({
      store: this.store,
      records: this.records,
      histories: this.histories,
      checks: sourceChecks({
        library: bench.library,
        loadSignIn: () => Promise.resolve(msal.signInWithMsal),
        userAgent: 'ExchangeMigration/test',
        deadlineMs: () => 10_000,
      }),
    });
  }

  openNew(changes: Partial<PageState> = {}, restored = false): TestWizard {
    const state: PageState = { ...fresh('new'), form: emptyForm, ...changes };
    return new TestWizard(this, state, undefined, restored);
  }

  openSettings(connection: SourceConnection, restored = false): TestWizard {
    const form = formOf(settingsOf(connection));
    const state: PageState = {
      ...fresh(connection.id),
      connectionId: connection.id,
      form,
    };
    return new TestWizard(this, state, connection, restored);
  }
}

function fresh(draftId: string): Omit<PageState, 'form'> {
  return { draftId, attemptId: randomUUID(), step: 'credentials', advancedOpen: false };
}

/** The wizard of a source connection. */
export class TestWizard extends TestWizardUi<ToPage, SourceConnection> {
  /** Addresses that the browser was given. */
  readonly opened: string[] = [];
  browserOpens = true;
  readonly controller: WizardController;

  constructor(bench: WizardBench, state: PageState, existing: SourceConnection | undefined, restored: boolean) {
    super();
    const loadMsal = () => Promise.resolve(msal);
    const userAgent = 'ExchangeMigration/test';
    const keys = keyWorkshop(new URL('../../../src/identity/certificate/certificateWorker.ts', import.meta.url));
    const accountSignIn = new AccountSignIn({
      loadMsal,
      userAgent,
      openBrowser: (url) => {
        this.opened.push(url);
        return Promise.resolve(this.browserOpens);
      },
    });
    this.controller = new WizardController({
      store: bench.store,
      verifier: bench.verifier,
      keys,
      accountSignIn,
      registrar: new Registrar({ accountSignIn, loadMsal, keys, userAgent, clientId: () => graphCommandLineTools }),
      signInWay: 'browser',
      later: (_, work) => {
        this.planned = work;
        return () => {
          this.planned = undefined;
        };
      },
      ui: this,
      grantPermission: (settings) => this.grant(settings),
      usedBy: () => Promise.resolve(this.usedBy),
      versions: 'test',
      l10nBundle: undefined,
      additionalCa: existing?.additionalCa,
      keepAdditionalCa: () => undefined,
      heading: 'Test',
      state,
      restored,
      ...(existing && { existing }),
    });
  }

  /** What the administrator does who is to grant the permission. */
  grant: (settings: ConnectionSettings) => Promise<boolean> = () => Promise.resolve(false);

  /** Nothing of a source is asked in a dialog. */
  confirm(): Promise<boolean> {
    return Promise.reject(new Error('Asked.'));
  }

  readonly notices: string[] = [];
  /** What is put off, to be done by the test. */
  planned: (() => void) | undefined;

  notify(text: string): void {
    this.notices.push(text);
  }

  get view(): WizardView {
    const last = this.posted.findLast((message) => message.type === 'view' || message.type === 'open');
    if (last === undefined) throw new Error('The page has been shown nothing.');
    return last.view;
  }

  /** The field that got the focus last. */
  get focus(): string | undefined {
    return this.posted.findLast((message) => message.type === 'focus')?.field;
  }

  send(message: FromPage): Promise<void> {
    return this.controller.handle(message);
  }

  next(form: CredentialsForm, secrets: Partial<SecretInputs> = {}): Promise<void> {
    return this.send({ type: 'next', form, secrets: { ...noSecrets, ...secrets } });
  }

  async configure(): Promise<void> {
    await this.send({ type: 'configure' });
    await until('the run ends', () => this.view.run.state !== 'running', 15_000);
  }
}

/** The form for the lab's tenant by client secret, except for its authorities: they are a file. */
export function labForm(bench: VerificationBench, changes: Partial<CredentialsForm> = {}): CredentialsForm {
  return { ...formOf(bench.settings()), name: 'Lab', ...changes };
}

export async function caFile(bench: VerificationBench): Promise<PickedFile> {
  return { fileName: 'ca.pem', bytes: await readFile(bench.lab.description.ca) };
}
