import * as l10n from '@vscode/l10n';
import type { ConnectionSettings, SourceConnection } from '../connections/sourceConnection.ts';
import { StoreError } from '../connections/storeError.ts';
import { storeErrorText } from '../connections/storeErrorText.ts';
import { checkIds } from '../verification/verification.ts';
import { markdownReport } from '../verification/report/markdownReport.ts';
import { reportOf } from '../verification/report/reportModel.ts';
import type { FieldId, FromPage, PageState, RemedyAction, ToPage, WizardView } from './protocol.ts';
import { mayChangePlace } from './placeChange.ts';
import { passOn, WizardDialogue } from './wizardDialogue.ts';
import { WizardAccount } from './wizardAccount.ts';
import { WizardFiles } from './wizardFiles.ts';
import { WizardForm } from './wizardForm.ts';
import type { WizardOptions } from './wizardOptions.ts';
import { WizardAgain } from './wizardAgain.ts';
import { WizardRegistration } from './wizardRegistration.ts';
import type { RegisteredIdentity } from './wizardRegistration.ts';
import { WizardRun } from './wizardRun.ts';
import { wizardView } from './wizardView.ts';
import { WizardSaving } from './wizardSaving.ts';
import { secretField, WizardSecrets } from './wizardSecrets.ts';

/** The wizard's host side: what the page does comes in as messages, what it shows goes out as views. */
export class WizardController {
  readonly #options: WizardOptions;
  readonly #files: WizardFiles;
  readonly #account: WizardAccount;
  readonly #secrets: WizardSecrets;
  readonly #run: WizardRun<ConnectionSettings>;
  readonly #again: WizardAgain;
  readonly #dialogue: WizardDialogue<WizardView, PageState, ToPage>;
  readonly #form: WizardForm;
  readonly #registration: WizardRegistration;
  readonly #saving: WizardSaving<ConnectionSettings, SourceConnection>;
  /** An administrator is about to grant the app its permission. */
  #granting = false;

