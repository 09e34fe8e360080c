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
import type { PickedFile } from '../../../src/webview/wizardFiles.ts';
import type { WizardUi } from '../../../src/webview/wizardUi.ts';
import { MemoryVault } from './memoryVault.ts';
import type { TargetBench } from './targetBench.ts';
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

/** A wizard with a page that only remembers what it was told. */
export class TestTargetWizard implements WizardUi<ToTargetPage, TargetConnection> {
  readonly posted: ToTargetPage[] = [];
  readonly copied: string[] = [];
  readonly asked: string[] = [];
  /** What the next file dialog gives; undefined: it is cancelled. */
  file: PickedFile | undefined;
  /** What the user says when he is asked. */
  agrees = true;
  closed = false;
  saved: TargetConnection | undefined;
  /** Autodiscover. */
  find: (search: ServerSearch) => Promise<FoundServer> = () => Promise.reject(new Error('Nothing is to be found.'));
  readonly controller: TargetController;

  constructor({ store, verifier }: TargetWizardBench, form: TargetForm, existing: TargetConnection | undefined) {
    this.controller = new TargetController({
      ...{ store, verifier, ui: this, restored: false, heading: 'Test', l10nBundle: undefined },
      find: (search) => this.find(search),
      report: (settings, { outcome }) => `${settings.name}: ${outcome}`,
      additionalCa: existing?.additionalCa,
      keepAdditionalCa: () => undefined,
      state: { draftId: 'new', step: 'server', form, ...(existing && { connectionId: existing.id }) },
      ...(existing && { existing }),
    });
  }

  post(message: ToTargetPage): void {
    this.posted.push(message);
  }

  chooseFile(): Promise<PickedFile | undefined> {
    return Promise.resolve(this.file);
  }

  copy(text: string): Promise<void> {
    this.copied.push(text);
    return Promise.resolve();
  }

  openLink(): Promise<void> {
    return Promise.resolve();
  }

  openRequirements(): Promise<void> {
    return Promise.resolve();
  }

  openTroubleshooting(): Promise<void> {
    return Promise.resolve();
  }

  confirm(question: string): Promise<boolean> {
    this.asked.push(question);
    return Promise.resolve(this.agrees);
  }

  notify(): void {
    throw new Error('Nothing is to be told.');
  }

  finish(saved: TargetConnection): Promise<void> {
    this.saved = saved;
    this.close();
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
    this.controller.dispose();
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
