import { randomInt } from 'node:crypto';
import { json } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import { sessionLifetime } from './authorize.ts';
import { checkPublicClientFlow, findApp } from './clientAuthentication.ts';
import { delegatedScopes } from './delegatedScopes.ts';
import type { EntraContext } from './entra.ts';
import { missingParameter } from './errors.ts';
import { deviceCodePage, passwordPage } from './signInPages.ts';
import { noStore } from './userTokens.ts';

/** Without those that are easily mistaken for another. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const newUserCode = (): string => Array.from({ length: 9 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');

/**
 * `/{tenant}/oauth2/v2.0/devicecode` (RFC 8628, 3.1 and 3.2).
 * @throws EntraError for an app or scope that the tenant does not have, or an app that is not a public client
 */
export function answerDeviceCode(request: LabRequest, tenantName: string, context: EntraContext): LabAnswer {
  const form = request.method === 'POST' ? new URLSearchParams(request.body) : request.query;
  const app = findApp(form.get('client_id'), context);
  request.notes.appId = app.clientId;
  checkPublicClientFlow(app, context);
  const scope = form.get('scope');
  if (!scope) throw missingParameter('scope');
  delegatedScopes(scope, app, context);
  const { deviceCodeLifetimeSeconds: lifetime, deviceCodeIntervalSeconds: interval } = context.state.entra;
  const userCode = newUserCode();
  const deviceCode = context.memory.newDeviceCode({
    kind: 'device',
    tenantName,
    app,
    scope,
    userCode,
    expiresAtMs: context.nowMs + lifetime * 1000,
    outcome: 'pending',
  });
  const address = `${context.authority}/devicelogin`;
  return json(
    200,
    {
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: address,
      expires_in: lifetime,
      interval,
      message: `To sign in, use a web browser to open the page ${address} and enter the code ${userCode} to authenticate.`,
    },
    noStore,
  );
}

/** `/devicelogin`, where a user enters the code that the device shows. */
export function answerDeviceLogin(request: LabRequest, context: EntraContext): LabAnswer {
  if (request.method !== 'POST') return deviceCodePage(request.query.get('otc') ?? '', '');
  const code = (new URLSearchParams(request.body).get('code') ?? '').trim();
  const device = [...context.memory.devices.values()].find((one) => one.userCode === code.toUpperCase());
  if (device?.outcome !== 'pending') {
    return deviceCodePage(code, 'That code didn’t work. Check the code and try again.');
  }
  if (context.nowMs > device.expiresAtMs) {
    return deviceCodePage(code, 'AADSTS70019: Verification code expired. Have the user retry the sign-in.');
  }
  const { app, scope, tenantName } = device;
  request.notes.appId = app.clientId;
  const expiresAtMs = context.nowMs + sessionLifetime;
  const session = { tenantName, app, scope, loginHint: '', asksConsent: false, target: device, expiresAtMs };
  return passwordPage(context.memory.openSession(session), '', '');
}
