import { json } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import type { LabApp } from '../tenant.ts';
import { authenticateClient, credentialMissing } from './clientAuthentication.ts';
import { codeGrant } from './codeGrant.ts';
import { deviceGrant } from './deviceGrant.ts';
import type { EntraContext } from './entra.ts';
import { EntraError, missingParameter, onlyPost } from './errors.ts';
import { passwordGrant } from './passwordGrant.ts';
import { refreshGrant } from './refreshGrant.ts';
import { blockedByPolicy } from './refusals.ts';
import { graphAudience, requestedScope } from './resources.ts';
import { lifetimes, noStore } from './userTokens.ts';

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
  if (app.isPublic) throw credentialMissing();
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
  if (context.state.entra.conditionalAccess === 'blocked') throw blockedByPolicy();
  const { permissionGranted, consentGranted } = context.state.entra;
  // Without permission or consent Entra issues a token all the same; it just has no role.
  const roles = resource === graphAudience(context) ? app.graphRoles : app.exchangeRoles;
  const token = context.mint.appToken(app, resource, permissionGranted && consentGranted ? roles : []);
  return json(200, { ...lifetimes, access_token: token }, noStore);
}

type UserGrantFlow = (app: LabApp, form: URLSearchParams, context: EntraContext) => LabAnswer;

const userFlows: Readonly<Record<string, UserGrantFlow>> = {
  password: passwordGrant,
  authorization_code: codeGrant,
  refresh_token: refreshGrant,
  'urn:ietf:params:oauth:grant-type:device_code': deviceGrant,
  device_code: deviceGrant,
};

/** Answers a token request (RFC 6749) as `/{tenant}/oauth2/v2.0/token` does. @throws EntraError for every refusal */
export function answerTokenRequest(request: LabRequest, tenantName: string, context: EntraContext): LabAnswer {
  if (request.method !== 'POST') throw onlyPost(request.method);
  const form = new URLSearchParams(request.body);
  const grant = form.get('grant_type');
  if (grant === null) throw missingParameter('grant_type');
  if (grant === 'client_credentials') return clientCredentials(request, form, tenantName, context);
  const flow = Object.hasOwn(userFlows, grant) ? userFlows[grant] : undefined;
  if (!flow) {
    throw new EntraError(70003, 'unsupported_grant_type', `The app requested an unsupported grant type '${grant}'.`);
  }
  if (grant === 'password' && tenantName === 'common') {
    throw new EntraError(
      9001023,
      'invalid_request',
      'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
    );
  }
  return flow(authenticateClient(request, form, context, audiences(context)), form, context);
}
