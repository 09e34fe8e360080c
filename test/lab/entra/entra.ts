import { isElsewhere } from '../addresses.ts';
import type { Addresses } from '../addresses.ts';
import { empty, header, json } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import type { LabState } from '../state.ts';
import type { Tenant } from '../tenant.ts';
import { instanceDiscovery, openIdConfiguration } from './discovery.ts';
import { answerAuthorize } from './authorize.ts';
import { answerDeviceCode, answerDeviceLogin } from './deviceCode.ts';
import {
  describeError,
  EntraError,
  errorAnswer,
  newRequestIds,
  onlyPost,
  otherCloud,
  tenantNotFound,
} from './errors.ts';
import type { RequestIds } from './errors.ts';
import { answerSignIn } from './signIn.ts';
import type { SignInMemory } from './signInMemory.ts';
import { errorPage } from './signInPages.ts';
import { answerTokenRequest } from './tokenEndpoint.ts';
import type { TokenMint } from './tokens.ts';

export interface EntraContext extends Addresses {
  readonly tenant: Tenant;
  readonly mint: TokenMint;
  readonly memory: SignInMemory;
  readonly state: LabState;
  /** Milliseconds since 1970 by the tenant's clock. */
  readonly nowMs: number;
}

interface Endpoint {
  readonly name: string;
  /** As in the address, in small letters. */
  readonly tenant: string;
}

const patterns: readonly (readonly [string, RegExp])[] = [
  ['instance', /^\/common\/discovery\/instance$/],
  ['discovery', /^\/([^/]+)(?:\/v2\.0)?\/\.well-known\/openid-configuration$/],
  ['keys', /^\/([^/]+)\/discovery(?:\/v2\.0)?\/keys$/],
  ['authorize', /^\/([^/]+)\/oauth2\/v2\.0\/authorize$/],
  ['signin', /^\/([^/]+)\/login$/],
  ['devicecode', /^\/([^/]+)\/oauth2\/v2\.0\/devicecode$/],
  ['devicelogin', /^\/devicelogin$/],
  ['token', /^\/([^/]+)\/oauth2\/v2\.0\/token$/],
];

/** Which of Entra's endpoints a path names, with the tenant in it; null when it is none of them. */
export function entraEndpoint(path: string): Endpoint | null {
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

/** Endpoints that a person looks at. */
const pages: ReadonlySet<string> = new Set(['authorize', 'signin', 'devicelogin']);

function route(request: LabRequest, endpoint: Endpoint, ids: RequestIds, context: EntraContext): LabAnswer {
  const { name, tenant } = endpoint;
  switch (name) {
    case 'instance':
      return json(200, instanceDiscovery(request.query.get('authorization_endpoint'), context));
    case 'keys':
      return json(200, context.mint.keySet);
    case 'discovery':
      checkTenant(tenant, context, 'invalid_tenant');
      return json(200, openIdConfiguration(tenant, context));
  }
  checkTenant(tenant, context, 'invalid_request');
  if (isElsewhere(context.state, context)) throw otherCloud(tenant, context.state);
  switch (name) {
    case 'authorize':
      return answerAuthorize(request, tenant, ids, context);
    case 'devicecode':
      return answerDeviceCode(request, tenant, context);
    case 'devicelogin':
      return answerDeviceLogin(request, context);
    case 'signin':
      if (request.method !== 'POST') throw onlyPost(request.method);
      return answerSignIn(request, ids, context);
    default:
      return answerTokenRequest(request, tenant, context);
  }
}

/** Entra ID's part of the lab: discovery documents, signing keys, the pages of a sign-in and the token endpoint. */
export function answerEntra(request: LabRequest, context: EntraContext): LabAnswer {
  const ids = newRequestIds(
    header(request, 'client-request-id') ?? request.query.get('client-request-id') ?? undefined,
  );
  const endpoint = entraEndpoint(request.path);
  if (!endpoint) return empty(404);
  let made: LabAnswer;
  try {
    made = route(request, endpoint, ids, context);
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    made = pages.has(endpoint.name)
      ? errorPage(400, describeError(error, ids, context.nowMs))
      : errorAnswer(error, ids, context.authority, context.nowMs);
  }
  // Not for browsers: kept for the host localhost, it would turn the way back to an app's http address into https.
  const transport = pages.has(endpoint.name)
    ? {}
    : { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };
  const echo = header(request, 'return-client-request-id') === 'true' ? { 'client-request-id': ids.correlationId } : {};
  return {
    ...made,
    headers: {
      ...made.headers,
      ...echo,
      ...transport,
      'x-ms-request-id': ids.traceId,
      'x-ms-ests-server': '2.1.22000.9 - LAB ProdSlices',
    },
  };
}
