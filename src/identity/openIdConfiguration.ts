import * as z from 'zod';
import { AnswerError, readJson } from '../ews/transport/answer.ts';
import type { Http } from '../ews/transport/httpClient.ts';
import { SignInError, signInEvidence } from './signInError.ts';

const document = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
});

/** The sign-in service's description of itself for one tenant. */
export interface OpenIdConfiguration {
  readonly tokenEndpoint: string;
  /** Directory id, as the issuer names it; undefined when it does not. */
  readonly tenantId?: string;
  /** The document as it came, for MSAL, which then need not fetch it again. */
  readonly json: string;
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

/**
 * Fetches the OpenID Connect discovery document of a tenant. Needs no sign-in.
 * @param authority origin of the sign-in service.
 * @param tenant domain or directory id.
 * @throws SignInError when the service does not know the tenant; ForeignTokenEndpointError; AnswerError; TransportError.
 */
export async function fetchOpenIdConfiguration(
  http: Http,
  authority: string,
  tenant: string,
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
  const origin = new URL(parsed.data.token_endpoint).origin;
  if (origin !== authority) throw new ForeignTokenEndpointError(origin);
  const tenantId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(parsed.data.issuer)?.[0].toLowerCase();
  return {
    tokenEndpoint: parsed.data.token_endpoint,
    ...(tenantId !== undefined && { tenantId }),
    json: JSON.stringify(parsed.data),
  };
}
