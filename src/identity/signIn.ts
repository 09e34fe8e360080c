import { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import type { INetworkModule, NodeAuthOptions } from '@azure/msal-node';
import { createHash, X509Certificate } from 'node:crypto';
import type { ConnectionSecret } from '../connections/secret.ts';
import type { SignIn } from '../connections/sourceConnection.ts';
import { codeFlow, deviceCodeFlow, renew } from './account/accountFlows.ts';
import { msalConfiguration } from './msalConfiguration.ts';
import type { MsalClientOptions } from './msalConfiguration.ts';
import type { OpenIdConfiguration } from './openIdConfiguration.ts';

export { codeFlow, deviceCodeFlow };

export interface SignInRequest {
  /** Origin of the sign-in service. */
  readonly authority: string;
  readonly tenant: string;
  readonly configuration: OpenIdConfiguration;
  readonly signIn: SignIn;
  readonly secret: ConnectionSecret;
  /** Origin of the resource, such as https://outlook.office365.com */
  readonly resource: string;
  /** What an account asks for of the resource; EWS unless told. An app asks for all that it was granted. */
  readonly delegated?: string;
  /** An account's secret is replaced when it is used: keep the new one. */
  readonly onRenewed?: (secret: ConnectionSecret) => void;
}

/**
 * Signs in with MSAL. Bundled on its own and loaded on first use; it takes the network from outside, so that errors are
 * of the program's own classes, which a bundle must not hold twice.
 */
export type SignInWithMsal = typeof signInWithMsal;

/** What this bundle has for who loads it. */
export interface MsalBundle {
  readonly signInWithMsal: SignInWithMsal;
  readonly codeFlow: typeof codeFlow;
  readonly deviceCodeFlow: typeof deviceCodeFlow;
  readonly delegatedScope: typeof delegatedScope;
}

export async function signInWithMsal(request: SignInRequest, network: INetworkModule): Promise<string> {
  const result = await acquire(request, network);
  if (result === null) throw new Error('The sign-in service gave no token.');
  return result.accessToken;
}

async function acquire(request: SignInRequest, network: INetworkModule): Promise<{ accessToken: string } | null> {
  const { signIn, secret, resource } = request;
  const options: MsalClientOptions = { ...request, clientId: signIn.clientId };
  const delegated = [delegatedScope(resource, request.delegated)];
  if (signIn.method === 'password' && secret.method === 'password') {
    // Deprecated by Microsoft: no MFA, no federation. Kept for test tenants and special accounts [facts].
    return new PublicClientApplication(msalConfiguration(options, network)).acquireTokenByUsernamePassword({
      scopes: delegated,
      username: signIn.userName,
      password: secret.password,
    });
  }
  if (signIn.method === 'account' && secret.method === 'account') {
    const account = await renew({ ...options, scopes: delegated }, secret.tokenCache, network);
    if (account.tokenCache !== secret.tokenCache) {
      request.onRenewed?.({ method: 'account', tokenCache: account.tokenCache });
    }
    return account;
  }
  const credential = clientCredential(secret);
  const client = new ConfidentialClientApplication(msalConfiguration(options, network, { credential }));
  return client.acquireTokenByClientCredential({ scopes: [`${resource}/.default`], skipCache: true });
}

/** What an account's token must be allowed to. */
export function delegatedScope(resource: string, permission = 'EWS.AccessAsUser.All'): string {
  return `${resource}/${permission}`;
}

function clientCredential(secret: ConnectionSecret): Partial<NodeAuthOptions> {
  if (secret.method === 'appSecret') return { clientSecret: secret.clientSecret };
  if (secret.method !== 'appCertificate') throw new Error('The secret does not fit the sign-in method.');
  const certificate = new X509Certificate(secret.certificate);
  return {
    clientCertificate: {
      thumbprintSha256: createHash('sha256').update(certificate.raw).digest('hex').toUpperCase(),
      privateKey: secret.privateKey,
      x5c: secret.certificate,
    },
  };
}
