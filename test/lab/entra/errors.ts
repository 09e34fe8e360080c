import { randomUUID } from 'node:crypto';
import { homeCloud } from '../addresses.ts';
import { json } from '../http.ts';
import type { LabAnswer } from '../http.ts';
import type { LabState } from '../state.ts';
import { clouds } from './clouds.ts';

/** A refusal as Entra ID words it; `code` is the number behind AADSTS. */
export class EntraError extends Error {
  override readonly name = 'EntraError';
  readonly code: number;
  readonly oauthError: string;
  readonly suberror: string | undefined;

  constructor(code: number, oauthError: string, text: string, suberror?: string) {
    super(text);
    this.code = code;
    this.oauthError = oauthError;
    this.suberror = suberror;
  }
}

export interface RequestIds {
  readonly traceId: string;
  readonly correlationId: string;
}

export function newRequestIds(clientRequestId: string | undefined): RequestIds {
  const isGuid = clientRequestId !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientRequestId);
  return { traceId: randomUUID(), correlationId: isGuid ? clientRequestId : randomUUID() };
}

const stamp = (nowMs: number): string => `${new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ')}Z`;

/** The text of a refusal with the ids that a support case asks for. */
export const describeError = (error: EntraError, ids: RequestIds, nowMs: number): string =>
  `AADSTS${error.code}: ${error.message} Trace ID: ${ids.traceId} Correlation ID: ${ids.correlationId} Timestamp: ${stamp(nowMs)}`;

/** The error document of the token endpoint; HTTP 401 for invalid_client as RFC 6749 asks, else 400. */
export function errorAnswer(error: EntraError, ids: RequestIds, authority: string, nowMs: number): LabAnswer {
  return json(error.oauthError === 'invalid_client' ? 401 : 400, {
    error: error.oauthError,
    error_description: describeError(error, ids, nowMs),
    error_codes: [error.code],
    timestamp: stamp(nowMs),
    trace_id: ids.traceId,
    correlation_id: ids.correlationId,
    error_uri: `${authority}/error?code=${error.code}`,
    ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
  });
}

/** A parameter that a request must have; Entra says `body` of a query too. */
export const missingParameter = (name: string): EntraError =>
  new EntraError(900144, 'invalid_request', `The request body must contain the following parameter: '${name}'.`);

export const onlyPost = (method: string): EntraError =>
  new EntraError(900561, 'invalid_request', `The endpoint only accepts POST requests. Received a ${method} request.`);

/** The tenant's cloud as the service writes it: MicrosoftOnline.US. How it writes the newer ones is not known. */
const nationalCloud = (state: LabState): string =>
  clouds[homeCloud(state)].instanceName.replace(
    /^microsoftonline\.(.*)$/,
    (_, country: string) => `MicrosoftOnline.${country.toUpperCase()}`,
  );

/** As the service has answered people who reported it; only some of its texts name the tenant's cloud. */
export function otherCloud(tenant: string, state: LabState): EntraError {
  const refused = (code: number, text: string): EntraError => new EntraError(code, 'invalid_request', text);
  switch (state.entra.otherCloudRefusal) {
    case 'redirected':
      return refused(
        90038,
        `Tenant '${tenant}' request is being redirected to the National Cloud '${nationalCloud(state)}'.`,
      );
    case 'confidentialClient':
      return refused(900382, 'Confidential Client is not supported in Cross Cloud request.');
    case 'publicEndpoint':
      return refused(
        900439,
        'Confidential Client requests are not supported on the public endpoint (login.microsoftonline.com) for tenants in the Azure Government cloud. Send your login requests to https://login.microsoftonline.us instead. Please see https://devblogs.microsoft.com/azuregov/azure-government-aad-authority-endpoint-update/ for more details',
      );
  }
}

export const tenantNotFound = (tenant: string, oauthError: string): EntraError =>
  new EntraError(
    90002,
    oauthError,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );
