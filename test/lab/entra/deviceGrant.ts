import type { LabAnswer } from '../http.ts';
import type { LabApp } from '../tenant.ts';
import { checkPublicClientFlow } from './clientAuthentication.ts';
import { malformedGrant } from './codeGrant.ts';
import { EntraError, missingParameter } from './errors.ts';
import type { EntraContext } from './entra.ts';
import { declined } from './refusals.ts';
import { userTokenAnswer } from './userTokens.ts';

/**
 * Answers a device that asks whether its user has signed in by now (RFC 8628, 3.4 and 3.5).
 * @throws EntraError while the sign-in is pending, when it was declined or came too late, and for a code that is none
 */
export function deviceGrant(app: LabApp, form: URLSearchParams, context: EntraContext): LabAnswer {
  checkPublicClientFlow(app, context);
  const text = form.get('device_code');
  if (!text) throw missingParameter('device_code');
  const request = context.memory.devices.get(text);
  if (request?.app.clientId !== app.clientId) {
    throw new EntraError(
      70018,
      'bad_verification_code',
      "The provided value for the input parameter 'device_code' is not valid. Invalid verification code.",
    );
  }
  const { outcome } = request;
  if (outcome === 'redeemed') throw malformedGrant();
  if (outcome === 'declined') {
    throw new EntraError(declined(app).code, 'authorization_declined', declined(app).message);
  }
  if (context.nowMs > request.expiresAtMs) {
    throw new EntraError(
      70020,
      'expired_token',
      "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
    );
  }
  if (outcome === 'pending') {
    throw new EntraError(
      70016,
      'authorization_pending',
      'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
    );
  }
  const answer = userTokenAnswer(outcome, form, context);
  request.outcome = 'redeemed';
  return answer;
}
