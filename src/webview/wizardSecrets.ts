import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { ConnectionSecret } from '../connections/secret.ts';
import type { SignInMethod, SourceConnection } from '../connections/sourceConnection.ts';
import type { SecretInputs, WizardView } from './protocol.ts';
import type { WizardAccount } from './wizardAccount.ts';
import type { WizardFiles } from './wizardFiles.ts';

const nothingTyped: SecretInputs = { clientSecret: '', password: '', passphrase: '' };

/** The field that takes the secret of a sign-in method. */
export const secretField = {
  appSecret: 'clientSecret',
  password: 'password',
  appCertificate: 'certificate',
  account: 'account',
} as const;

/** The secrets of a wizard: typed here (in memory only), or stored with the connection that is edited. */
export class WizardSecrets {
  readonly #store: ConnectionStore;
  readonly #existing: SourceConnection | undefined;
  readonly #files: WizardFiles;
  readonly #account: WizardAccount;
  #inputs = nothingTyped;
  #stored = { clientSecret: false, password: false, certificate: false, account: false };

  constructor(
    store: ConnectionStore,
    existing: SourceConnection | undefined,
    held: { readonly files: WizardFiles; readonly account: WizardAccount },
  ) {
    this.#store = store;
    this.#existing = existing;
    this.#files = held.files;
    this.#account = held.account;
  }

  get inputs(): SecretInputs {
    return this.#inputs;
  }

  /** Which kinds are stored and may be kept. */
  get stored(): WizardView['stored'] {
    return this.#stored;
  }

  /** Finds out what is stored. @throws StoreError */
  async lookUp(): Promise<void> {
    const method = this.#existing && (await this.#store.secretOf(this.#existing))?.method;
    this.#stored = {
      clientSecret: method === 'appSecret',
      password: method === 'password',
      certificate: method === 'appCertificate',
      account: method === 'account',
    };
  }

  take(inputs: SecretInputs): void {
    this.#inputs = inputs;
  }

  forget(): void {
    this.#inputs = nothingTyped;
    this.#account.forget();
  }

  has(method: SignInMethod): boolean {
    return this.#stored[secretField[method]] || this.typed(method) !== undefined;
  }

  /** What was typed or chosen here; undefined: the stored secret is kept. */
  typed(method: SignInMethod): ConnectionSecret | undefined {
    const { clientSecret, password } = this.#inputs;
    switch (method) {
      case 'appSecret':
        return clientSecret.trim() === '' ? undefined : { method, clientSecret: clientSecret.trim() };
      case 'password':
        return password === '' ? undefined : { method, password };
      case 'appCertificate':
        return this.#files.certificateSecret;
      case 'account':
        return this.#account.secret;
    }
  }

  /** What to sign in with. @throws StoreError */
  async toUse(method: SignInMethod): Promise<ConnectionSecret | undefined> {
    const stored = this.typed(method) ?? (this.#existing && (await this.#store.secretOf(this.#existing)));
    return stored?.method === method ? stored : undefined;
  }
}
