import type { Addresses } from '../addresses.ts';
import { empty, header } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import { exchangeAppId, exchangeResources } from '../entra/resources.ts';
import type { TokenMint } from '../entra/tokens.ts';
import { decodeJwt } from '../jwt.ts';
import type { LabUser, Tenant } from '../tenant.ts';

/** Seconds by which clocks may differ. */
const tolerance = 300;

/** Who a verified token speaks for. */
export type Caller =
  | { readonly kind: 'app'; readonly appId: string; /** Absent: every mailbox. */ readonly scope?: readonly string[] }
  | { readonly kind: 'user'; readonly appId: string; readonly user: LabUser };

export interface CallerRules extends Addresses {
  readonly tenant: Tenant;
  readonly mint: TokenMint;
  /** Milliseconds since 1970 by the tenant's clock. */
  readonly nowMs: number;
  /** RBAC for Applications: addresses by client id. */
  readonly scopes: Readonly<Record<string, readonly string[]>>;
}

/** Says which kind of token is asked for. */
const challenge = (authority: string): string =>
  `Bearer client_id="${exchangeAppId}", trusted_issuers="00000001-0000-0000-c000-000000000000@*", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="${authority}/common/oauth2/authorize"`;

/** A refusal with the header that Exchange explains itself in. */
function refuse(status: 401 | 403, authority: string, number: number, reason: string, category: string): LabAnswer {
  const diagnostics = { 'x-ms-diagnostics': `${number};reason="${reason}";error_category="${category}"` };
  if (status === 403) return empty(403, diagnostics);
  return empty(401, { ...diagnostics, 'www-authenticate': `${challenge(authority)}, error="invalid_token"` });
}

/**
 * Verifies the bearer token as Exchange does: signature, tenant, audience, times, and that it carries the role or scope.
 * @returns who calls, or the 401 or 403 to answer with
 */
export function identifyCaller(request: LabRequest, rules: CallerRules): Caller | LabAnswer {
  const { tenant, mint, authority } = rules;
  const token = /^Bearer\s+(\S+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
  if (token === undefined) return empty(401, { 'www-authenticate': challenge(authority) });
  if (!decodeJwt(token)) {
    return refuse(401, authority, 2000001, 'The token is not a well-formed JSON Web Token.', 'invalid_token');
  }
  const jwt = mint.verified(token);
  if (!jwt) return refuse(401, authority, 2000000, 'The token has an invalid signature.', 'invalid_signature');
  const { aud = '', exp = 0, nbf = 0, tid, appid, roles, scp, upn } = jwt.payload;
  const appId = typeof appid === 'string' ? appid : '';
  request.notes.appId = appId;
  if (tid !== tenant.id)
    return refuse(401, authority, 2000004, 'The tenant of the token is not known.', 'invalid_tenant');
  if (!exchangeResources(rules).includes(aud.replace(/\/$/, ''))) {
    return refuse(
      401,
      authority,
      2000003,
      `The audience claim value '${aud}' is invalid for current resource. Audience claim is not a supported audience.`,
      'invalid_resource',
    );
  }
  const now = Math.floor(rules.nowMs / 1000);
  if (exp + tolerance < now || nbf - tolerance > now) {
    return refuse(
      401,
      authority,
      2000002,
      `The token has expired. Token valid until ${new Date(exp * 1000).toISOString()}.`,
      'token_expired',
    );
  }
  const scopeMissing = (): LabAnswer =>
    refuse(403, authority, 2000008, 'The token contains not enough scope to make this call.', 'invalid_grant');
  if (typeof upn === 'string') {
    const user = tenant.users.find((one) => one.email === upn);
    if (!user)
      return refuse(
        401,
        authority,
        2000005,
        'The user specified by the user-context in the token does not exist.',
        'invalid_user',
      );
    const allowed = typeof scp === 'string' && scp.split(' ').includes('EWS.AccessAsUser.All');
    return allowed ? { kind: 'user', appId, user } : scopeMissing();
  }
  if (Array.isArray(roles) && roles.includes('full_access_as_app')) return { kind: 'app', appId };
  const scope = rules.scopes[appId.toLowerCase()];
  return scope === undefined ? scopeMissing() : { kind: 'app', appId, scope };
}
