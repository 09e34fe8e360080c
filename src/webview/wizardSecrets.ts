import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { ConnectionSecret } from '../connections/secret.ts';
import type { SignInMethod, SourceConnection } from '../connections/sourceConnection.ts';
import type { SecretInputs, WizardView } from './protocol.ts';
import type { WizardFiles } from './wizardFiles.ts';

const nothingTyped: SecretInputs = { clientSecret: '', password: '', passphrase: '' };

/** The field that takes the secret of a sign-in method. */
export const secretField = { appSecret: 'clientSecret', password: 'password', appCertificate: 'certificate' } as const;

/** The secrets of a wizard: typed here (in memory only), or stored with the connection that is edited. */
export class WizardSecrets {
  readonly #store: ConnectionStore;
  readonly #existing: SourceConnection | undefined;
  readonly #files: WizardFiles;
  #inputs = nothingTyped;
  #stored = { clientSecret: false, password: false, certificate: false };

  constructor(store: ConnectionStore, existing: SourceConnection | undefined, files: WizardFiles) {
    this.#store = store;
    this.#existing = existing;
    this.#files = files;
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
    };
  }

  take(inputs: SecretInputs): void {
    this.#inputs = inputs;
  }

  forget(): void {
    this.#inputs = nothingTyped;
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
    }
  }

  /** What to sign in with. @throws StoreError */
  async toUse(method: SignInMethod): Promise<ConnectionSecret | undefined> {
    const stored = this.typed(method) ?? (this.#existing && (await this.#store.secretOf(this.#existing)));
    return stored?.method === method ? stored : undefined;
  }
}
