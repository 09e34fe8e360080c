import { homeCloud, isElsewhere } from '../addresses.ts';
import { clouds } from './clouds.ts';
import type { EntraContext } from './entra.ts';
import { EntraError } from './errors.ts';

/** The OpenID Connect discovery document of a tenant, or of /common and /organizations. */
export function openIdConfiguration(tenantName: string, context: EntraContext): object {
  const { authority, tenant, state } = context;
  const isOwn = tenantName === tenant.id || tenantName === tenant.domain;
  const name = isOwn ? tenant.id : tenantName;
  const cloud = clouds[isOwn || context.cloud === null ? homeCloud(state) : context.cloud];
  const isUnnamed = state.entra.tenant === 'otherCloudUnnamed' && isElsewhere(state, context);
  return {
    token_endpoint: `${authority}/${name}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${authority}/${name}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${authority}/${isOwn ? tenant.id : '{tenantid}'}/v2.0`,
    request_uri_parameter_supported: false,
    userinfo_endpoint: `${authority}/oidc/userinfo`,
    authorization_endpoint: `${authority}/${name}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${authority}/${name}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    end_session_endpoint: `${authority}/${name}/oauth2/v2.0/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'ver', 'oid'],
    tenant_region_scope: 'EU',
    ...(!isUnnamed && {
      ...(cloud.regionSubScope === null ? {} : { tenant_region_sub_scope: cloud.regionSubScope }),
      cloud_instance_name: cloud.instanceName,
    }),
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: new URL(context.graphOrigin).host,
    rbac_url: 'https://pas.windows.net',
  };
}

/**
 * The answer of `/common/discovery/instance`: which host names stand for this cloud.
 * @param authorizationEndpoint the address that the client asks about; a cloud's service knows those of all clouds
 * @throws EntraError AADSTS50049 for a sign-in service of no cloud
 */
export function instanceDiscovery(
  authorizationEndpoint: string | null,
  { authority, cloud, tenant }: EntraContext,
): object {
  const document = (where: string, hosts: Iterable<string>): object => ({
    tenant_discovery_endpoint: `${where}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [...hosts].map((host) => ({ preferred_network: host, preferred_cache: host, aliases: [host] })),
  });
  if (cloud === null) return document(`${authority}/${tenant.id}`, [new URL(authority).host]);
  const known = new Set(Object.values(clouds).map(({ hosts }) => hosts.entra));
  const [, host = '', name = ''] = /^https:\/\/([^/]+)\/([^/]+)\//.exec(authorizationEndpoint ?? '') ?? [];
  if (known.has(host)) return document(`https://${host}/${name}`, known);
  throw new EntraError(50049, 'invalid_instance', 'Unknown or invalid instance.');
}
