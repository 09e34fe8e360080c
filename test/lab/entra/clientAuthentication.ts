import { header } from '../http.ts';
import type { LabRequest } from '../http.ts';
import type { LabApp } from '../tenant.ts';
import { checkAssertion } from './assertion.ts';
import { EntraError, missingParameter } from './errors.ts';
import type { EntraContext } from './entra.ts';

const refusal = (code: number, text: string): EntraError => new EntraError(code, 'invalid_client', text);

export const credentialMissing = (): EntraError =>
  refusal(7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");

interface ClientCredentials {
  readonly clientId: string | null;
  readonly secret: string | null;
  readonly assertion: string | null;
}

/** From the form, or the secret from HTTP Basic (RFC 6749, 2.3.1). */
function credentialsOf(request: LabRequest, form: URLSearchParams): ClientCredentials {
  const basic = /^Basic (.+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
  const [id, secret] = basic ? Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent) : [];
  return {
    clientId: form.get('client_id') ?? id ?? null,
    secret: form.get('client_secret') ?? secret ?? null,
    assertion: form.get('client_assertion'),
  };
}

/** The app of a client id. @throws EntraError when the tenant does not have it, or has it disabled */
export function findApp(clientId: string | null, context: EntraContext): LabApp {
  const { tenant, state } = context;
  if (!clientId) throw missingParameter('client_id');
  const firstParty = tenant.firstPartyApps.find((known) => known.clientId === clientId.toLowerCase());
  if (firstParty) return firstParty;
  const app = tenant.apps.find((known) => known.clientId === clientId.toLowerCase());
  if (!app || state.entra.app === 'absent') {
    throw new EntraError(
      700016,
      'unauthorized_client',
      `Application with identifier '${clientId}' was not found in the directory '${tenant.domain}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    );
  }
  if (state.entra.app === 'disabled') {
    throw new EntraError(7000112, 'unauthorized_client', `Application '${clientId}'(${app.name}) is disabled.`);
  }
  return app;
}

function checkSecret(secret: string, app: LabApp, context: EntraContext): void {
  const condition = context.state.entra.secret;
  const known = app.secrets.find(({ value }) => value === secret);
  if (!known || condition === 'wrong') {
    throw refusal(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.clientId}'.`,
    );
  }
  if (condition === 'expired' || known.expiresMs < context.nowMs) {
    throw refusal(
      7000222,
      `The provided client secret keys for app '${app.clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
    );
  }
}

/**
 * Finds out which app asks and checks its credential.
 * @param audiences what a client assertion may be addressed to
 * @throws EntraError
 */
export function authenticateClient(
  request: LabRequest,
  form: URLSearchParams,
  context: EntraContext,
  audiences: readonly string[],
): LabApp {
  const { clientId, secret, assertion } = credentialsOf(request, form);
  const app = findApp(clientId, context);
  request.notes.appId = app.clientId;
  if (app.isPublic) {
    if (secret !== null || assertion !== null) {
      throw refusal(700025, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.");
    }
    return app;
  }
  if (assertion !== null) {
    if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') {
      throw missingParameter('client_assertion_type');
    }
    const registered = context.state.entra.certificate === 'registered';
    checkAssertion(assertion, { app, registered, audiences, now: Math.floor(context.nowMs / 1000) });
  } else if (secret !== null) {
    checkSecret(secret, app, context);
  } else {
    throw credentialMissing();
  }
  return app;
}

/**
 * For the flows that only a public client may use: password and device code. The browser flow needs just a redirect
 * address for desktop apps.
 * @throws EntraError AADSTS7000218 for an app with credentials, or one whose registration does not allow these flows
 */
export function checkPublicClientFlow(app: LabApp, { tenant, state }: EntraContext): void {
  const isAllowed = state.entra.publicClientFlows || tenant.firstPartyApps.includes(app);
  if (!app.isPublic || !app.publicClientFlows || !isAllowed) throw credentialMissing();
}
