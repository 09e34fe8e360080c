import * as z from 'zod/mini';
import type { CloudId } from '../connections/sourceConnection.ts';
import { AnswerError, readJson } from '../ews/transport/answer.ts';
import type { Http } from '../ews/transport/httpClient.ts';
import { cloudsOfInstance } from './clouds.ts';
import { SignInError, signInEvidence } from './signInError.ts';

const document = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  cloud_instance_name: z.optional(z.string()),
  tenant_region_sub_scope: z.nullish(z.string()),
});

/** The sign-in service's description of itself for one tenant. */
export interface OpenIdConfiguration {
  readonly tokenEndpoint: string;
  /** Directory id, as the issuer names it; undefined when it does not. */
  readonly tenantId?: string;
  /** When it answered, by its own clock; in milliseconds since 1970, in steps of a second. */
  readonly serverTime?: number;
  /** The document as it came, for MSAL, which then need not fetch it again. */
  readonly json: string;
}

/** The tenant lives in another national cloud than the connection says. */
export class OtherCloudError extends Error {
  /** Where it may live, never empty. */
  readonly clouds: readonly CloudId[];

  constructor(clouds: readonly CloudId[]) {
    super(`The tenant is in ${clouds.join(' or ')}`);
    this.name = 'OtherCloudError';
    this.clouds = clouds;
  }
}

/** The document sends secrets to another host than the one the user trusts. */
export class ForeignTokenEndpointError extends Error {
  readonly origin: string;

  constructor(origin: string) {
    super(`Token endpoint at ${origin}`);
    this.name = 'ForeignTokenEndpointError';
    this.origin = origin;
  }
}

const halfSecond = 500;

export interface TenantAddress {
  /** Origin of the sign-in service. */
  readonly authority: string;
  /** Domain or directory id. */
  readonly tenant: string;
  /** Where the tenant is said to live; `custom` takes whatever the service answers. */
  readonly cloud: CloudId;
}

/**
 * Fetches the OpenID Connect discovery document of a tenant. Needs no sign-in.
 * @throws SignInError when the service does not know the tenant; OtherCloudError; ForeignTokenEndpointError; AnswerError;
 * TransportError.
 */
export async function fetchOpenIdConfiguration(
  http: Http,
  { authority, tenant, cloud }: TenantAddress,
  userAgent: string,
): Promise<OpenIdConfiguration> {
  const response = await http.request({
    method: 'GET',
    url: `${authority}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`,
    operation: 'OpenID configuration',
    headers: { accept: 'application/json', 'user-agent': userAgent },
  });
  const body = readJson(response);
  if (response.status !== 200) {
    const evidence = signInEvidence(body, response.status);
    throw evidence === undefined ? new AnswerError('status', response) : new SignInError(evidence);
  }
  const parsed = document.safeParse(body);
  if (!parsed.success) throw new AnswerError('unexpected', response);
  refuseOtherCloud(parsed.data, cloud);
  const origin = new URL(parsed.data.token_endpoint).origin;
  if (origin !== authority) throw new ForeignTokenEndpointError(origin);
  const tenantId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(parsed.data.issuer)?.[0].toLowerCase();
  const date = Date.parse(response.headers.date ?? '');
  return {
    tokenEndpoint: parsed.data.token_endpoint,
    ...(!Number.isNaN(date) && { serverTime: date + halfSecond }), // The header has whole seconds, rounded down.
    ...(tenantId !== undefined && { tenantId }),
    json: JSON.stringify(parsed.data),
  };
}

/** The service of one cloud knows the tenants of some others, and names theirs. */
function refuseOtherCloud(
  { cloud_instance_name: instance, tenant_region_sub_scope: subScope }: z.infer<typeof document>,
  cloud: CloudId,
): void {
  if (cloud === 'custom' || instance === undefined) return;
  const possible = cloudsOfInstance(instance, subScope ?? undefined).map(({ id }) => id);
  if (possible.length > 0 && !possible.includes(cloud)) throw new OtherCloudError(possible);
}
