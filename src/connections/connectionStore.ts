import { randomUUID } from 'node:crypto';
import { sameName } from './connectionNames.ts';
import type { CommonSettings, ConnectionKind, Defined, FileParts } from './connectionKind.ts';
import { isUnreadable } from './definitionFiles.ts';
import type { DefinitionFiles, UnreadableDefinition } from './definitionFiles.ts';
import { Emitter } from './emitter.ts';
import { withFolderLock } from './folderLock.ts';
import { FolderWatch } from './folderWatch.ts';
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
  readonly #files: DefinitionFiles<C>;
  readonly #kind: ConnectionKind<S, C>;
  readonly #vault: SecretVault;
  readonly #watch: FolderWatch;
  #watching: Promise<void> | undefined;
  readonly #changed = new Emitter<undefined>();
  readonly #overwritten = new Emitter<C>();
  /** Revision of the last save of this window by connection: to notice when somebody replaces it unread. */
  readonly #saved = new Map<string, string>();
  /** All revisions that this window has made. */
  readonly #own = new Set<string>();

  constructor(files: DefinitionFiles<C>, kind: ConnectionKind<S, C>, vault: SecretVault) {
    this.#files = files;
    this.#kind = kind;
    this.#vault = vault;
    this.#watch = new FolderWatch(files.folder, () => this.refresh());
  }

  /** Something may have changed, here or in another window: read again. */
  readonly onDidChange = this.#changed.event;
  /** This window's last save of the connection was replaced by one whose editor had not seen it. */
  readonly onDidOverwrite = this.#overwritten.event;

  /** Begins to notice what other windows do, once for all who want to know. */
  watch(): Promise<void> {
    return (this.#watching ??= this.#watch.start());
  }

  dispose(): void {
    this.#watch.close();
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** @throws StoreError when the folder cannot be read. */
  async list(): Promise<ConnectionList<C>> {
    const savedBefore = new Map(this.#saved);
    const { definitions: connections, unreadable } = await this.#files.list();
    for (const connection of connections) this.#noticeOverwrite(connection, savedBefore.get(connection.id));
    return { connections, unreadable };
  }

  /** @throws StoreError `missing` or `unreadableDefinition`. */
  async get(id: string): Promise<C> {
    const entry = await this.#files.read(id);
    if (entry === undefined) throw new StoreError('missing', { path: this.#files.pathOf(id) });
    if (isUnreadable(entry)) throw new StoreError('unreadableDefinition', { path: entry.path });
    return entry;
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
  async save(request: SaveRequest<S>): Promise<C> {
    return withFolderLock(this.#files.folder, async () => {
      const id = request.id ?? randomUUID();
      const before = await this.#before(id);
      await this.#refuseTakenName(request.settings.name, id);
      const revision = randomUUID();
      const kept = before?.signIn.method === request.settings.signIn.method ? before.secretKey : undefined;
      const secretKey = request.secret === undefined ? kept : `${secretPrefix(id)}${revision}`;
      const connection = this.#kind.define(request.settings, {
        id,
        revision,
        ...(request.basedOn !== undefined && { basedOn: request.basedOn }),
        ...(secretKey !== undefined && { secretKey }),
        modifiedAt: new Date().toISOString(),
      });
      this.#own.add(revision);
      await this.#write(connection, request.secret);
      this.#saved.set(id, revision);
      await this.#forgetSecrets(id, secretKey).catch(() => undefined); // Unreferenced; the next save tries again.
      this.refresh();
      return connection;
    });
  }

  /**
   * Replaces the stored secret of a connection by its successor, such as a new refresh token. Does nothing when the
   * connection has been given another secret meanwhile, or is gone.
   * @throws StoreError
   */
  async renewSecret({ id, secretKey }: FileParts, secret: ConnectionSecret): Promise<void> {
    if (secretKey === undefined) return;
    await withFolderLock(this.#files.folder, async () => {
      if ((await this.#before(id))?.secretKey !== secretKey) return;
      await this.#inVault(() => this.#vault.set(secretKey, serializeSecret(secret)));
    });
  }

  /**
   * Deletes the definition, then its secret.
   * @throws StoreError: `secretStorage` when the definition is gone and the secret is not, else nothing has changed.
   */
  async delete(id: string): Promise<void> {
    await withFolderLock(this.#files.folder, async () => {
      await this.#before(id);
      await this.#files.remove(id);
      this.#saved.delete(id);
      this.refresh();
      await this.#forgetSecrets(id);
    });
  }

  async #before(id: string): Promise<C | undefined> {
    const entry = await this.#files.read(id);
    if (entry !== undefined && isUnreadable(entry)) throw new StoreError('unreadableDefinition', { path: entry.path });
    return entry;
  }

  async #refuseTakenName(name: string, id: string): Promise<void> {
    const { definitions } = await this.#files.list();
    if (definitions.some((other) => other.id !== id && sameName(other.name, name))) throw new StoreError('nameTaken');
  }

  async #write(connection: C, secret: ConnectionSecret | undefined): Promise<void> {
    const key = connection.secretKey;
    if (secret !== undefined && key !== undefined) {
      await this.#inVault(() => this.#vault.set(key, serializeSecret(secret)));
    }
    try {
      await this.#files.write(connection);
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

  /** @param savedBefore what this window had saved when the list was begun: a later save says nothing of an older list. */
  #noticeOverwrite(connection: C, savedBefore: string | undefined): void {
    const mine = this.#saved.get(connection.id);
    if (mine === undefined || mine !== savedBefore || this.#own.has(connection.revision)) return;
    this.#saved.delete(connection.id);
    if (connection.basedOn !== mine) this.#overwritten.fire(connection);
  }
}