  constructor(options: WizardOptions) {
    this.#options = options;
    this.#dialogue = new WizardDialogue({
      post: (message) => options.ui.post(message),
      view: () => this.#view(),
    });
    this.#files = new WizardFiles(options.keys);
    this.#files.authorities.adopt(options.additionalCa);
    this.#account = new WizardAccount(options.accountSignIn, () => this.#dialogue.show());
    this.#secrets = new WizardSecrets(options.store, options.existing, { files: this.#files, account: this.#account });
    this.#again = new WizardAgain({
      later: options.later,
      run: () => void this.handle({ type: 'configure' }),
      show: () => this.#dialogue.show(),
    });
    this.#run = new WizardRun({
      verifier: options.verifier,
      checks: checkIds,
      show: () => this.#dialogue.show(),
      ended: () => this.#ran(),
    });
    this.#form = new WizardForm({
      ...{ store: options.store, existing: options.existing, state: options.state },
      ...{ files: this.#files, account: this.#account, secrets: this.#secrets },
    });
    this.#saving = new WizardSaving({
      store: options.store,
      keep: (connection, record) => options.verifier.keep(connection, record),
      existing: options.existing,
    });
    this.#registration = new WizardRegistration({
      registrar: options.registrar,
      attempt: options.state.attemptId,
      show: () => this.#dialogue.show(),
      onRegistered: (identity) => this.#registered(identity),
      onRemoved: (clientId) => this.#removed(clientId),
    });
  }

  /** What is worth keeping when the page is closed. Never a secret. */
  get state(): PageState {
    return this.#form.state;
  }

  /** Whether something that this wizard has registered stands in the tenant. */
  get hasRegistered(): boolean {
    return this.#registration.view.exists.length > 0;
  }

  /** Handles a message once those before it have been handled. Rejects with what nobody foresaw. */
  handle(message: FromPage): Promise<void> {
    if (isCancel(message)) {
      this.#cancel(message); // Not behind what is being waited for.
      return Promise.resolve();
    }
    return this.#dialogue.inTurn(() => this.#handle(message));
  }

  #cancel({ type }: Cancel): void {
    if (type === 'cancel') this.#run.cancel();
    else (type === 'cancelSignIn' ? this.#account : this.#registration).cancel();
  }

  /** The page is gone: nothing is posted to it from now on. */
  dispose(): void {
    this.#dialogue.dispose();
    this.#run.dispose();
    this.#again.callOff();
    this.#registration.dispose();
    this.#secrets.forget();
  }

  /** Definitions changed, maybe in another window. */
  async noticeChange(): Promise<void> {
    this.#dialogue.noteChange(await this.#saving.changedElsewhere());
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
        this.#files.authorities.remove();
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
      case 'act':
        return this.#act(message.action);
      case 'finish':
        return this.#run.canFinish ? this.#save() : undefined;
      case 'saveUnverified':
        return this.#save();
      case 'copyReport':
        return this.#copyReport();
      default:
        return passOn(message, ui);
    }
  }

  async #open(): Promise<void> {
    const { existing, verifier, restored, l10nBundle } = this.#options;
    verifier.warmUp();
    await this.#lookForSecret();
    const hasSecret = this.#secrets.has(this.#form.inputs.method);
    if (restored && !hasSecret) this.#dialogue.noteLostSecret();
    this.#dialogue.open(this.#form.state, l10nBundle);
    // Without its secret, on another machine or after an import, that is what one opens the settings for.
    if (existing && !hasSecret) this.#dialogue.post({ type: 'focus', field: secretField[this.#form.inputs.method] });
  }

  async #lookForSecret(): Promise<void> {
    try {
      await this.#secrets.lookUp();
    } catch (error) {
      this.#dialogue.noteFailure(error);
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
    if (name !== undefined) this.#dialogue.post({ type: 'fill', form: { name } });
  }

  async #chooseCertificate({ form, secrets }: Extract<FromPage, { type: 'chooseCertificate' }>): Promise<void> {
    this.#form.take(form, secrets);
    const file = await this.#options.ui.chooseFile('certificate');
    if (!file) return;
    await this.#files.chooseCertificate(file, secrets.passphrase);
    await this.#judge('certificate');
    // That a passphrase is needed is news, not a fault: its field appears and waits.
    if (this.#files.certificateView(undefined)?.needsPassphrase) {
      this.#dialogue.post({ type: 'focus', field: 'passphrase' });
    }
  }

  async #chooseAdditionalCa({ form }: Extract<FromPage, { type: 'chooseAdditionalCa' }>): Promise<void> {
    this.#form.setState({ form });
    const file = await this.#options.ui.chooseFile('additionalCa');
    if (!file) return;
    this.#files.authorities.choose(file);
    this.#options.keepAdditionalCa(this.#files.authorities.value);
    await this.#judge('additionalCa');
  }

  /** Does not wait for the person: the other fields can be filled in meanwhile. */
  async #signIn({ way, form, secrets }: Extract<FromPage, { type: 'signIn' }>): Promise<void> {
    this.#form.take(form, secrets);
    if (!(await this.#isFilledIn('tenant', 'clientId', 'ewsUrl', 'authorityUrl'))) return;
    void this.#account.start(way, this.#form.settings()).then(async () => {
      if (!this.#dialogue.disposed) await this.#judge(...(this.#account.secret ? (['account'] as const) : []));
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
    this.#dialogue.notice = {
      severity: 'error',
      text: l10n.t('The connection “{0}” uses this app, so it stays.', user),
    };
    this.#dialogue.show();
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
    this.#dialogue.post({ type: 'choose', form });
  }

  /** Sends the person to the first of these fields that is faulty. */
  async #isFilledIn(...needed: readonly FieldId[]): Promise<boolean> {
    const fault = await this.#judge(...needed);
    if (fault !== undefined) this.#dialogue.post({ type: 'focus', field: fault });
    return fault === undefined;
  }

  async #next({ form, secrets }: Extract<FromPage, { type: 'next' }>): Promise<void> {
    this.#form.take(form, secrets);
    const fault = await this.#dialogue.whileBusy(() => this.#judgeAll());
    if (fault !== undefined) {
      this.#dialogue.post({ type: 'focus', field: fault });
      return;
    }
    this.#dialogue.notice = undefined;
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
    this.#dialogue.notice = undefined;
    this.#run.start(this.#form.settings(), secret, this.#secrets.typed(this.#form.inputs.method));
  }

  /** Whoever had the checks run by themselves may be looking elsewhere. */
  #ran(): void {
    if (this.#again.byItself) {
      this.#options.ui.notify(l10n.t('{0}, checked again: {1}', this.#form.inputs.name, this.#run.view.summary));
    }
    this.#again.callOff();
  }

  async #act(action: RemedyAction): Promise<void> {
    switch (action.kind) {
      case 'chooseCloud':
        return this.#chooseCloud(action.cloud);
      case 'checkAgain':
        this.#again.plan();
        return;
      case 'signIn':
        this.#signInAndConfigure();
        return;
      case 'grantPermission':
        return this.#grantPermission();
    }
  }

  /** The sign-in is to be seen where it always is; then the checks run again. */
  #signInAndConfigure(): void {
    if (this.#run.running) return;
    this.#goTo('credentials');
    this.#dialogue.post({ type: 'focus', field: 'account' });
    void this.#account.start(this.#options.signInWay, this.#form.settings()).then(async (signedIn) => {
      // Whoever has gone on, or edits by now, runs the checks when it suits.
      const waits = this.#form.state.step === 'credentials' && (await this.#judgeAll()) === undefined;
      if (this.#dialogue.disposed || !signedIn || !waits) return;
      this.#goTo('configuration');
      await this.#configure();
    });
  }

  /** Does not wait for the person. */
  async #grantPermission(): Promise<void> {
    const secret = await this.#secrets.toUse(this.#form.inputs.method);
    if (this.#granting || this.#run.running || !secret) return;
    this.#granting = true;
    void this.#options.grantPermission(this.#form.settings(), secret).then(async (granted) => {
      this.#granting = false;
      if (granted && !this.#dialogue.disposed && this.#form.state.step === 'configuration') await this.#configure();
    });
  }

  async #chooseCloud(cloud: PageState['form']['cloud']): Promise<void> {
    if (this.#run.running) return;
    this.#choose({ cloud });
    await this.#configure();
  }

  async #save(): Promise<void> {
    if (this.#run.running) return;
    try {
      if (!(await this.#isFaultless()) || !(await this.#mayChangePlace())) return;
      const secret = this.#secrets.typed(this.#form.inputs.method);
      await this.#dialogue.whileBusy(async () => {
        const saved = await this.#saving.save(this.#form.settings(), secret, this.#run.record);
        await this.#options.ui.finish(saved, this.#again.at);
      });
    } catch (error) {
      this.#saveFailed(error);
    }
  }

  #mayChangePlace(): Promise<boolean> {
    const { existing, usedBy, ui } = this.#options;
    return mayChangePlace({
      ...{ existing, usedBy, ui },
      before: existing?.tenant ?? '',
      after: this.#form.settings().tenant,
    });
  }

  #saveFailed(error: unknown): void {
    if (error instanceof StoreError && error.reason === 'nameTaken') {
      this.#form.refuse('name', storeErrorText(error));
      this.#backTo('name');
      return;
    }
    this.#dialogue.noteFailure(error);
    this.#dialogue.show();
  }

  async #copyReport(): Promise<void> {
    const record = this.#run.record;
    if (!record) return;
    const { versions, ui } = this.#options;
    await ui.copy(markdownReport(reportOf({ settings: this.#form.settings(), record, versions })));
  }

  async #judge(...fields: readonly FieldId[]): Promise<FieldId | undefined> {
    const fault = await this.#form.judge(...fields);
    this.#dialogue.show();
    return fault;
  }

  #goTo(step: PageState['step']): void {
    this.#form.setState({ step });
    this.#dialogue.show();
  }

  /** The page moves the focus only to what it shows already. */
  #backTo(field: FieldId): void {
    this.#goTo('credentials');
    this.#dialogue.post({ type: 'focus', field });
  }

  #view(): WizardView {
    return wizardView({
      options: this.#options,
      files: this.#files,
      account: this.#account,
      secrets: this.#secrets,
      registration: this.#registration,
      run: this.#run,
      again: this.#again,
      form: this.#form,
      notice: this.#dialogue.notice,
      busy: this.#dialogue.busy,
    });
  }
}

type Cancel = Extract<FromPage, { type: 'cancel' | 'cancelSignIn' | 'cancelRegistration' }>;

function isCancel(message: FromPage): message is Cancel {
  return ['cancel', 'cancelSignIn', 'cancelRegistration'].includes(message.type);
}
