import * as l10n from '@vscode/l10n';
import type { ConnectionStore } from '../connections/connectionStore.ts';
import { uniqueName } from '../connections/connectionNames.ts';
import type { TargetSecret } from '../connections/secret.ts';
import { StoreError } from '../connections/storeError.ts';
import { storeErrorText } from '../connections/storeErrorText.ts';
import type { TargetConnection, TargetSettings } from '../connections/targetConnection.ts';
import type { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import { targetCheckIds } from '../verification/verification.ts';
import type { Finding } from '../verification/verification.ts';
import type { FoundServer, ServerSearch } from '../verification/target/findServer.ts';
import { AuthoritiesFile } from './authoritiesFile.ts';
import { nameFromServer, serverKind, serverOf } from './targetForm.ts';
import { targetFieldIds } from './targetMessages.ts';
import { targetMethodChoices } from './targetMethods.ts';
import type {
  FromTargetPage,
  TargetFieldErrors,
  TargetFieldId,
  TargetForm,
  TargetState,
  TargetView,
  ToTargetPage,
} from './targetProtocol.ts';
import { validateTargetField } from './validateTarget.ts';
import type { TargetFacts } from './validateTarget.ts';
import { mayChangePlace } from './placeChange.ts';
import type { UsedBy } from './placeChange.ts';
import { passOn, WizardDialogue } from './wizardDialogue.ts';
import { WizardRun } from './wizardRun.ts';
import { WizardSaving } from './wizardSaving.ts';
import type { WizardUi } from './wizardUi.ts';

export interface TargetControllerOptions {
  readonly store: ConnectionStore<TargetSettings, TargetConnection>;
  readonly verifier: ConnectionVerifier<TargetSettings, TargetConnection>;
  /** Finds the server of a mailbox by Autodiscover. Never rejects. */
  readonly find: (search: ServerSearch) => Promise<FoundServer>;
  readonly ui: WizardUi<ToTargetPage, TargetConnection>;
  /** The report of a run, to copy. */
  readonly report: (settings: TargetSettings, record: NonNullable<WizardRun<TargetSettings>['record']>) => string;
  readonly usedBy: UsedBy;
  readonly l10nBundle: { readonly [key: string]: string } | undefined;
  readonly existing?: TargetConnection;
  readonly additionalCa: TargetSettings['additionalCa'];
  readonly keepAdditionalCa: (additionalCa: TargetSettings['additionalCa']) => void;
  readonly heading: string;
  readonly state: TargetState;
  readonly restored: boolean;
}

/** The fields of each step that is filled in, in reading order. */
const fieldsOf = {
  server: ['name', 'server', 'additionalCa'],
  credentials: ['method', 'userName', 'password', 'testMailbox'],
} as const satisfies { readonly [step: string]: readonly TargetFieldId[] };

/** Decides what the wizard of a target connection shows: it owns the truth, the page draws it. */
export class TargetController {
  /** Nothing is registered on a server of one's own. */
  readonly hasRegistered = false;
  readonly #options: TargetControllerOptions;
  readonly #dialogue: WizardDialogue<TargetView, TargetState, ToTargetPage>;
  readonly #authorities = new AuthoritiesFile();
  readonly #run: WizardRun<TargetSettings>;
  readonly #saving: WizardSaving<TargetSettings, TargetConnection>;
  #state: TargetState;
  #password = '';
  #stored: TargetSecret | undefined;
  #errors: TargetFieldErrors = {};
  /** What Autodiscover has found, and for whom. */
  #found: { readonly mailbox: string; readonly ews: string } | undefined;
  #finding: Finding | undefined;
  #search: AbortController | undefined;

  constructor(options: TargetControllerOptions) {
    this.#options = options;
    this.#dialogue = new WizardDialogue({
      post: (message) => options.ui.post(message),
      view: () => this.#view(),
    });
    this.#state = options.state;
    this.#authorities.adopt(options.additionalCa);
    this.#run = new WizardRun({
      verifier: options.verifier,
      checks: targetCheckIds,
      show: () => this.#dialogue.show(),
      ended: () => undefined,
    });
    this.#saving = new WizardSaving({
      store: options.store,
      keep: (connection, record) => options.verifier.keep(connection, record),
      existing: options.existing,
    });
  }

  /** What is worth keeping when the page is closed. Never a secret. */
  get state(): TargetState {
    return this.#state;
  }

  /** Handles a message once those before it have been handled. Rejects with what nobody foresaw. */
  handle(message: FromTargetPage): Promise<void> {
    if (message.type === 'cancel') {
      this.#search?.abort(); // Not behind what is being waited for.
      this.#run.cancel();
      return Promise.resolve();
    }
    return this.#dialogue.inTurn(() => this.#handle(message));
  }

  /** The page is gone: nothing is posted to it from now on. */
  dispose(): void {
    this.#dialogue.dispose();
    this.#search?.abort();
    this.#run.dispose();
    this.#password = '';
    this.#stored = undefined;
  }

  async noticeChange(): Promise<void> {
    this.#dialogue.noteChange(await this.#saving.changedElsewhere());
  }

  async #handle(message: Exclude<FromTargetPage, { type: 'cancel' }>): Promise<void> {
    const { ui, keepAdditionalCa } = this.#options;
    switch (message.type) {
      case 'ready':
        return this.#open();
      case 'changed':
        this.#change({ form: message.form });
        return;
      case 'left':
        this.#take(message);
        if (message.field === 'server') await this.#proposeName();
        return this.#judge(message.field);
      case 'chooseAdditionalCa':
        return this.#chooseAdditionalCa(message.form);
      case 'removeAdditionalCa':
        this.#authorities.remove();
        keepAdditionalCa(undefined);
        return this.#judge('additionalCa');
      case 'next':
        this.#take(message);
        return this.#next();
      case 'back':
        this.#run.cancel();
        this.#goTo(this.#state.step === 'configuration' ? 'credentials' : 'server');
        return;
      case 'configure':
        return this.#configure();
      case 'finish':
        return this.#run.canFinish ? this.#save() : undefined;
      case 'saveUnverified':
        return this.#save();
      case 'copyReport':
        return this.#copyReport();
      case 'act': // No finding of a target has a button.
        return;
      default:
        return passOn(message, ui);
    }
  }

  async #open(): Promise<void> {
    const { verifier, restored, l10nBundle } = this.#options;
    verifier.warmUp();
    await this.#lookForPassword();
    if (restored && this.#stored === undefined) this.#dialogue.noteLostSecret();
    this.#dialogue.open(this.#state, l10nBundle);
  }

  async #lookForPassword(): Promise<void> {
    const { existing, store } = this.#options;
    try {
      const secret = existing && (await store.secretOf(existing));
      this.#stored = secret?.method === 'ntlm' || secret?.method === 'basic' ? secret : undefined;
    } catch (error) {
      this.#dialogue.noteFailure(error);
    }
  }

  async #chooseAdditionalCa(form: TargetForm): Promise<void> {
    this.#change({ form });
    const file = await this.#options.ui.chooseFile('additionalCa');
    if (!file) return;
    this.#authorities.choose(file);
    this.#options.keepAdditionalCa(this.#authorities.value);
    await this.#judge('additionalCa');
  }

  async #next(): Promise<void> {
    const { step } = this.#state;
    if (step === 'configuration') return;
    if (step === 'server') await this.#proposeName();
    if (await this.#hasFault(fieldsOf[step])) return;
    this.#dialogue.notice = undefined;
    if (step === 'server') {
      this.#goTo('credentials');
      return;
    }
    if (!(await this.#findServer())) return;
    this.#run.resetUnless(this.#settings(), this.#typed());
    this.#goTo('configuration');
  }

  /** @returns false when there is no address to go on with; the page says why */
  async #findServer(): Promise<boolean> {
    const mailbox = this.#state.form.server.trim();
    this.#finding = undefined;
    if (serverKind(mailbox) !== 'mailAddress' || this.#found?.mailbox === mailbox) return true;
    const secret = this.#secret();
    if (!secret) return false;
    const search = new AbortController();
    this.#search = search;
    const { ui, find } = this.#options;
    const result = await this.#dialogue.whileBusy(() =>
      find({
        ...{ mailbox, secret, userName: this.#state.form.userName.trim(), signal: search.signal },
        additionalCa: this.#authorities.value?.pem,
        mayGoTo: (host) =>
          ui.confirm(
            l10n.t('Send the password to {0}?', host),
            l10n.t('Autodiscover of {0} leads there. Go on only if it is a server of yours.', mailbox),
            l10n.t('Send'),
          ),
      }),
    );
    this.#search = undefined;
    if ('ews' in result) this.#found = { mailbox, ews: result.ews };
    else if ('finding' in result) this.#finding = result.finding;
    this.#dialogue.show();
    return 'ews' in result;
  }

  async #configure(): Promise<void> {
    if (!(await this.#isFaultless())) return;
    const secret = this.#secret();
    if (!secret || this.#run.running) return;
    this.#dialogue.notice = undefined;
    this.#run.start(this.#settings(), secret, this.#typed());
  }

  async #save(): Promise<void> {
    if (this.#run.running) return;
    try {
      if (!(await this.#isFaultless()) || !(await this.#mayChangePlace())) return;
      await this.#dialogue.whileBusy(async () => {
        const saved = await this.#saving.save(this.#settings(), this.#secretToSave(), this.#run.record);
        await this.#options.ui.finish(saved, undefined);
      });
    } catch (error) {
      if (error instanceof StoreError && error.reason === 'nameTaken') this.#backTo('name', storeErrorText(error));
      else this.#dialogue.noteFailure(error);
      this.#dialogue.show();
    }
  }

  #mayChangePlace(): Promise<boolean> {
    const { existing, usedBy, ui } = this.#options;
    return mayChangePlace({
      ...{ existing, usedBy, ui },
      before: existing?.server.ews ?? '',
      after: this.#settings().server.ews,
    });
  }

  async #copyReport(): Promise<void> {
    const { record } = this.#run;
    if (record) await this.#options.ui.copy(this.#options.report(this.#settings(), record));
  }

  /** Names the connection after its server, if nobody has named it. */
  async #proposeName(): Promise<void> {
    const { name, server } = this.#state.form;
    if (name.trim() !== '' || serverKind(server) === undefined) return;
    const proposed = uniqueName(nameFromServer(server), await this.#otherNames());
    this.#change({ form: { ...this.#state.form, name: proposed } });
    this.#dialogue.post({ type: 'fill', form: { name: proposed } });
  }

  #take({ form, secrets }: Extract<FromTargetPage, { type: 'next' | 'left' }>): void {
    this.#change({ form });
    this.#password = secrets.password;
  }

  #change(changes: Partial<Pick<TargetState, 'form' | 'step'>>): void {
    this.#state = { ...this.#state, ...changes };
  }

  /** Judges a field, and those that were faulty: another choice may have settled them. */
  async #judge(field: TargetFieldId): Promise<void> {
    const facts = await this.#facts();
    const again = targetFieldIds.filter((id) => id === field || this.#errors[id] !== undefined);
    this.#errors = this.#faultsOf(again, facts);
    this.#dialogue.show();
  }

  /** Shows the faults of these fields, and sends the user to the first. */
  async #hasFault(fields: readonly TargetFieldId[]): Promise<boolean> {
    this.#errors = this.#faultsOf(fields, await this.#facts());
    this.#dialogue.show();
    const first = fields.find((field) => this.#errors[field] !== undefined);
    if (first !== undefined) this.#dialogue.post({ type: 'focus', field: first });
    return first !== undefined;
  }

  /** Back to a faulty field: names and secrets may have gone meanwhile. */
  async #isFaultless(): Promise<boolean> {
    const errors = this.#faultsOf(targetFieldIds, await this.#facts());
    const first = targetFieldIds.find((field) => errors[field] !== undefined);
    if (first !== undefined) this.#backTo(first, errors[first] ?? '');
    return first === undefined;
  }

  #backTo(field: TargetFieldId, error: string): void {
    this.#errors = { [field]: error };
    const ofServer: readonly TargetFieldId[] = fieldsOf.server;
    this.#goTo(ofServer.includes(field) ? 'server' : 'credentials');
    this.#dialogue.post({ type: 'focus', field });
  }

  #faultsOf(fields: readonly TargetFieldId[], facts: TargetFacts): TargetFieldErrors {
    const faults = fields.map((field) => [field, validateTargetField(field, this.#state.form, facts)] as const);
    return Object.fromEntries(faults.filter(([, fault]) => fault !== undefined));
  }

  async #facts(): Promise<TargetFacts> {
    return {
      secrets: { password: this.#password },
      otherNames: await this.#otherNames(),
      stored: this.#stored !== undefined,
      additionalCaBroken: this.#authorities.broken,
    };
  }

  async #otherNames(): Promise<string[]> {
    const { store, existing } = this.#options;
    const { connections } = await store.list();
    return connections.filter(({ id }) => id !== existing?.id).map(({ name }) => name);
  }

  /** Sound only if the form has no faults and the server was found. */
  #settings(): TargetSettings {
    const { name, server, method, userName, testMailbox } = this.#state.form;
    const { existing } = this.#options;
    const found = this.#found?.mailbox === server.trim() ? this.#found.ews : undefined;
    const place = serverOf(server, found) ?? { ews: '', from: 'typed' };
    const additionalCa = this.#authorities.value;
    return {
      name: name.trim(),
      // How the address came about stays known as long as nobody types another.
      server: existing?.server.ews === place.ews ? existing.server : place,
      signIn: { method, userName: userName.trim() },
      testMailbox: testMailbox.trim(),
      ...(additionalCa && { additionalCa }),
    };
  }

  #typed(): TargetSecret | undefined {
    return this.#password === '' ? undefined : { method: this.#state.form.method, password: this.#password };
  }

  /** What to sign in with: a password is the same by whatever method. */
  #secret(): TargetSecret | undefined {
    return this.#typed() ?? (this.#stored && { ...this.#stored, method: this.#state.form.method });
  }

  /** Undefined: the stored one stays as it is. */
  #secretToSave(): TargetSecret | undefined {
    return this.#typed() ?? (this.#stored?.method === this.#state.form.method ? undefined : this.#secret());
  }

  #goTo(step: TargetState['step']): void {
    this.#change({ step });
    this.#dialogue.show();
  }

  #view(): TargetView {
    const additionalCa = this.#authorities.view;
    return {
      heading: this.#options.heading,
      step: this.#state.step,
      methods: targetMethodChoices(),
      errors: this.#errors,
      stored: this.#stored !== undefined,
      ...(additionalCa && { additionalCa }),
      ...(this.#dialogue.notice && { notice: this.#dialogue.notice }),
      busy: this.#dialogue.busy,
      looking: this.#search !== undefined,
      ...(this.#finding && { finding: this.#finding }),
      run: this.#run.view,
    };
  }
}
