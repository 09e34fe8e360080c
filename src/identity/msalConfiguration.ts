import type { Configuration, ICachePlugin, INetworkModule, NodeAuthOptions } from '@azure/msal-node';
import type { OpenIdConfiguration } from './openIdConfiguration.ts';

/** Which app signs in where. */
export interface MsalClientOptions {
  /** Origin of the sign-in service. */
  readonly authority: string;
  readonly tenant: string;
  readonly configuration: OpenIdConfiguration;
  readonly clientId: string;
}

/** With both documents given MSAL asks for nothing but the token: one round trip. */
export function msalConfiguration(
  { authority, tenant, configuration, clientId }: MsalClientOptions,
  network: INetworkModule,
  more: { readonly credential?: Partial<NodeAuthOptions>; readonly cachePlugin?: ICachePlugin } = {},
): Configuration {
  const { host } = new URL(authority);
  return {
    auth: {
      clientId,
      authority: `${authority}/${tenant}`,
      knownAuthorities: [host],
      cloudDiscoveryMetadata: JSON.stringify({
        tenant_discovery_endpoint: `${authority}/${tenant}/v2.0/.well-known/openid-configuration`,
        metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
      }),
      authorityMetadata: configuration.json,
      ...more.credential,
    },
    ...(more.cachePlugin && { cache: { cachePlugin: more.cachePlugin } }),
    system: { networkClient: network },
  };
}
