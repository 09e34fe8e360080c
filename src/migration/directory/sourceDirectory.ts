import type { GraphAccess, GraphSignIn } from '../../identity/graph/graphAccess.ts';
import { mayUse, openGraph } from '../../identity/graph/graphAccess.ts';
import { GraphError, GraphPermissionError } from '../../identity/graph/graphError.ts';
import type { GraphSession } from '../../identity/graph/graphSession.ts';
import { tenantDomains } from '../../identity/graph/tenantDomains.ts';
import { listingUsers, tenantUsers } from '../../identity/graph/tenantUsers.ts';
import type { TenantUser } from '../../identity/graph/tenantUsers.ts';
import { mailboxUsageReport, readingReports } from '../../identity/graph/usageReport.ts';
import { endpointsOf, MissingEndpointError } from '../../identity/endpoints.ts';
import { fetchOpenIdConfiguration } from '../../identity/openIdConfiguration.ts';
import { SignInError } from '../../identity/signInError.ts';
import { isDelegated } from '../../connections/sourceConnection.ts';
import type { Http } from '../../ews/transport/httpClient.ts';
import { addressKey, isOneAddress } from '../mailAddress.ts';
import type { DirectoryMailbox } from '../mailbox.ts';
import { ShardedMap } from '../shardedMap.ts';
import { readUsageReport } from './usageDetails.ts';
import type { MailboxDetail } from './usageDetails.ts';

export interface SourceDirectoryOptions extends GraphSignIn {
  /** Within the same signal. */
  readonly http: Http;
  /** Ends whatever the directory does; it then throws the signal's reason. */
  readonly signal: AbortSignal;
}

/** A page of the directory, and what there was up to its end. */
export interface DirectoryPage {
  readonly mailboxes: readonly DirectoryMailbox[];
  readonly soFar: {
    readonly mailboxes: number;
    /** Left out: guests of the tenant. */
    readonly guests: number;
    /** Left out: users without an address, or with one that is none. */
    readonly withoutAddress: number;
  };
}

/** Sizes and types, or why they are not there. */
export type MailboxDetails =
  | {
      readonly state: 'known';
      /** @param key an address as `addressKey` makes it */
      readonly get: (key: string) => MailboxDetail | undefined;
      /** Mailboxes that the report names. */
      readonly count: number;
    }
  | {
      readonly state: 'unknown';
      /** `concealed`: the tenant's reports name nobody. `failed`: see `cause`. */
      readonly reason: 'noPermission' | 'concealed' | 'failed';
      readonly cause?: unknown;
    };

/** AADSTS codes of an account that has consented to nothing in Graph for this app. */
const noConsent = [65001, 650057];

/**
 * Opens the directory of a source's tenant.
 * @throws SignInError, OtherCloudError, ForeignTokenEndpointError, MissingEndpointError (`graph`: a custom cloud that names
 * none), UnusableSecretError, AnswerError, TransportError; GraphPermissionError for an account that has consented to nothing
 * in Graph; the signal's reason
 */
export async function openSourceDirectory(options: SourceDirectoryOptions): Promise<SourceDirectory> {
  const { settings, http, userAgent, signal } = options;
  const { authority, graphResource, ewsResource } = endpointsOf(settings);
  // A token for its address would be Exchange's.
  if (graphResource === ewsResource) throw new MissingEndpointError('graph');
  const { tenant, cloud } = settings;
  return unlessAborted(signal, async () => {
    const configuration = await fetchOpenIdConfiguration(http, { authority, tenant, cloud }, userAgent);
    return new SourceDirectory(await signIn(options, configuration), options);
  });
}

async function signIn(
  options: SourceDirectoryOptions,
  configuration: Parameters<typeof openGraph>[2],
): Promise<GraphAccess> {
  try {
    return await openGraph(options.http, options, configuration);
  } catch (error) {
    const isRefused = error instanceof SignInError && error.evidence.codes.some((code) => noConsent.includes(code));
    if (isRefused && isDelegated(options.settings.signIn.method)) throw new GraphPermissionError(listingUsers, error);
    throw error;
  }
}

