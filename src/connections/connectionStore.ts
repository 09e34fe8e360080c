import type { CommonSettings, ConnectionKind, Defined, FileParts } from './connectionKind.ts';
import type { DefinitionFiles, UnreadableDefinition } from './definitionFiles.ts';
import { DefinitionStore } from './definitionStore.ts';
import { parseSecret, serializeSecret } from './secret.ts';
import type { ConnectionSecret } from './secret.ts';
import type { SecretVault } from './secretVault.ts';
import type { ConnectionSettings, SourceConnection } from './sourceConnection.ts';
import { StoreError } from './storeError.ts';

export interface ConnectionList<C> {
  readonly connections: readonly C[];
  readonly unreadable: readonly UnreadableDefinition[];
}

export interface SaveRequest<S> {
  readonly settings: S;
  /** The connection that is edited; absent for a new one. */
  readonly id?: string;
  /** Revision that the editor had read; absent for a new connection. */
  readonly basedOn?: string;
  /** A new secret; absent: the stored one stays, if the sign-in method does. */
  readonly secret?: ConnectionSecret;
}

const secretPrefix = (id: string): string => `connection.${id}.`;

/** Where definitions and secrets meet: each save or deletion of both is one act, also between windows. */
export class ConnectionStore<
  S extends CommonSettings = ConnectionSettings,
  C extends Defined<S> = SourceConnection & S,
> {
  readonly #definitions: DefinitionStore<C>;
  readonly #kind: ConnectionKind<S, C>;
  readonly #vault: SecretVault;

  constructor(files: DefinitionFiles<C>, kind: ConnectionKind<S, C>, vault: SecretVault) {
    this.#definitions = new DefinitionStore(files);
    this.#kind = kind;
    this.#vault = vault;
  }

  /** Something may have changed, here or in another window: read again. */
  get onDidChange(): DefinitionStore<C>['onDidChange'] {
    return this.#definitions.onDidChange;
  }

  /** This window's last save of the connection was replaced by one whose editor had not seen it. */
  get onDidOverwrite(): DefinitionStore<C>['onDidOverwrite'] {
    return this.#definitions.onDidOverwrite;
  }

  /** Begins to notice what other windows do, once for all who want to know. */
  watch(): Promise<void> {
    return this.#definitions.watch();
  }

  dispose(): void {
    this.#definitions.dispose();
  }

  refresh(): void {
    this.#definitions.refresh();
  }

  /** @throws StoreError when the folder cannot be read. */
  async list(): Promise<ConnectionList<C>> {
    const { definitions: connections, unreadable } = await this.#definitions.list();
    return { connections, unreadable };
  }

  /** @throws StoreError `missing` or `unreadableDefinition`. */
  get(id: string): Promise<C> {
    return this.#definitions.get(id);
  }

  /** Names of the secrets in the vault. */
  async secretKeys(): Promise<ReadonlySet<string>> {
    return new Set(await this.#inVault(() => this.#vault.keys()));
  }

  /** Undefined when none is stored on this machine, or what is stored is not of the connection's method. */
  async secretOf(connection: C): Promise<ConnectionSecret | undefined> {
    const key = connection.secretKey;
    if (key === undefined) return undefined;
    const text = await this.#inVault(() => this.#vault.get(key));
    const secret = text === undefined ? undefined : parseSecret(text);
    return secret?.method === connection.signIn.method ? secret : undefined;
  }

  /**
   * Saves definition and secret as one act. The new secret is stored under a name of its own first; the definition,
   * renamed into place, then points to it. So at every moment the definition on disk has the secret it was saved with.
   * @throws StoreError; then neither has changed.
   */
  async save({ settings, secret, ...request }: SaveRequest<S>): Promise<C> {
    return this.#definitions.save({
      ...request,
      name: settings.name,
      define: (parts, before) => {
        const kept = before?.signIn.method === settings.signIn.method ? before.secretKey : undefined;
        const secretKey = secret === undefined ? kept : `${secretPrefix(parts.id)}${parts.revision}`;
        return this.#kind.define(settings, { ...parts, ...(secretKey !== undefined && { secretKey }) });
      },
      around: async (connection, write) => {
        await this.#writeBoth(connection, secret, write);
        // Unreferenced; the next save tries again.
        await this.#forgetSecrets(connection.id, connection.secretKey).catch(() => undefined);
      },
    });
  }

  /**
   * Replaces the stored secret of a connection by its successor, such as a new refresh token. Does nothing when the
   * connection has been given another secret meanwhile, or is gone.
   * @throws StoreError
   */
  async renewSecret({ id, secretKey }: FileParts, secret: ConnectionSecret): Promise<void> {
    if (secretKey === undefined) return;
    await this.#definitions.alone(async () => {
      if ((await this.#definitions.find(id))?.secretKey !== secretKey) return;
      await this.#inVault(() => this.#vault.set(secretKey, serializeSecret(secret)));
    });
  }

  /**
   * Deletes the definition, then its secret.
   * @throws StoreError: `secretStorage` when the definition is gone and the secret is not, else nothing has changed.
   */
  async delete(id: string): Promise<void> {
    await this.#definitions.delete(id, () => this.#forgetSecrets(id));
  }

  async #writeBoth(connection: C, secret: ConnectionSecret | undefined, write: () => Promise<void>): Promise<void> {
    const key = connection.secretKey;
    if (secret !== undefined && key !== undefined) {
      await this.#inVault(() => this.#vault.set(key, serializeSecret(secret)));
    }
    try {
      await write();
    } catch (error) {
      // Unreferenced, so harmless should it stay; the next save tries again.
      if (secret !== undefined && key !== undefined) await this.#vault.delete(key).catch(() => undefined);
      throw error;
    }
  }

  /** Removes the connection's secrets but the one its definition points to. */
  async #forgetSecrets(id: string, except?: string): Promise<void> {
    await this.#inVault(async () => {
      const keys = (await this.#vault.keys()).filter((key) => key.startsWith(secretPrefix(id)) && key !== except);
      await Promise.all(keys.map((key) => this.#vault.delete(key)));
    });
  }

  async #inVault<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw new StoreError('secretStorage', { cause });
    }
  }
}
