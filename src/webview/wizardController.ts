import * as l10n from '@vscode/l10n';
import type { SourceConnection } from '../connections/sourceConnection.ts';
import { StoreError } from '../connections/storeError.ts';
import { storeErrorText } from '../connections/storeErrorText.ts';
import { scopedAccessCommands } from '../verification/findings/scopedAccess.ts';
import { markdownReport } from '../verification/report/markdownReport.ts';
import { reportOf } from '../verification/report/reportModel.ts';
import { cloudChoices, methodChoices } from './choices.ts';
import type { FieldId, FromPage, PageState, ToPage, WizardView } from './protocol.ts';
import { WizardAccount } from './wizardAccount.ts';
import { WizardFiles } from './wizardFiles.ts';
import { WizardForm } from './wizardForm.ts';
import type { WizardOptions } from './wizardOptions.ts';
import { WizardRegistration } from './wizardRegistration.ts';
import type { RegisteredIdentity } from './wizardRegistration.ts';
import { WizardRun } from './wizardRun.ts';
import { secretField, WizardSecrets } from './wizardSecrets.ts';

/** The wizard's host side: what the page does comes in as messages, what it shows goes out as views. */
export class WizardController {
  readonly #options: WizardOptions;
  readonly #files: WizardFiles;
  readonly #account: WizardAccount;
  readonly #secrets: WizardSecrets;
  readonly #run: WizardRun;
  readonly #form: WizardForm;
  readonly #registration: WizardRegistration;
  #notice: WizardView['notice'];
  #busy = false;
  #basedOn: string | undefined;
  #disposed = false;
  /** Messages are handled one after the other, as the user did things. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: WizardOptions) {
    this.#options = options;
    this.#basedOn = options.existing?.revision;
    this.#files = new WizardFiles(options.keys);
    this.#files.adopt(options.additionalCa);
    this.#account = new WizardAccount(options.accountSignIn, () => this.#show());
    this.#secrets = new WizardSecrets(options.store, options.existing, { files: this.#files, account: this.#account });
    this.#run = new WizardRun(options.verifier, () => this.#show());
    this.#form = new WizardForm({
      ...{ store: options.store, existing: options.existing, state: options.state },
      ...{ files: this.#files, account: this.#account, secrets: this.#secrets },
    });
    this.#registration = new WizardRegistration({
      registrar: options.registrar,
      attempt: options.state.attemptId,
      show: () => this.#show(),
      onRegistered: (identity) => this.#registered(identity),
      onRemoved: (clientId) => this.#removed(clientId),
    });
  }

  /** What is worth keeping when the page is closed. Never a secret. */
  get state(): PageState {
    return this.#form.state;
  }

  /** Handles a message once those before it have been handled. Rejects with what nobody foresaw. */
  handle(message: FromPage): Promise<void> {
    if (isCancel(message)) {
      this.#cancel(message); // Not behind what is being waited for.
      return Promise.resolve();
    }
    const done = this.#queue.then(() => this.#handle(message));
    this.#queue = done.catch(() => undefined); // The caller reports it; the next message has its own chance.
    return done;
  }

  #cancel({ type }: Cancel): void {
    if (type === 'cancel') this.#run.cancel();
    else (type === 'cancelSignIn' ? this.#account : this.#registration).cancel();
  }

