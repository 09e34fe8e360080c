import type { ConnectionSecret } from '../connections/secret.ts';
import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import type { Http } from '../ews/transport/httpClient.ts';
import { acquireToken } from './acquireToken.ts';
import type { Endpoints } from './endpoints.ts';
import type { OpenIdConfiguration } from './openIdConfiguration.ts';
import type { SignInWithMsal } from './signIn.ts';
import { readClaims } from './tokenClaims.ts';

export interface EwsTokensOptions {
  readonly settings: Pick<ConnectionSettings, 'tenant' | 'signIn'>;
  readonly secret: ConnectionSecret;
  readonly endpoints: Pick<Endpoints, 'authority' | 'ewsResource'>;
  readonly configuration: OpenIdConfiguration;
  /** Loads MSAL when somebody first signs in. */
  readonly loadSignIn: () => Promise<SignInWithMsal>;
  readonly userAgent: string;
  /** An account's secret is replaced when it is used: keep the new one. */
  readonly onRenewed?: ((secret: ConnectionSecret) => void) | undefined;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/** A token is replaced so long before its end (ms): a request with it may take minutes, and Entra dates tokens five minutes back. */
const renewalAheadMs = 10 * 60_000;

/**
 * Access tokens for EWS, for as long as a connection is used: another one is got before the last one ends. The first is
 * never out of a cache, so that a permission granted a moment ago shows.
 */
export class EwsTokens {
  readonly #options: EwsTokensOptions;
  readonly #now: () => number;
  #secret: ConnectionSecret;
  #current: { readonly token: string; readonly renewAt: number } | undefined;
  #underWay: Promise<string> | undefined;

  constructor(options: EwsTokensOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#secret = options.secret;
  }

  /**
   * @param fresh the last one was refused. Those who ask while one is being got share it.
   * @throws as acquireToken does
   */
  async get(http: Http, fresh = false): Promise<string> {
    const current = this.#current;
    if (!fresh && current !== undefined && this.#now() < current.renewAt) return current.token;
    this.#underWay ??= this.#acquire(http).finally(() => (this.#underWay = undefined));
    return this.#underWay;
  }

  async #acquire(http: Http): Promise<string> {
    const { settings, endpoints, configuration, loadSignIn, userAgent, onRenewed } = this.#options;
    const { tenant, signIn } = settings;
    const request = {
      ...{ authority: endpoints.authority, resource: endpoints.ewsResource, tenant, configuration, signIn },
      secret: this.#secret,
      onRenewed: (secret: ConnectionSecret) => {
        this.#secret = secret;
        onRenewed?.(secret);
      },
    };
    const token = await acquireToken(loadSignIn, request, http, userAgent);
    this.#current = { token, renewAt: this.#now() + usableMs(readClaims(token)?.lifetimeMs) };
    return token;
  }
}

/** Of a token that does not tell its lifetime, its refusal tells. */
function usableMs(lifetimeMs = Infinity): number {
  return Math.max(lifetimeMs - renewalAheadMs, lifetimeMs / 2);
}
