import type { ConnectionStore } from '../../connections/connectionStore.ts';
import type { ConnectionSecret } from '../../connections/secret.ts';
import type { SourceConnection } from '../../connections/sourceConnection.ts';
import type { TargetConnection, TargetSettings } from '../../connections/targetConnection.ts';
import { HttpClient } from '../../ews/transport/httpClient.ts';
import { trustedCas } from '../../ews/transport/trustedCas.ts';
import type { SignInWithMsal } from '../../identity/signIn.ts';
import { contextOf } from '../../verification/context.ts';
import { explain } from '../../verification/explain.ts';
import { explainStored } from '../../verification/findings/stored.ts';
import { SecretMissingError } from '../../verification/secretMissingError.ts';
import { explainTarget } from '../../verification/target/explainTarget.ts';
import { targetContextOf } from '../../verification/target/targetContext.ts';
import type { Finding } from '../../verification/verification.ts';
import { openSourceDirectory } from '../directory/sourceDirectory.ts';
import type { SourceDirectory } from '../directory/sourceDirectory.ts';
import { TargetLookup } from '../matching/targetLookup.ts';
import type { LookupOptions, TargetsFound } from '../matching/targetLookup.ts';
import type { MatchInput } from '../matching/mailboxMatching.ts';
import { withoutButtons } from '../withoutButtons.ts';
import { SourceServer } from './sourceServer.ts';
import { TargetServer } from './targetServer.ts';
import type { TargetServerOptions } from './targetServer.ts';

/** How long a tenant may take to tell its domains, in milliseconds: addresses are taken without them then. */
const domainsMs = 10_000;

/** To a target that is asked for many mailboxes, at once. */
const lookUpConnections = 4;

export interface SavedServersOptions {
  readonly sources: ConnectionStore;
  readonly targets: ConnectionStore<TargetSettings, TargetConnection>;
  readonly loadSignIn: () => Promise<SignInWithMsal>;
  readonly userAgent: string;
}

/** What a target is asked for: which of the wanted mailboxes it has. */
export interface LookUp extends Pick<MatchInput, 'sources' | 'settings' | 'rules'>, LookupOptions {
  readonly targetId: string;
}

/** The servers of saved connections, with their secrets. What they have answered is remembered while VS Code is open. */
export class SavedServers {
  readonly #options: SavedServersOptions;
  /** By the target's id and revision: another account may see others. */
  readonly #lookups = new Map<string, TargetLookup>();
  /** By the source's id and revision: its tenant may be another. */
  readonly #domains = new Map<string, Promise<ReadonlySet<string> | undefined>>();

  constructor(options: SavedServersOptions) {
    this.#options = options;
  }

  /** @param connections at once, at most. @throws SecretMissingError, StoreError */
  async source(id: string, connections: number): Promise<SourceServer> {
    const { loadSignIn, userAgent } = this.#options;
    const { settings, secret } = await this.#sourceOf(id);
    return new SourceServer({ settings, secret, connections, loadSignIn, userAgent, ...this.#renewal(settings) });
  }

  /** @param connections at once, at most. @throws SecretMissingError, StoreError */
  async target(id: string, connections: number): Promise<TargetServer> {
    return new TargetServer(await this.#targetOptions(id, connections));
  }

  /**
   * The directory of a source's tenant, until the signal is aborted.
   * @throws SecretMissingError, StoreError, and as openSourceDirectory does
   */
  async directory(sourceId: string, signal: AbortSignal): Promise<SourceDirectory> {
    const { loadSignIn, userAgent } = this.#options;
    const { settings, secret } = await this.#sourceOf(sourceId);
    const client = new HttpClient(trustedCas(settings.additionalCa?.pem));
    signal.addEventListener('abort', () => client.close(), { once: true });
    const http = client.within({ signal });
    return openSourceDirectory({ settings, secret, userAgent, loadSignIn, signal, http, ...this.#renewal(settings) });
  }

  /** The tenant's own domains; undefined: nobody may tell, or it takes too long. Never rejects. */
  async domainsOf(sourceId: string): Promise<ReadonlySet<string> | undefined> {
    const source = await this.#options.sources.get(sourceId).catch(() => undefined); // It is gone, or unreadable.
    if (source === undefined) return undefined;
    const key = `${sourceId} ${source.revision}`;
    const asked = this.#domains.get(key) ?? this.#askDomains(sourceId);
    this.#domains.set(key, asked);
    const domains = await asked;
    if (domains === undefined) this.#domains.delete(key); // Another time they may be told.
    return domains;
  }

  /** @throws SecretMissingError, StoreError, and as TargetLookup does */
  async lookUp({ targetId, signal, onProgress, ...input }: LookUp): Promise<TargetsFound> {
    const options = await this.#targetOptions(targetId, lookUpConnections);
    const { settings } = options;
    const server = new TargetServer(options);
    try {
      await server.open(signal);
      const key = `${targetId} ${settings.revision}`;
      const lookup = this.#lookups.get(key) ?? new TargetLookup();
      this.#lookups.set(key, lookup);
      // Whoever asks needs a mailbox, which the account itself may lack.
      return await lookup.find(server.asking(settings.testMailbox), input, { signal, onProgress });
    } finally {
      server.close();
    }
  }

  /** Why something of a source failed: for a job, which has no buttons for what is to be done. */
  async explainSource(error: unknown, id: string): Promise<Finding> {
    const { sources, userAgent } = this.#options;
    return withoutButtons(explainStored(error) ?? explain(error, contextOf(await sources.get(id), userAgent)));
  }

  /** The same of a target. */
  async explainTarget(error: unknown, id: string): Promise<Finding> {
    const finding = explainStored(error) ?? explainTarget(error, targetContextOf(await this.#options.targets.get(id)));
    return withoutButtons(finding);
  }

  async #askDomains(sourceId: string): Promise<ReadonlySet<string> | undefined> {
    const stop = new AbortController();
    try {
      const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(domainsMs)]);
      return await (await this.directory(sourceId, signal)).domains();
    } catch {
      return undefined;
    } finally {
      stop.abort();
    }
  }

  async #sourceOf(id: string): Promise<{ settings: SourceConnection; secret: ConnectionSecret }> {
    const { sources } = this.#options;
    const settings = await sources.get(id);
    const secret = await sources.secretOf(settings);
    if (secret === undefined) throw new SecretMissingError(settings);
    return { settings, secret };
  }

  async #targetOptions(
    id: string,
    connections: number,
  ): Promise<TargetServerOptions & { readonly settings: TargetConnection }> {
    const { targets, userAgent } = this.#options;
    const settings = await targets.get(id);
    const secret = await targets.secretOf(settings);
    if (secret?.method !== 'ntlm' && secret?.method !== 'basic') throw new SecretMissingError(settings);
    return { settings, secret, connections, userAgent };
  }

  /** A secret that could not be kept is asked for again. */
  #renewal(settings: SourceConnection): { readonly onRenewed: (secret: ConnectionSecret) => void } {
    return { onRenewed: (secret) => void this.#options.sources.renewSecret(settings, secret).catch(() => undefined) };
  }
}
