import { json } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import { authenticateClient } from './clientAuthentication.ts';
import type { EntraContext } from './entra.ts';
import { EntraError } from './errors.ts';
import { authenticateUser } from './passwordGrant.ts';
import { delegatedScope, isGraph, requestedScope } from './resources.ts';
import { tokenLifetime } from './tokens.ts';

const noStore = { 'cache-control': 'no-store, no-cache', pragma: 'no-cache', expires: '-1' };
const lifetimes = { token_type: 'Bearer', expires_in: tokenLifetime - 1, ext_expires_in: tokenLifetime - 1 };

/** What a client assertion may be addressed to: the issuer or the token endpoint, the tenant by id or domain. */
function audiences({ authority, tenant }: EntraContext): string[] {
  return [tenant.id, tenant.domain].flatMap((name) => [
    `${authority}/${name}/v2.0`,
    `${authority}/${name}/oauth2/v2.0/token`,
  ]);
}

function clientCredentials(
  request: LabRequest,
  form: URLSearchParams,
  tenantName: string,
  context: EntraContext,
): LabAnswer {
  if (tenantName === 'common' || tenantName === 'organizations') {
    throw new EntraError(
      50059,
      'invalid_request',
      'No tenant-identifying information found in either the request or implied by any provided credentials.',
    );
  }
  const app = authenticateClient(request, form, context, audiences(context));
  if (app.isPublic) {
    throw new EntraError(
      7000218,
      'invalid_client',
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  if (app.objectId === null) {
    throw new EntraError(
      7000229,
      'unauthorized_client',
      `The client application ${app.clientId} is missing service principal in the tenant ${context.tenant.id}.`,
    );
  }
  const { resource, names } = requestedScope(form, context);
  if (names.length !== 1 || names[0] !== '.default') {
    throw new EntraError(
      1002012,
      'invalid_scope',
      `The provided value for scope ${form.get('scope') ?? ''} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  }
  if (context.state.entra.conditionalAccess === 'blocked') {
    throw new EntraError(
      53003,
      'invalid_grant',
      'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
      'message_only',
    );
  }
  const { permissionGranted, consentGranted } = context.state.entra;
  // Without permission or consent Entra issues a token all the same; it just has no role.
  const roles = isGraph(resource) ? app.graphRoles : app.exchangeRoles;
  const token = context.mint.appToken(app, resource, permissionGranted && consentGranted ? roles : []);
  return json(200, { ...lifetimes, access_token: token }, noStore);
}

function password(request: LabRequest, form: URLSearchParams, tenantName: string, context: EntraContext): LabAnswer {
  if (tenantName === 'common') {
    throw new EntraError(
      9001023,
      'invalid_request',
      'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
    );
  }
  const app = authenticateClient(request, form, context, audiences(context));
  const { resource, names } = requestedScope(form, context);
  const user = authenticateUser(form, app, context);
  const scope = context.state.entra.permissionGranted ? delegatedScope(resource, names) : 'User.Read';
  const wantsIdToken = /\bopenid\b/.test(form.get('scope') ?? '');
  const clientInfo = Buffer.from(JSON.stringify({ uid: user.objectId, utid: context.tenant.id })).toString('base64url');
  return json(
    200,
    {
      ...lifetimes,
      scope: scope.replace(/\S+/g, `${resource}/$&`),
      access_token: context.mint.userToken(app, user, resource, scope),
      ...(wantsIdToken ? { id_token: context.mint.idToken(app, user) } : {}),
      ...(form.get('client_info') === '1' ? { client_info: clientInfo } : {}),
    },
    noStore,
  );
}

/** Answers a token request (RFC 6749) as `/{tenant}/oauth2/v2.0/token` does. @throws EntraError for every refusal */
export function answerTokenRequest(request: LabRequest, tenantName: string, context: EntraContext): LabAnswer {
  if (request.method !== 'POST') {
    throw new EntraError(
      900561,
      'invalid_request',
      `The endpoint only accepts POST requests. Received a ${request.method} request.`,
    );
  }
  if (context.state.entra.tenant === 'otherCloud') {
    throw new EntraError(
      90038,
      'invalid_request',
      `Tenant '${tenantName}' request is being redirected to the National Cloud 'MicrosoftOnline.US'.`,
    );
  }
  const form = new URLSearchParams(request.body);
  const grant = form.get('grant_type');
  switch (grant) {
    case 'client_credentials':
      return clientCredentials(request, form, tenantName, context);
    case 'password':
      return password(request, form, tenantName, context);
    case null:
      throw new EntraError(
        900144,
        'invalid_request',
        "The request body must contain the following parameter: 'grant_type'.",
      );
    default:
      throw new EntraError(70003, 'unsupported_grant_type', `The app requested an unsupported grant type '${grant}'.`);
  }
}
