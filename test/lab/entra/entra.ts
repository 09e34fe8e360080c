import { empty, header, json } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import type { LabState } from '../state.ts';
import type { Tenant } from '../tenant.ts';
import { instanceDiscovery, openIdConfiguration } from './discovery.ts';
import { EntraError, errorAnswer, newRequestIds, tenantNotFound } from './errors.ts';
import { answerTokenRequest } from './tokenEndpoint.ts';
import type { TokenMint } from './tokens.ts';

export interface EntraContext {
  readonly tenant: Tenant;
  readonly authority: string;
  readonly mint: TokenMint;
  readonly state: LabState;
  /** Milliseconds since 1970 by the tenant's clock. */
  readonly nowMs: number;
}

const patterns: readonly (readonly [string, RegExp])[] = [
  ['instance', /^\/common\/discovery\/instance$/],
  ['discovery', /^\/([^/]+)(?:\/v2\.0)?\/\.well-known\/openid-configuration$/],
  ['keys', /^\/([^/]+)\/discovery(?:\/v2\.0)?\/keys$/],
  ['token', /^\/([^/]+)\/oauth2\/v2\.0\/token$/],
];

/** Which of Entra's endpoints a path names, with the tenant in it; null when it is none of them. */
export function entraEndpoint(path: string): { readonly name: string; readonly tenant: string } | null {
  for (const [name, pattern] of patterns) {
    const match = pattern.exec(path);
    if (match) return { name, tenant: decodeURIComponent(match[1] ?? 'common').toLowerCase() };
  }
  return null;
}

function checkTenant(name: string, context: EntraContext, oauthError: string): void {
  const known = [context.tenant.id, context.tenant.domain, 'common', 'organizations'];
  if (!known.includes(name) || context.state.entra.tenant === 'absent') throw tenantNotFound(name, oauthError);
}

/** Entra ID's part of the lab: discovery documents, signing keys and the token endpoint. */
export function answerEntra(request: LabRequest, context: EntraContext): LabAnswer {
  const ids = newRequestIds(header(request, 'client-request-id'));
  const endpoint = entraEndpoint(request.path);
  if (!endpoint) return empty(404);
  const answer = (): LabAnswer => {
    switch (endpoint.name) {
      case 'instance':
        return json(200, instanceDiscovery(context));
      case 'discovery':
        checkTenant(endpoint.tenant, context, 'invalid_tenant');
        return json(200, openIdConfiguration(endpoint.tenant, context));
      case 'keys':
        return json(200, context.mint.keySet);
      default:
        checkTenant(endpoint.tenant, context, 'invalid_request');
        return answerTokenRequest(request, endpoint.tenant, context);
    }
  };
  let made: LabAnswer;
  try {
    made = answer();
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    made = errorAnswer(error, ids, context.authority, context.nowMs);
  }
  const echo = header(request, 'return-client-request-id') === 'true' ? { 'client-request-id': ids.correlationId } : {};
  return {
    ...made,
    headers: {
      ...made.headers,
      ...echo,
      'x-ms-request-id': ids.traceId,
      'x-ms-ests-server': '2.1.22000.9 - LAB ProdSlices',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    },
  };
}
