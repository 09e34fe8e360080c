import * as l10n from '@vscode/l10n';
import { nameFromTenant, uniqueName } from '../connections/connectionNames.ts';
import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { CertificateInfo, ConnectionSettings, SourceConnection } from '../connections/sourceConnection.ts';
import { StoreError } from '../connections/storeError.ts';
import { storeErrorText } from '../connections/storeErrorText.ts';
import type { AccountSignIn } from '../identity/account/accountSignIn.ts';
import type { ReadCertificate } from '../identity/certificate/readCertificate.ts';
import type { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import { scopedAccessCommands } from '../verification/findings/scopedAccess.ts';
import { markdownReport } from '../verification/report.ts';
import { cloudChoices, methodChoices } from './choices.ts';
import { settingsFromForm } from './credentialsForm.ts';
import type {
  FieldErrors,
  FieldId,
  FromPage,
  PageState,
  SecretInputs,
  SignInWay,
  ToPage,
  WizardView,
} from './protocol.ts';
import { firstFault, validateCredentials, validateField } from './validateCredentials.ts';
import type { ValidationFacts } from './validateCredentials.ts';
import { WizardAccount } from './wizardAccount.ts';
import { WizardFiles } from './wizardFiles.ts';
import type { PickedFile } from './wizardFiles.ts';
import { WizardRun } from './wizardRun.ts';
import { secretField, WizardSecrets } from './wizardSecrets.ts';

/** What the wizard asks of VS Code. */
export interface WizardUi {
  post(message: ToPage): void;
  chooseFile(kind: 'certificate' | 'additionalCa'): Promise<PickedFile | undefined>;
  copy(text: string): Promise<void>;
  openLink(link: string): Promise<void>;
  openRequirements(): Promise<void>;
  /** The wizard has ended; `saved` when it saved something. */
  close(saved?: SourceConnection): void;
}

export interface WizardOptions {
  readonly store: ConnectionStore;
  readonly verifier: ConnectionVerifier;
  readonly readCertificate: ReadCertificate;
  readonly accountSignIn: AccountSignIn;
  /** How an account signs in here unless the user wants otherwise. */
  readonly signInWay: SignInWay;
  readonly ui: WizardUi;
  readonly versions: string;
  /** The page's texts in the user's language; undefined: English. */
  readonly l10nBundle: { readonly [key: string]: string } | undefined;
  /** The connection that is edited; undefined: a new one. */
  readonly existing?: SourceConnection;
  /** Authorities to begin with. */
  readonly additionalCa: SourceConnection['additionalCa'];
  /** The user chose or removed them: they belong to the draft, which outlives a reload. */
  readonly keepAdditionalCa: (additionalCa: SourceConnection['additionalCa']) => void;
  readonly heading: string;
  /** Where to begin: an empty form, a duplicate's, or what a reload or a closed wizard left. */
  readonly state: PageState;
  /** A reload or closing has taken the secrets: say so. */
  readonly restored: boolean;
}

/** The wizard's host side: what the page does comes in as messages, what it shows goes out as views. */
export class WizardController {
  readonly #options: WizardOptions;
  readonly #files: WizardFiles;
  readonly #account: WizardAccount;
  readonly #secrets: WizardSecrets;
  readonly #run: WizardRun;
  #state: PageState;
  #errors: FieldErrors = {};
  #notice: WizardView['notice'];
  #busy = false;
  #basedOn: string | undefined;
  #disposed = false;
  /** Messages are handled one after the other, as the user did things. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: WizardOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#basedOn = options.existing?.revision;
    this.#files = new WizardFiles(options.readCertificate);
    this.#files.adopt(options.additionalCa);
    this.#account = new WizardAccount(options.accountSignIn, () => this.#show());
    this.#secrets = new WizardSecrets(options.store, options.existing, { files: this.#files, account: this.#account });
    this.#run = new WizardRun(options.verifier, () => this.#show());
  }

  /** What is worth keeping when the page is closed. Never a secret. */
  get state(): PageState {
    return this.#state;
  }

  /** Handles a message once those before it have been handled. Rejects with what nobody foresaw. */
  handle(message: FromPage): Promise<void> {
    if (message.type === 'cancel' || message.type === 'cancelSignIn') {
      (message.type === 'cancel' ? this.#run : this.#account).cancel(); // Not behind what is being waited for.
      return Promise.resolve();
    }
    const done = this.#queue.then(() => this.#handle(message));
    this.#queue = done.catch(() => undefined); // The caller reports it; the next message has its own chance.
    return done;
  }

  /** The page is gone: nothing is posted to it from now on. */
  dispose(): void {
    this.#disposed = true;
    this.#run.dispose();
    this.#secrets.forget();
  }

  /** Definitions changed, maybe in another window. */
  async noticeChange(): Promise<void> {
    const { existing, store } = this.#options;
    if (!existing || this.#basedOn === undefined) return;
    const { connections } = await store.list();
    const now = connections.find(({ id }) => id === existing.id);
    if (this.#busy || now?.revision === this.#basedOn) return; // Busy: it may be this wizard's own change.
    this.#notice = {
      severity: 'warning',
      text: now
        ? l10n.t(
            'This connection was changed elsewhere since this wizard was opened. Finish replaces that change; Cancel keeps it.',
          )
        : l10n.t('This connection was deleted elsewhere since this wizard was opened. Finish saves it again.'),
    };
    this.#show();
  }

  async #handle(message: Exclude<FromPage, { type: 'cancel' | 'cancelSignIn' }>): Promise<void> {
    const { ui } = this.#options;
    switch (message.type) {
      case 'ready':
        return this.#open();
      case 'changed':
        this.#state = { ...this.#state, form: message.form, advancedOpen: message.advancedOpen };
        return;
      case 'left':
        return this.#left(message);
      case 'chooseCertificate':
        return this.#chooseCertificate(message);
      case 'chooseAdditionalCa':
        return this.#chooseAdditionalCa(message);
      case 'removeAdditionalCa':
        this.#files.removeAdditionalCa();
        this.#options.keepAdditionalCa(undefined);
        return this.#judge('additionalCa');
      case 'signIn':
        return this.#signIn(message);
      case 'next':
        return this.#next(message);
      case 'back':
        this.#run.cancel();
        this.#goTo('credentials');
        return;
      case 'configure':
        return this.#configure();
      case 'chooseCloud':
        return this.#chooseCloud(message.cloud);
      case 'finish':
        return this.#run.canFinish ? this.#save() : undefined;
      case 'saveUnverified':
        return this.#save();
      case 'copyReport':
        return this.#copyReport();
      case 'copyText':
        return ui.copy(message.text);
      case 'openLink':
        return ui.openLink(message.link);
      case 'openRequirements':
        return ui.openRequirements();
      case 'close':
        ui.close();
    }
  }

  async #open(): Promise<void> {
    const { existing, verifier, restored, l10nBundle } = this.#options;
    verifier.warmUp();
    await this.#lookForSecret();
    const hasSecret = this.#secrets.has(this.#state.form.method);
    if (restored && this.#notice === undefined && !hasSecret) {
      this.#notice = {
        severity: 'info',
        text: l10n.t('Secrets are not kept while the wizard is closed. Enter the secret again.'),
      };
    }
    this.#post({ type: 'open', view: this.#view(), state: this.#state, ...(l10nBundle && { l10n: l10nBundle }) });
    // Without its secret, on another machine or after an import, that is what one opens the settings for.
    if (existing && !hasSecret) this.#post({ type: 'focus', field: secretField[this.#state.form.method] });
  }

  async #lookForSecret(): Promise<void> {
    try {
      await this.#secrets.lookUp();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#notice = { severity: 'error', text: storeErrorText(error) };
    }
  }

  async #left({ field, form, secrets }: Extract<FromPage, { type: 'left' }>): Promise<void> {
    this.#take(form, secrets);
    if (field === 'passphrase') {
      await this.#files.tryPassphrase(secrets.passphrase);
      await this.#judge('passphrase', 'certificate'); // What it opened may be faulty itself.
      return;
    }
    if (field === 'tenant') await this.#proposeName();
    await this.#judge(field);
  }

  async #proposeName(): Promise<void> {
    const { name, tenant } = this.#state.form;
    if (name.trim() !== '' || validateField('tenant', this.#state.form, await this.#facts()) !== undefined) return;
    const proposed = uniqueName(nameFromTenant(tenant), await this.#otherNames());
    this.#state = { ...this.#state, form: { ...this.#state.form, name: proposed } };
    this.#post({ type: 'fill', form: { name: proposed } });
  }

  async #chooseCertificate({ form, secrets }: Extract<FromPage, { type: 'chooseCertificate' }>): Promise<void> {
    this.#take(form, secrets);
    const file = await this.#options.ui.chooseFile('certificate');
    if (!file) return;
    await this.#files.chooseCertificate(file, secrets.passphrase);
    await this.#judge('certificate');
    // That a passphrase is needed is news, not a fault: its field appears and waits.
    if (this.#files.certificateView(undefined)?.needsPassphrase) {
      this.#post({ type: 'focus', field: 'passphrase' });
    }
  }

  async #chooseAdditionalCa({ form }: Extract<FromPage, { type: 'chooseAdditionalCa' }>): Promise<void> {
    this.#state = { ...this.#state, form };
    const file = await this.#options.ui.chooseFile('additionalCa');
    if (!file) return;
    this.#files.chooseAdditionalCa(file);
    this.#options.keepAdditionalCa(this.#files.additionalCa);
    await this.#judge('additionalCa');
  }

  /** Does not wait for the person: the other fields can be filled in meanwhile. */
  async #signIn({ way, form, secrets }: Extract<FromPage, { type: 'signIn' }>): Promise<void> {
    this.#take(form, secrets);
    const needed: FieldId[] = ['tenant', 'clientId', 'ewsUrl', 'authorityUrl'];
    await this.#judge(...needed);
    const fault = firstFault(Object.fromEntries(needed.map((field) => [field, this.#errors[field]])));
    if (fault !== undefined) {
      this.#post({ type: 'focus', field: fault });
      return;
    }
    void this.#account.start(way, this.#settings()).then(async () => {
      if (!this.#disposed) await this.#judge(...(this.#account.secret ? (['account'] as const) : []));
    });
  }

  async #next({ form, secrets }: Extract<FromPage, { type: 'next' }>): Promise<void> {
    this.#take(form, secrets);
    const fault = await this.#whileBusy(() => this.#judgeAll());
    if (fault !== undefined) {
      this.#post({ type: 'focus', field: fault });
      return;
    }
    this.#notice = undefined;
    this.#run.resetUnless(this.#settings(), this.#secrets.typed(this.#state.form.method));
    this.#goTo('configuration');
  }

  /** Finds every fault of the form. @returns the first faulty field */
  async #judgeAll(): Promise<FieldId | undefined> {
    await this.#files.tryPassphrase(this.#secrets.inputs.passphrase);
    await this.#proposeName();
    this.#errors = validateCredentials(this.#state.form, await this.#facts());
    return firstFault(this.#errors);
  }

  /** Back to the first step if something is faulty: names and secrets may have gone meanwhile. */
  async #isFaultless(): Promise<boolean> {
    const fault = await this.#judgeAll();
    if (fault !== undefined) this.#backTo(fault);
    return fault === undefined;
  }

  async #configure(): Promise<void> {
    if (!(await this.#isFaultless())) return;
    const secret = await this.#secrets.toUse(this.#state.form.method);
    if (!secret) {
      await this.#lookForSecret();
      await this.#isFaultless();
      return;
    }
    this.#notice = undefined;
    this.#run.start(this.#settings(), secret, this.#secrets.typed(this.#state.form.method));
  }

  async #chooseCloud(cloud: PageState['form']['cloud']): Promise<void> {
    if (this.#run.running) return;
    this.#state = { ...this.#state, form: { ...this.#state.form, cloud } };
    this.#post({ type: 'cloud', cloud });
    await this.#configure();
  }

  async #save(): Promise<void> {
    if (this.#run.running) return;
    try {
      if (!(await this.#isFaultless())) return;
      const saved = await this.#whileBusy(() => this.#store());
      this.#options.ui.close(saved);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#saveFailed(error);
    }
  }

  /** Definition and secret as one act; with a record of the verification if there was one. */
  async #store(): Promise<SourceConnection> {
    const { store, existing, verifier } = this.#options;
    const secret = this.#secrets.typed(this.#state.form.method);
    const saved = await store.save({
      settings: this.#settings(),
      ...(existing && { id: existing.id }),
      ...(this.#basedOn !== undefined && { basedOn: this.#basedOn }),
      ...(secret && { secret }),
    });
    this.#basedOn = saved.revision;
    try {
      if (this.#run.record) await verifier.keep(saved, this.#run.record);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error; // A result can be had again; the connection is saved.
    }
    return saved;
  }

  #saveFailed(error: StoreError): void {
    if (error.reason === 'nameTaken') {
      this.#errors = { name: storeErrorText(error) };
      this.#backTo('name');
      return;
    }
    this.#notice = { severity: 'error', text: storeErrorText(error) };
    this.#show();
  }

  async #copyReport(): Promise<void> {
    const record = this.#run.record;
    if (!record) return;
    const { versions, ui } = this.#options;
    await ui.copy(markdownReport({ settings: this.#settings(), record, versions }));
  }

  #take(form: PageState['form'], secrets: SecretInputs): void {
    this.#state = { ...this.#state, form };
    this.#secrets.take(secrets);
  }

  /** Judges some fields, and those that were faulty: another choice may have settled them. */
  async #judge(...left: FieldId[]): Promise<void> {
    const facts = await this.#facts();
    const fields = new Set<FieldId>([...left, ...(Object.keys(this.#errors) as FieldId[])]); // Its keys are fields.
    const errors: { [field in FieldId]?: string } = {};
    for (const each of fields) {
      const error = validateField(each, this.#state.form, facts);
      if (error !== undefined) errors[each] = error;
    }
    this.#errors = errors;
    this.#show();
  }

  async #facts(): Promise<ValidationFacts> {
    return {
      secrets: this.#secrets.inputs,
      stored: this.#secrets.stored,
      otherNames: await this.#otherNames(),
      ...this.#files.facts,
      account: this.#account.stateFor(this.#settings()),
    };
  }

  async #otherNames(): Promise<string[]> {
    const { connections } = await this.#options.store.list();
    return connections.filter(({ id }) => id !== this.#options.existing?.id).map(({ name }) => name);
  }

  #settings(): ConnectionSettings {
    const certificate = this.#files.certificateInfo ?? this.#storedCertificate();
    const additionalCa = this.#files.additionalCa;
    const accountName = this.#account.userName ?? this.#storedAccountName();
    return settingsFromForm(this.#state.form, {
      ...(accountName !== undefined && { accountName }),
      ...(certificate && { certificate }),
      ...(additionalCa && { additionalCa }),
    });
  }

  #storedCertificate(): CertificateInfo | undefined {
    const signIn = this.#options.existing?.signIn;
    return signIn?.method === 'appCertificate' ? signIn.certificate : undefined;
  }

  #storedAccountName(): string | undefined {
    const signIn = this.#options.existing?.signIn;
    return signIn?.method === 'account' ? signIn.userName : undefined;
  }

  #goTo(step: PageState['step']): void {
    this.#state = { ...this.#state, step };
    this.#show();
  }

  /** The page moves the focus only to what it shows already. */
  #backTo(field: FieldId): void {
    this.#goTo('credentials');
    this.#post({ type: 'focus', field });
  }

  async #whileBusy<T>(work: () => Promise<T>): Promise<T> {
    this.#busy = true;
    this.#show();
    try {
      return await work();
    } finally {
      this.#busy = false;
      this.#show();
    }
  }

  #show(): void {
    this.#post({ type: 'view', view: this.#view() });
  }

  #post(message: ToPage): void {
    if (!this.#disposed) this.#options.ui.post(message);
  }

  /** Who is signed in by what is stored shows as signed in, until somebody signs in here. */
  #accountView(): WizardView['account'] {
    const userName = this.#storedAccountName();
    const { view } = this.#account;
    return view.state === 'signedOut' && this.#secrets.stored.account && userName !== undefined
      ? { state: 'signedIn', userName }
      : view;
  }

  #view(): WizardView {
    const certificate = this.#files.certificateView(
      this.#secrets.stored.certificate ? this.#storedCertificate() : undefined,
    );
    const additionalCa = this.#files.additionalCaView;
    return {
      heading: this.#options.heading,
      editing: this.#options.existing !== undefined,
      step: this.#state.step,
      clouds: cloudChoices(),
      methods: methodChoices(),
      errors: this.#errors,
      stored: this.#secrets.stored,
      account: this.#accountView(),
      signInWay: this.#options.signInWay,
      scopedAccessCommands: scopedAccessCommands({
        clientId: this.#state.form.clientId.trim(),
        mailbox: this.#state.form.testMailbox.trim(),
      }),
      ...(certificate && { certificate }),
      ...(additionalCa && { additionalCa }),
      ...(this.#notice && { notice: this.#notice }),
      busy: this.#busy,
      run: this.#run.view,
    };
  }
}
