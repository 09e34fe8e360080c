import { directoryRole } from '../directoryRoles.ts';
import { json } from '../http.ts';
import type { LabAnswer } from '../http.ts';
import type { LabUser } from '../tenant.ts';
import { delegatedScopes, singleResource } from './delegatedScopes.ts';
import type { EntraContext } from './entra.ts';
import { EntraError } from './errors.ts';
import { consentMissing } from './refusals.ts';
import type { UserGrant } from './signInMemory.ts';
import { tokenLifetime } from './tokens.ts';
import { permissionsIn, unconsented } from './userPolicies.ts';

export const noStore = { 'cache-control': 'no-store, no-cache', pragma: 'no-cache', expires: '-1' };
export const lifetimes = { token_type: 'Bearer', expires_in: tokenLifetime - 1, ext_expires_in: tokenLifetime - 1 };

/** Whose account a client's cache is to keep the tokens under. */
export const clientInfo = (user: LabUser, tenantId: string): string =>
  Buffer.from(JSON.stringify({ uid: user.objectId, utid: tenantId })).toString('base64url');

/**
 * The answer with a user's tokens: access token, and when they were asked for id token, refresh token and client_info.
 * @param form the token request; its scope, if it has one, tells which of the granted resources the token is for
 * @throws EntraError when the scope is of several resources or was not consented to
 */
export function userTokenAnswer(grant: UserGrant, form: URLSearchParams, context: EntraContext): LabAnswer {
  const { app, user } = grant;
  const { mint, memory, state, tenant, nowMs } = context;
  const text = form.get('scope') ?? grant.scope;
  const scopes = delegatedScopes(text, app, context);
  if (!form.has('scope') && new Set(scopes.resources.map(({ audience }) => audience)).size > 1) {
    throw new EntraError(
      28003,
      'invalid_request',
      'Provided value for the input parameter scope cannot be empty when requesting an access token using the provided authorization code. Please specify a valid scope.',
    );
  }
  const { audience, isGraph, prefix, permissions } = singleResource(scopes, text, context);
  if (unconsented(app, user, permissionsIn(scopes), context).length > 0) throw consentMissing(app);
  const names = state.entra.permissionGranted ? permissions.map(({ name }) => name) : ['User.Read'];
  // Without the nonce, which is about one id token only.
  const renewal: UserGrant = { app, user, scope: grant.scope, amr: grant.amr, issuedAtMs: nowMs };
  const asked = new Set([...text.split(' '), ...grant.scope.split(' ')]);
  const openId = ['profile', 'openid', 'email'].filter((name) => asked.has(name));
  const scope = [...names.map((name) => `${prefix}${name}`), ...(isGraph ? openId : [])].join(' ');
  const claims = [...names, ...(isGraph ? openId : [])].join(' ');
  return json(
    200,
    {
      ...lifetimes,
      scope,
      access_token: mint.userToken(app, user, audience, claims, { amr: grant.amr, role: directoryRole(user, state) }),
      ...(asked.has('offline_access') ? { refresh_token: memory.newRefreshToken(renewal) } : {}),
      ...(asked.has('openid') ? { id_token: mint.idToken(app, user, grant.nonce) } : {}),
      ...(form.get('client_info') === '1' ? { client_info: clientInfo(user, tenant.id) } : {}),
    },
    noStore,
  );
}