  /** The page is gone: nothing is posted to it from now on. */
  dispose(): void {
    this.#disposed = true;
    this.#run.dispose();
    this.#registration.dispose();
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

  async #handle(message: Exclude<FromPage, Cancel>): Promise<void> {
    const { ui } = this.#options;
    switch (message.type) {
      case 'ready':
        return this.#open();
      case 'changed':
        this.#form.setState({ form: message.form, advancedOpen: message.advancedOpen });
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
        await this.#judge('additionalCa');
        return;
      case 'signIn':
        return this.#signIn(message);
      case 'registrationSignIn':
        return this.#registrationSignIn(message);
      case 'register':
        this.#form.set(message.form);
        void this.#registration.register(message.extras, this.#form.settings());
        return;
      case 'removeRegistered':
        return this.#removeRegistered();
      case 'copyScript':
        return this.#copyScript(message);
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
    const hasSecret = this.#secrets.has(this.#form.inputs.method);
    if (restored && this.#notice === undefined && !hasSecret) {
      this.#notice = {
        severity: 'info',
        text: l10n.t('Secrets are not kept while the wizard is closed. Enter the secret again.'),
      };
    }
    this.#post({ type: 'open', view: this.#view(), state: this.#form.state, ...(l10nBundle && { l10n: l10nBundle }) });
    // Without its secret, on another machine or after an import, that is what one opens the settings for.
    if (existing && !hasSecret) this.#post({ type: 'focus', field: secretField[this.#form.inputs.method] });
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
    this.#form.take(form, secrets);
    if (field === 'passphrase') {
      await this.#files.tryPassphrase(secrets.passphrase);
      await this.#judge('passphrase', 'certificate'); // What it opened may be faulty itself.
      return;
    }
    if (field === 'tenant') await this.#proposeName();
    await this.#judge(field);
  }

