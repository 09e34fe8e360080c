import type { LabAnswer } from '../http.ts';
import type { LabApp } from '../tenant.ts';
import { malformedGrant } from './codeGrant.ts';
import { EntraError, missingParameter } from './errors.ts';
import type { EntraContext } from './entra.ts';
import { blockedByPolicy, secondFactorNeeded } from './refusals.ts';
import type { UserGrant } from './signInMemory.ts';
import { isBlocked, needsSecondFactor } from './userPolicies.ts';
import { userTokenAnswer } from './userTokens.ts';

/** Milliseconds; a refresh token that is not used for so long has expired. */
const inactivityLimit = 90 * 24 * 3_600 * 1000;

const refusal = (code: number, text: string): EntraError => new EntraError(code, 'invalid_grant', text, 'bad_token');

function checkLife({ issuedAtMs }: UserGrant, { state, nowMs }: EntraContext): void {
  const issued = new Date(issuedAtMs).toISOString();
  const condition = state.entra.refreshTokens;
  if (condition === 'revoked') {
    throw refusal(
      50173,
      `The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '${issued}' and the TokensValidFrom date (before which tokens are not valid) for this user is '${new Date(nowMs).toISOString()}'.`,
    );
  }
  if (condition === 'signInFrequency') {
    throw refusal(
      70043,
      `The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. The token was issued on ${issued} and the maximum allowed lifetime for this request is 3600.`,
    );
  }
  if (condition === 'expired' || nowMs > issuedAtMs + inactivityLimit) {
    throw refusal(
      700082,
      `The refresh token has expired due to inactivity. The token was issued on ${issued} and was inactive for 90.00:00:00.`,
    );
  }
}

/**
 * Gives new tokens for a refresh token (RFC 6749, 6), with a new refresh token; the old one stays good as in Entra.
 * @throws EntraError when it is unknown, of another app, revoked or expired, or when the tenant's policies refuse the user now
 */
export function refreshGrant(app: LabApp, form: URLSearchParams, context: EntraContext): LabAnswer {
  const text = form.get('refresh_token');
  if (!text) throw missingParameter('refresh_token');
  const grant = context.memory.refreshToken(text);
  if (grant?.app.clientId !== app.clientId) throw malformedGrant();
  checkLife(grant, context);
  if (needsSecondFactor(grant.user, grant.amr, context)) throw secondFactorNeeded();
  if (isBlocked(false, context)) throw blockedByPolicy();
  return userTokenAnswer(grant, form, context);
}
