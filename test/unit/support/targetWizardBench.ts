import { join } from 'node:path';
import { ConnectionStore } from '../../../src/connections/connectionStore.ts';
import { DefinitionFiles } from '../../../src/connections/definitionFiles.ts';
import { targetKind, targetSettingsOf } from '../../../src/connections/targetConnection.ts';
import type { TargetConnection, TargetSettings } from '../../../src/connections/targetConnection.ts';
import { ConnectionVerifier } from '../../../src/verification/connectionVerifier.ts';
import { HistoryFiles } from '../../../src/verification/historyFiles.ts';
import type { FoundServer, ServerSearch } from '../../../src/verification/target/findServer.ts';
import { targetChecks } from '../../../src/verification/targetChecks.ts';
import { VerificationFiles } from '../../../src/verification/verificationFiles.ts';
import { TargetController } from '../../../src/webview/targetController.ts';
import { emptyTargetForm, targetFormOf } from '../../../src/webview/targetForm.ts';
import type { FromTargetPage, TargetForm, TargetView, ToTargetPage } from '../../../src/webview/targetProtocol.ts';
import { MemoryVault } from './memoryVault.ts';
import type { TargetBench } from './targetBench.ts';
import { TestWizardUi } from './testWizardUi.ts';
import { until } from './until.ts';

/** What wizards of target connections work with. */
export class TargetWizardBench {
  readonly vault = new MemoryVault();
  readonly store: ConnectionStore<TargetSettings, TargetConnection>;
  readonly records: VerificationFiles;
  readonly verifier: ConnectionVerifier<TargetSettings, TargetConnection>;

  constructor(folder: string, { library }: TargetBench) {
    this.store = new ConnectionStore(new DefinitionFiles(join(folder, 'targets'), targetKind), targetKind, this.vault);
    this.records = new VerificationFiles(join(folder, 'verifications'));
    this.verifier = new ConnectionVerifier({
      store: this.store,
      records: this.records,
      histories: new HistoryFiles(this.records.folder),
      checks: targetChecks({ library, userAgent: 'ExchangeMigration/test', deadlineMs: () => 10_000 }),
    });
  }

  openNew(): TestTargetWizard {
    return new TestTargetWizard(this, emptyTargetForm, undefined);
  }

  openSettings(connection: TargetConnection): TestTargetWizard {
    return new TestTargetWizard(this, targetFormOf(targetSettingsOf(connection)), connection);
  }
}

/** The wizard of a target connection. */
export class TestTargetWizard extends TestWizardUi<ToTargetPage, TargetConnection> {
  readonly asked: string[] = [];
  /** What the user says when he is asked. */
  agrees = true;
  /** Autodiscover. */
  find: (search: ServerSearch) => Promise<FoundServer> = () => Promise.reject(new Error('Nothing is to be found.'));
  readonly controller: TargetController;

  constructor({ store, verifier }: TargetWizardBench, form: TargetForm, existing: TargetConnection | undefined) {
    super();
    this.controller = new TargetController({
      ...{ store, verifier, ui: this, restored: false, heading: 'Test', l10nBundle: undefined },
      find: (search) => this.find(search),
      report: (settings, { outcome }) => `${settings.name}: ${outcome}`,
      usedBy: () => Promise.resolve(this.usedBy),
      additionalCa: existing?.additionalCa,
      keepAdditionalCa: () => undefined,
      state: { draftId: 'new', step: 'server', form, ...(existing && { connectionId: existing.id }) },
      ...(existing && { existing }),
    });
  }

  confirm(question: string): Promise<boolean> {
    this.asked.push(question);
    return Promise.resolve(this.agrees);
  }

  notify(): void {
    throw new Error('Nothing is to be told.');
  }

  get view(): TargetView {
    const last = this.posted.findLast((message) => message.type === 'view' || message.type === 'open');
    if (last === undefined) throw new Error('The page has been shown nothing.');
    return last.view;
  }

  /** The field that got the focus last. */
  get focus(): string | undefined {
    return this.posted.findLast((message) => message.type === 'focus')?.field;
  }

  send(message: FromTargetPage): Promise<void> {
    return this.controller.handle(message);
  }

  next(form: TargetForm, password = ''): Promise<void> {
    return this.send({ type: 'next', form, secrets: { password } });
  }

  async configure(): Promise<void> {
    await this.send({ type: 'configure' });
    await until('the run ends', () => this.view.run.state !== 'running', 20_000);
  }
}
