import type { Addresses } from '../addresses.ts';
import { directoryRole } from '../directoryRoles.ts';
import type { DirectoryRole } from '../directoryRoles.ts';
import { header } from '../http.ts';
import type { LabRequest } from '../http.ts';
import { graphAppId, graphAudience } from '../entra/resources.ts';
import type { TokenMint } from '../entra/tokens.ts';
import { decodeJwt } from '../jwt.ts';
import type { LabState } from '../state.ts';
import type { LabUser, Tenant } from '../tenant.ts';
import { GraphError } from './errors.ts';

/** Seconds by which clocks may differ. */
const tolerance = 300;

export interface CallerRules extends Addresses {
  readonly tenant: Tenant;
  readonly state: LabState;
  readonly mint: TokenMint;
  /** Milliseconds since 1970 by the tenant's clock. */
  readonly nowMs: number;
}

/** Who calls Graph: an app by itself, or for a user, with the permissions of the token. */
export interface GraphCaller {
  readonly user: LabUser | null;
  readonly permissions: readonly string[];
  readonly role: DirectoryRole;
}

/**
 * Verifies the bearer token: signature, tenant, audience, times.
 * @throws GraphError with status 401
 */
export function identifyGraphCaller(request: LabRequest, rules: CallerRules): GraphCaller {
  const { tenant, state, mint, authority } = rules;
  const refuse = (message: string): GraphError =>
    new GraphError(401, 'InvalidAuthenticationToken', message, {
      headers: {
        'www-authenticate': `Bearer realm="", authorization_uri="${authority}/common/oauth2/authorize", client_id="${graphAppId}"`,
      },
    });
  const token = /^Bearer\s+(\S+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
  if (token === undefined) throw refuse('Access token is empty.');
  if (!decodeJwt(token)) throw refuse('IDX14100: JWT is not well formed, there are no dots (.).');
  const jwt = mint.verified(token);
  if (!jwt) throw refuse('Access token validation failure. Invalid signature.');
  const { aud = '', exp = 0, nbf = 0, tid, appid, roles, scp, upn } = jwt.payload;
  if (typeof appid === 'string') request.notes.appId = appid;
  const audiences = [graphAudience(rules), graphAppId, rules.graphOrigin];
  if (!audiences.includes(aud.replace(/\/$/, ''))) throw refuse('Access token validation failure. Invalid audience.');
  if (tid !== tenant.id) throw refuse('Access token validation failure. Invalid issuer.');
  const now = Math.floor(rules.nowMs / 1000);
  if (exp + tolerance < now || nbf - tolerance > now) {
    throw refuse('Lifetime validation failed, the token is expired.');
  }
  if (typeof upn === 'string') {
    const user = tenant.users.find(({ email }) => email === upn);
    if (!user) throw refuse('Access token validation failure. The user could not be found.');
    const permissions = typeof scp === 'string' ? scp.split(' ') : [];
    return { user, permissions, role: directoryRole(user, state) };
  }
  const granted: readonly unknown[] = Array.isArray(roles) ? roles : [];
  return {
    user: null,
    permissions: granted.filter((role) => typeof role === 'string'),
    role: 'user',
  };
}
