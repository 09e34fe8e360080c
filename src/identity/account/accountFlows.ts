import { PublicClientApplication } from '@azure/msal-node';
import type { AuthenticationResult, DeviceCodeRequest, INetworkModule } from '@azure/msal-node';
import { msalConfiguration } from '../msalConfiguration.ts';
import type { MsalClientOptions } from '../msalConfiguration.ts';
import { AccountCache } from './accountCache.ts';

export interface AccountRequest extends MsalClientOptions {
  /** Of one resource, such as https://outlook.office365.com/EWS.AccessAsUser.All; what MSAL needs is added. */
  readonly scopes: readonly string[];
  /** Address to propose on the sign-in page. */
  readonly loginHint?: string;
}

/** An account that has signed in. */
export interface SignedInAccount {
  /** User principal name. */
  readonly userName: string;
  /** A secret: with it the account signs in without a person. */
  readonly tokenCache: string;
  readonly accessToken: string;
}

/** What a person types on another page, maybe on another machine. */
export interface DeviceCode {
  readonly userCode: string;
  readonly verificationUri: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The two halves of the authorization code flow with PKCE (RFC 7636), around what happens in the browser. */
export interface CodeFlow {
  /** @param answer where the browser is sent with the code, and what proves that it is the answer to this question */
  address(answer: {
    readonly redirectUri: string;
    readonly state: string;
    readonly challenge: string;
  }): Promise<string>;
  redeem(answer: {
    readonly redirectUri: string;
    readonly code: string;
    readonly verifier: string;
  }): Promise<SignedInAccount>;
}

export function codeFlow(request: AccountRequest, network: INetworkModule): CodeFlow {
  const { client, cache } = publicClient(request, network);
  const scopes = [...request.scopes];
  return {
    address: ({ redirectUri, state, challenge }) =>
      client.getAuthCodeUrl({
        scopes,
        redirectUri,
        state,
        codeChallenge: challenge,
        codeChallengeMethod: 'S256',
        // The account the browser is signed in with may not be the right one.
        ...(request.loginHint === undefined ? { prompt: 'select_account' } : { loginHint: request.loginHint }),
      }),
    redeem: async ({ redirectUri, code, verifier }) =>
      signedIn(await client.acquireTokenByCode({ scopes, redirectUri, code, codeVerifier: verifier }), cache),
  };
}

/**
 * Signs in with a device code (RFC 8628).
 * @param signal ends it: nothing is asked any more.
 */
export async function deviceCodeFlow(
  request: AccountRequest,
  network: INetworkModule,
  onCode: (code: DeviceCode) => void,
  signal: AbortSignal,
): Promise<SignedInAccount> {
  const { client, cache } = publicClient(request, network);
  const asked: DeviceCodeRequest = {
    scopes: [...request.scopes],
    deviceCodeCallback: ({ userCode, verificationUri, expiresIn }) =>
      onCode({ userCode, verificationUri, expiresAt: Date.now() + expiresIn * 1000 }),
  };
  const cancel = (): void => {
    asked.cancel = true;
  };
  signal.addEventListener('abort', cancel);
  try {
    return signedIn(await client.acquireTokenByDeviceCode(asked), cache);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** A fresh token for an account that has signed in before, without a person. */
export async function renew(
  request: AccountRequest,
  tokenCache: string,
  network: INetworkModule,
): Promise<SignedInAccount> {
  const { client, cache } = publicClient(request, network, tokenCache);
  const [account] = await client.getAllAccounts();
  if (account === undefined) throw new Error('No account has signed in.');
  return signedIn(await client.acquireTokenSilent({ account, scopes: [...request.scopes], forceRefresh: true }), cache);
}

function publicClient(
  request: AccountRequest,
  network: INetworkModule,
  tokenCache = '',
): { client: PublicClientApplication; cache: AccountCache } {
  const cache = new AccountCache(tokenCache);
  const client = new PublicClientApplication(msalConfiguration(request, network, { cachePlugin: cache }));
  return { client, cache };
}

function signedIn(result: AuthenticationResult | null, cache: AccountCache): SignedInAccount {
  const account = result?.account ?? null;
  if (result === null || account === null) throw new Error('The sign-in service gave no account.');
  return {
    userName: account.username,
    tokenCache: withoutAccessTokens(cache.text),
    accessToken: result.accessToken,
  };
}

/** A kept access token would be of no use: each sign-in asks for a fresh one, so that a new permission shows. */
function withoutAccessTokens(tokenCache: string): string {
  const kept: unknown = JSON.parse(tokenCache); // MSAL has just written it.
  return JSON.stringify({ ...Object(kept), AccessToken: {} });
}
