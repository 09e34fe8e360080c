import { nameFromTenant, uniqueName } from '../connections/connectionNames.ts';
import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { CertificateInfo, ConnectionSettings, SignIn, SourceConnection } from '../connections/sourceConnection.ts';
import { settingsFromForm } from './credentialsForm.ts';
import type { FormFiles } from './credentialsForm.ts';
import type { CredentialsForm, FieldErrors, FieldId, PageState, SecretInputs } from './protocol.ts';
import { firstFault, validateCredentials, validateField } from './validateCredentials.ts';
import type { ValidationFacts } from './validateCredentials.ts';
import type { WizardAccount } from './wizardAccount.ts';
import type { WizardFiles } from './wizardFiles.ts';
import type { WizardSecrets } from './wizardSecrets.ts';

export interface WizardFormOptions {
  readonly store: ConnectionStore;
  /** The connection that is edited; undefined: a new one. */
  readonly existing: SourceConnection | undefined;
  readonly state: PageState;
  readonly files: WizardFiles;
  readonly account: WizardAccount;
  readonly secrets: WizardSecrets;
}

/** What is filled in, what is wrong with it, and the settings that it makes. */
export class WizardForm {
  readonly #options: WizardFormOptions;
  #state: PageState;
  #errors: FieldErrors = {};
  #registeredApp: FormFiles['registeredApp'];

  constructor(options: WizardFormOptions) {
    this.#options = options;
    this.#state = options.state;
    const signIn = options.existing?.signIn;
    if (signIn?.method === 'appCertificate' && signIn.registeredApp !== undefined) {
      this.#registeredApp = { objectId: signIn.registeredApp, clientId: signIn.clientId };
    }
  }

  /** What is worth keeping when the page is closed. Never a secret. */
  get state(): PageState {
    return this.#state;
  }

  get inputs(): CredentialsForm {
    return this.#state.form;
  }

  get errors(): FieldErrors {
    return this.#errors;
  }

  setState(changes: Partial<Pick<PageState, 'step' | 'form' | 'advancedOpen'>>): void {
    this.#state = { ...this.#state, ...changes };
  }

  set(changes: Partial<CredentialsForm>): void {
    this.setState({ form: { ...this.#state.form, ...changes } });
  }

  take(form: CredentialsForm, secrets: SecretInputs): void {
    this.setState({ form });
    this.#options.secrets.take(secrets);
  }

  /** Judges some fields, and those that were faulty: another choice may have settled them. @returns the first faulty of those asked for */
  async judge(...fields: readonly FieldId[]): Promise<FieldId | undefined> {
    const facts = await this.#facts();
    const again = Object.keys(this.#errors) as FieldId[]; // Its keys are fields.
    const errors: { [field in FieldId]?: string } = {};
    for (const each of new Set<FieldId>([...fields, ...again])) {
      const error = validateField(each, this.inputs, facts);
      if (error !== undefined) errors[each] = error;
    }
    this.#errors = errors;
    return firstFault(Object.fromEntries(fields.map((field) => [field, errors[field]])));
  }

  /** Finds every fault of the form. @returns the first faulty field */
  async judgeAll(): Promise<FieldId | undefined> {
    this.#errors = validateCredentials(this.inputs, await this.#facts());
    return firstFault(this.#errors);
  }

  /** A fault that showed only on saving. */
  refuse(field: FieldId, text: string): void {
    this.#errors = { [field]: text };
  }

  /** Names the connection after its tenant, if the tenant is one and nobody has named it. @returns the name given */
  async proposeName(): Promise<string | undefined> {
    const { name, tenant } = this.inputs;
    if (name.trim() !== '' || validateField('tenant', this.inputs, await this.#facts()) !== undefined) return undefined;
    const proposed = uniqueName(nameFromTenant(tenant), await this.#otherNames());
    this.set({ name: proposed });
    return proposed;
  }

  /** The app that the settings are of, if this wizard has created it; undefined: none any more. */
  setRegisteredApp(app: FormFiles['registeredApp']): void {
    this.#registeredApp = app;
  }

  /** Sound only if the form has no faults. */
  settings(): ConnectionSettings {
    const { files, account } = this.#options;
    const certificate = files.certificateInfo ?? this.storedCertificate;
    const additionalCa = files.authorities.value;
    const accountName = account.userName ?? this.storedAccountName;
    return settingsFromForm(this.inputs, {
      ...(accountName !== undefined && { accountName }),
      ...(certificate && { certificate }),
      ...(this.#registeredApp && { registeredApp: this.#registeredApp }),
      ...(additionalCa && { additionalCa }),
    });
  }

  get storedCertificate(): CertificateInfo | undefined {
    const signIn = this.#storedSignIn;
    return signIn?.method === 'appCertificate' ? signIn.certificate : undefined;
  }

  get storedAccountName(): string | undefined {
    const signIn = this.#storedSignIn;
    return signIn?.method === 'account' ? signIn.userName : undefined;
  }

  get #storedSignIn(): SignIn | undefined {
    return this.#options.existing?.signIn;
  }

  async #facts(): Promise<ValidationFacts> {
    const { secrets, files, account } = this.#options;
    return {
      secrets: secrets.inputs,
      stored: secrets.stored,
      otherNames: await this.#otherNames(),
      ...files.facts,
      account: account.stateFor(this.settings()),
    };
  }

  /** The name of another connection that signs in as this app; undefined: none does. */
  async otherUserOf(clientId: string | undefined): Promise<string | undefined> {
    return (await this.#others()).find(({ signIn }) => signIn.clientId === clientId)?.name;
  }

  async #otherNames(): Promise<string[]> {
    return (await this.#others()).map(({ name }) => name);
  }

  async #others(): Promise<readonly SourceConnection[]> {
    const { store, existing } = this.#options;
    const { connections } = await store.list();
    return connections.filter(({ id }) => id !== existing?.id);
  }
}
