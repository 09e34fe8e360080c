import { createHash } from 'node:crypto';
import type { LabAnswer } from '../http.ts';
import type { LabApp } from '../tenant.ts';
import { EntraError, missingParameter } from './errors.ts';
import type { EntraContext } from './entra.ts';
import type { CodeChallenge } from './signInMemory.ts';
import { userTokenAnswer } from './userTokens.ts';

/** Milliseconds that an authorization code can be redeemed for. */
const codeLifetime = 10 * 60 * 1000;

const refusal = (code: number, text: string): EntraError => new EntraError(code, 'invalid_grant', text);

export const malformedGrant = (): EntraError => refusal(70000, 'Provided grant is invalid or malformed.');

function checkVerifier(challenge: CodeChallenge, verifier: string | null): void {
  if (verifier === null) {
    throw refusal(
      50148,
      'The code_verifier does not match the code_challenge supplied in the authorization request for PKCE.',
    );
  }
  const value = challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  if (value !== challenge.value) {
    throw refusal(501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.');
  }
}

/**
 * Redeems an authorization code (RFC 6749, 4.1.3; RFC 7636, 4.5).
 * @throws EntraError for a code that is unknown, of another app, used before, too old, or presented with another redirect
 * address or verifier than it was asked for
 */
export function codeGrant(app: LabApp, form: URLSearchParams, context: EntraContext): LabAnswer {
  const text = form.get('code');
  if (!text) throw missingParameter('code');
  const redirectUri = form.get('redirect_uri');
  if (!redirectUri) throw missingParameter('redirect_uri');
  const code = context.memory.codes.get(text);
  if (code?.app.clientId !== app.clientId) throw malformedGrant();
  if (code.redeemed) {
    throw refusal(
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    );
  }
  if (context.nowMs > code.issuedAtMs + codeLifetime) {
    throw refusal(
      70008,
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    );
  }
  if (redirectUri !== code.redirectUri) {
    throw new EntraError(
      500112,
      'invalid_client',
      `The reply address '${redirectUri}' does not match the reply address '${code.redirectUri}' provided when requesting Authorization code.`,
    );
  }
  if (code.challenge) checkVerifier(code.challenge, form.get('code_verifier'));
  const answer = userTokenAnswer(code, form, context);
  code.redeemed = true;
  return answer;
}
