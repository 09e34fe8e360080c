import { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import type { Configuration, INetworkModule, NodeAuthOptions } from '@azure/msal-node';
import { createHash, X509Certificate } from 'node:crypto';
import type { ConnectionSecret } from '../connections/secret.ts';
import type { SignIn } from '../connections/sourceConnection.ts';
import type { OpenIdConfiguration } from './openIdConfiguration.ts';

export interface SignInRequest {
  /** Origin of the sign-in service. */
  readonly authority: string;
  readonly tenant: string;
  readonly configuration: OpenIdConfiguration;
  readonly signIn: SignIn;
  readonly secret: ConnectionSecret;
  /** Origin of the resource, such as https://outlook.office365.com */
  readonly resource: string;
}

/**
 * Signs in with MSAL. Bundled on its own and loaded on first use; it takes the network from outside, so that errors are
 * of the program's own classes, which a bundle must not hold twice.
 */
export type SignInWithMsal = typeof signInWithMsal;

export async function signInWithMsal(request: SignInRequest, network: INetworkModule): Promise<string> {
  const result = await acquire(request, network);
  if (result === null) throw new Error('The sign-in service gave no token.');
  return result.accessToken;
}

function acquire(request: SignInRequest, network: INetworkModule): Promise<{ accessToken: string } | null> {
  const { signIn, secret, resource } = request;
  if (signIn.method === 'password' && secret.method === 'password') {
    // Deprecated by Microsoft: no MFA, no federation. Kept for test tenants and special accounts [facts].
    return new PublicClientApplication(configuration(request, network, {})).acquireTokenByUsernamePassword({
      scopes: [`${resource}/EWS.AccessAsUser.All`],
      username: signIn.userName,
      password: secret.password,
    });
  }
  const client = new ConfidentialClientApplication(configuration(request, network, clientCredential(secret)));
  return client.acquireTokenByClientCredential({ scopes: [`${resource}/.default`], skipCache: true });
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

/** With both documents given MSAL asks for nothing but the token: one round trip. */
function configuration(
  request: SignInRequest,
  network: INetworkModule,
  credential: Partial<NodeAuthOptions>,
): Configuration {
  const { host } = new URL(request.authority);
  return {
    auth: {
      clientId: request.signIn.clientId,
      authority: `${request.authority}/${request.tenant}`,
      knownAuthorities: [host],
      cloudDiscoveryMetadata: JSON.stringify({
        tenant_discovery_endpoint: `${request.authority}/${request.tenant}/v2.0/.well-known/openid-configuration`,
        metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
      }),
      authorityMetadata: request.configuration.json,
      ...credential,
    },
    system: { networkClient: network },
  };
}