  async #proposeName(): Promise<void> {
    const name = await this.#form.proposeName();
    if (name !== undefined) this.#post({ type: 'fill', form: { name } });
  }

  async #chooseCertificate({ form, secrets }: Extract<FromPage, { type: 'chooseCertificate' }>): Promise<void> {
    this.#form.take(form, secrets);
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
    this.#form.setState({ form });
    const file = await this.#options.ui.chooseFile('additionalCa');
    if (!file) return;
    this.#files.chooseAdditionalCa(file);
    this.#options.keepAdditionalCa(this.#files.additionalCa);
    await this.#judge('additionalCa');
  }

  /** Does not wait for the person: the other fields can be filled in meanwhile. */
  async #signIn({ way, form, secrets }: Extract<FromPage, { type: 'signIn' }>): Promise<void> {
    this.#form.take(form, secrets);
    if (!(await this.#isFilledIn('tenant', 'clientId', 'ewsUrl', 'authorityUrl'))) return;
    void this.#account.start(way, this.#form.settings()).then(async () => {
      if (!this.#disposed) await this.#judge(...(this.#account.secret ? (['account'] as const) : []));
    });
  }

  /** Does not wait for the person either. */
  async #registrationSignIn({ way, form, secrets }: Extract<FromPage, { type: 'registrationSignIn' }>): Promise<void> {
    this.#form.take(form, secrets);
    if (!(await this.#isFilledIn('tenant', 'ewsUrl', 'authorityUrl', 'graphUrl'))) return;
    void this.#registration.signIn(way, this.#form.settings());
  }

  async #registered({ app, own, certificate }: RegisteredIdentity): Promise<void> {
    this.#files.takeCertificate(l10n.t('Made by the registration'), certificate);
    if (own) this.#form.setRegisteredApp({ objectId: app.id, clientId: app.appId });
    this.#choose({ method: 'appCertificate', clientId: app.appId });
    await this.#judge('clientId', 'certificate');
  }

  /** Nor is it waited for here that all is removed. */
  async #removeRegistered(): Promise<void> {
    const user = await this.#form.otherUserOf(this.#registration.clientId);
    if (user === undefined) {
      void this.#registration.remove();
      return;
    }
    this.#notice = { severity: 'error', text: l10n.t('The connection “{0}” uses this app, so it stays.', user) };
    this.#show();
  }

  async #removed(clientId: string): Promise<void> {
    if (this.#form.inputs.clientId !== clientId) return;
    this.#files.forgetCertificate();
    this.#form.setRegisteredApp(undefined);
    this.#choose({ clientId: '' });
    await this.#judge();
  }

  async #copyScript({ script, form, extras }: Extract<FromPage, { type: 'copyScript' }>): Promise<void> {
    this.#form.set(form);
    if (!(await this.#isFilledIn('tenant', 'ewsUrl', 'authorityUrl', 'graphUrl'))) return;
    await this.#options.ui.copy(this.#options.registrar.script(script, this.#form.settings(), extras));
  }

  /** Changes the form on the user's behalf, in the page too. */
  #choose(form: Extract<ToPage, { type: 'choose' }>['form']): void {
    this.#form.set(form);
    this.#post({ type: 'choose', form });
  }

  /** Sends the person to the first of these fields that is faulty. */
  async #isFilledIn(...needed: readonly FieldId[]): Promise<boolean> {
    const fault = await this.#judge(...needed);
    if (fault !== undefined) this.#post({ type: 'focus', field: fault });
    return fault === undefined;
  }

  async #next({ form, secrets }: Extract<FromPage, { type: 'next' }>): Promise<void> {
    this.#form.take(form, secrets);
    const fault = await this.#whileBusy(() => this.#judgeAll());
    if (fault !== undefined) {
      this.#post({ type: 'focus', field: fault });
      return;
    }
    this.#notice = undefined;
    this.#registration.forgetAdministrator();
    this.#run.resetUnless(this.#form.settings(), this.#secrets.typed(this.#form.inputs.method));
    this.#goTo('configuration');
  }

  /** Finds every fault of the form. @returns the first faulty field */
  async #judgeAll(): Promise<FieldId | undefined> {
    await this.#files.tryPassphrase(this.#secrets.inputs.passphrase);
    await this.#proposeName();
    return this.#form.judgeAll();
  }

  /** Back to the first step if something is faulty: names and secrets may have gone meanwhile. */
  async #isFaultless(): Promise<boolean> {
    const fault = await this.#judgeAll();
    if (fault !== undefined) this.#backTo(fault);
    return fault === undefined;
  }

  async #configure(): Promise<void> {
    if (!(await this.#isFaultless())) return;
    const secret = await this.#secrets.toUse(this.#form.inputs.method);
    if (!secret) {
      await this.#lookForSecret();
      await this.#isFaultless();
      return;
    }
    this.#notice = undefined;
    this.#run.start(this.#form.settings(), secret, this.#secrets.typed(this.#form.inputs.method));
  }

  async #chooseCloud(cloud: PageState['form']['cloud']): Promise<void> {
    if (this.#run.running) return;
    this.#choose({ cloud });
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
    const secret = this.#secrets.typed(this.#form.inputs.method);
    const saved = await store.save({
      settings: this.#form.settings(),
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
      this.#form.refuse('name', storeErrorText(error));
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
    await ui.copy(markdownReport(reportOf({ settings: this.#form.settings(), record, versions })));
  }

  async #judge(...fields: readonly FieldId[]): Promise<FieldId | undefined> {
    const fault = await this.#form.judge(...fields);
    this.#show();
    return fault;
  }

  #goTo(step: PageState['step']): void {
    this.#form.setState({ step });
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
    const userName = this.#form.storedAccountName;
    const { view } = this.#account;
    return view.state === 'signedOut' && this.#secrets.stored.account && userName !== undefined
      ? { state: 'signedIn', userName }
      : view;
  }

  #view(): WizardView {
    const certificate = this.#files.certificateView(
      this.#secrets.stored.certificate ? this.#form.storedCertificate : undefined,
    );
    const additionalCa = this.#files.additionalCaView;
    return {
      heading: this.#options.heading,
      editing: this.#options.existing !== undefined,
      step: this.#form.state.step,
      clouds: cloudChoices(),
      methods: methodChoices(),
      errors: this.#form.errors,
      stored: this.#secrets.stored,
      account: this.#accountView(),
      signInWay: this.#options.signInWay,
      registration: this.#registration.view,
      scopedAccessCommands: scopedAccessCommands({
        clientId: this.#form.inputs.clientId.trim(),
        mailbox: this.#form.inputs.testMailbox.trim(),
      }),
      ...(certificate && { certificate }),
      ...(additionalCa && { additionalCa }),
      ...(this.#notice && { notice: this.#notice }),
      busy: this.#busy,
      run: this.#run.view,
    };
  }
}

type Cancel = Extract<FromPage, { type: 'cancel' | 'cancelSignIn' | 'cancelRegistration' }>;

function isCancel(message: FromPage): message is Cancel {
  return ['cancel', 'cancelSignIn', 'cancelRegistration'].includes(message.type);
}