/** The mailboxes of a source's tenant, as Microsoft Graph tells them. Its token is good for about an hour. */
export class SourceDirectory {
  readonly #access: GraphAccess;
  readonly #graph: GraphSession;
  readonly #signal: AbortSignal;
  /** User principal names, by address, where they differ: reports know nothing else. */
  readonly #principals = new ShardedMap<string>();

  constructor(access: GraphAccess, scope: { readonly http: Http; readonly signal: AbortSignal }) {
    this.#access = access;
    this.#graph = access.session(scope);
    this.#signal = scope.signal;
  }

  /** Whether mailboxes may be listed, as far as the token tells. */
  get mayList(): boolean {
    return mayUse(this.#access, listingUsers);
  }

  /**
   * All mailboxes, by pages of at most 999. The next one is asked for when the one before it has been taken. Graph does not
   * say whether a user with an address has a mailbox here, nor of which type it is: all are `unknown`.
   * @throws GraphPermissionError, GraphError, AnswerError, TransportError; the signal's reason
   */
  async *pages(): AsyncGenerator<DirectoryPage, void> {
    if (!this.mayList) throw new GraphPermissionError(listingUsers);
    const soFar = { mailboxes: 0, guests: 0, withoutAddress: 0 };
    const pages = tenantUsers(this.#graph);
    for (;;) {
      this.#signal.throwIfAborted();
      const { done, value: users } = await unlessAborted(this.#signal, () => pages.next());
      if (done === true) return;
      const mailboxes: DirectoryMailbox[] = [];
      for (const user of users) {
        if (user.isGuest) soFar.guests += 1;
        else if (user.mail === undefined || !isOneAddress(user.mail)) soFar.withoutAddress += 1;
        else mailboxes.push(this.#mailbox(user, user.mail));
      }
      soFar.mailboxes += mailboxes.length;
      yield { mailboxes, soFar: { ...soFar } };
    }
  }

  /**
   * The tenant's own domains, in small letters; undefined when nobody may tell.
   * @throws GraphError, AnswerError, TransportError; the signal's reason
   */
  domains(): Promise<ReadonlySet<string> | undefined> {
    return unlessAborted(this.#signal, () => tenantDomains(this.#graph));
  }

  /**
   * Sizes and types of all mailboxes, by one report: call it when all pages have been taken, which say whose address is
   * which user's. Takes as long as the download, and is of use to whoever wants it only: a failure is an answer.
   * @param onProgress rows of the report
   * @throws the signal's reason only
   */
  async details(onProgress?: (rows: number) => void): Promise<MailboxDetails> {
    if (!mayUse(this.#access, readingReports)) return { state: 'unknown', reason: 'noPermission' };
    try {
      const { body } = await mailboxUsageReport(this.#graph);
      const report = await readUsageReport(body, { signal: this.#signal, onProgress });
      if (report === undefined) return { state: 'unknown', reason: 'failed' };
      if (report.isConcealed) return { state: 'unknown', reason: 'concealed' };
      const { byPrincipal, count } = report;
      return { state: 'known', count, get: (key) => byPrincipal.get(this.#principals.get(key) ?? key) };
    } catch (error) {
      this.#signal.throwIfAborted();
      const isForbidden = error instanceof GraphError && error.evidence.status === 403;
      return { state: 'unknown', reason: isForbidden ? 'noPermission' : 'failed', cause: error };
    }
  }

  #mailbox({ displayName, principalName, department }: TenantUser, address: string): DirectoryMailbox {
    const [key, principal] = [addressKey(address), addressKey(principalName)];
    if (principal !== '' && principal !== key) this.#principals.set(key, principal);
    const name = displayName === '' ? address : displayName;
    return { address, displayName: name, type: 'unknown', ...(department !== undefined && { department }) };
  }
}

/** What a cancelled request throws is about the request; who cancels wants to hear the own reason. */
async function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
