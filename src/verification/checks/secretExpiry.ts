import * as z from 'zod';
import type { ConnectionSecret } from '../../connections/secret.ts';
import { pauseWithin } from '../../ews/transport/pause.ts';
import { acquireToken } from '../../identity/acquireToken.ts';
import { GraphSession } from '../../identity/graph/graphSession.ts';
import type { OpenIdConfiguration } from '../../identity/openIdConfiguration.ts';
import { readClaims } from '../../identity/tokenClaims.ts';
import type { CheckScope } from '../checkRunner.ts';
import type { CheckInput } from './checkInput.ts';

/** It is worth knowing, not waiting for. In milliseconds. */
const patience = 4000;

/** With one of these an app may read app registrations, its own among them. */
const readingRoles = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'];

const registration = z.object({
  passwordCredentials: z.array(z.object({ hint: z.string().nullish(), endDateTime: z.iso.datetime({ offset: true }) })),
});

/** When the client secret in use ends. */
export type SecretExpiry =
  | { readonly state: 'known'; readonly end: Date }
  /** The app may not read its own registration: the usual case. */
  | { readonly state: 'notPermitted' }
  /** It may, and it did not work this time. */
  | { readonly state: 'failed' };

/** Asks Microsoft Graph when the secret ends, if the app may. Throws nothing but for a check that is to end. */
export async function readSecretExpiry(
  scope: CheckScope,
  input: CheckInput,
  configuration: OpenIdConfiguration,
): Promise<SecretExpiry> {
  const { secret } = input;
  if (secret.method !== 'appSecret') return { state: 'notPermitted' };
  try {
    return await ask(scope, input, configuration, secret);
  } catch (error) {
    if (scope.signal.aborted) throw error;
    return { state: 'failed' };
  }
}

async function ask(
  scope: CheckScope,
  input: CheckInput,
  configuration: OpenIdConfiguration,
  secret: Extract<ConnectionSecret, { method: 'appSecret' }>,
): Promise<SecretExpiry> {
  const { authority, graph, graphResource } = input.endpoints();
  const { settings, userAgent, loadSignIn } = input;
  const { tenant, signIn } = settings;
  const http = scope.within(patience);
  const request = { authority, tenant, configuration, signIn, secret, resource: graphResource };
  const token = await acquireToken(loadSignIn, request, http, userAgent);
  const roles = readClaims(token)?.roles ?? readingRoles; // An unreadable token: Graph will decide.
  if (!roles.some((role) => readingRoles.includes(role))) return { state: 'notPermitted' };
  const session = new GraphSession({ http, origin: graph, token, userAgent, pause: pauseWithin(scope.signal) });
  const { passwordCredentials } = await session.ask(
    {
      method: 'GET',
      path: `/applications(appId='${encodeURIComponent(signIn.clientId)}')`,
      query: { $select: 'id,passwordCredentials' },
      operation: 'getApplication',
    },
    registration,
  );
  // Graph shows the first three characters of a secret. Several may begin alike: the first to end is worth a warning.
  const ends = passwordCredentials
    .filter(({ hint }) => hint === secret.clientSecret.slice(0, 3))
    .map(({ endDateTime }) => Date.parse(endDateTime))
    .filter((end) => end > Date.now());
  return ends.length === 0 ? { state: 'failed' } : { state: 'known', end: new Date(Math.min(...ends)) };
}
