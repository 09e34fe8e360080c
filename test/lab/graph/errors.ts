import { json } from '../http.ts';
import type { LabAnswer } from '../http.ts';
import type { GraphFailure } from '../state.ts';

interface ErrorDetail {
  readonly code: string;
  readonly target: string;
  readonly message: string;
}

interface ErrorMore {
  readonly details?: readonly ErrorDetail[];
  readonly headers?: LabAnswer['headers'];
}

/** A refusal as Microsoft Graph words it. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly status: number;
  readonly code: string;
  readonly details: readonly ErrorDetail[] | undefined;
  readonly headers: LabAnswer['headers'];

  constructor(status: number, code: string, message: string, more: ErrorMore = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = more.details;
    this.headers = more.headers ?? {};
  }
}

export const badRequest = (message: string, details?: readonly ErrorDetail[]): GraphError =>
  new GraphError(400, 'Request_BadRequest', message, details ? { details } : {});

/** A property that is wrong, with its name and Graph's code for what is wrong with it. */
export const badProperty = (target: string, code: string, message: string): GraphError =>
  badRequest(message, [{ code, target, message }]);

export const unsupportedQuery = (message: string): GraphError =>
  new GraphError(400, 'Request_UnsupportedQuery', message);

export const notFound = (id: string): GraphError =>
  new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const denied = (): GraphError =>
  new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

export const conflict = (message: string, detail: Omit<ErrorDetail, 'message'>): GraphError =>
  new GraphError(409, 'Request_MultipleObjectsWithSameKeyValue', message, { details: [{ ...detail, message }] });

/** Code and message that Graph's directory part gives with a status. */
const usual: Readonly<Record<number, readonly [string, string]>> = {
  400: ['Request_BadRequest', 'One or more properties contains invalid values.'],
  401: ['InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.'],
  403: ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'],
  404: [
    'Request_ResourceNotFound',
    "Resource '' does not exist or one of its queried reference-property objects are not present.",
  ],
  409: ['Request_MultipleObjectsWithSameKeyValue', 'Another object with the same value for property already exists.'],
  429: ['TooManyRequests', 'Too many requests. Please try again later.'],
  500: ['InternalServerError', 'An internal server error has occurred.'],
  503: ['ServiceUnavailable', 'The service is temporarily unavailable. Please try again later.'],
  504: ['GatewayTimeout', 'The server did not answer in time.'],
};

/** Seconds that a throttled client is asked to wait when the state does not say. */
const defaultRetryAfter = 1;

/** What the state says an operation has to fail with. */
export function failure(fail: GraphFailure): GraphError {
  const [code, message] = usual[fail.status] ?? ['UnknownError', 'An error has occurred.'];
  const wait = fail.retryAfterSeconds ?? (fail.status === 429 || fail.status === 503 ? defaultRetryAfter : undefined);
  return new GraphError(fail.status, fail.code ?? code, fail.message ?? message, {
    headers: wait === undefined ? {} : { 'retry-after': String(wait) },
  });
}

export interface GraphIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** The error document of Graph. */
export function errorAnswer(error: GraphError, ids: GraphIds, nowMs: number): LabAnswer {
  const inner = {
    date: new Date(nowMs).toISOString().slice(0, 19),
    'request-id': ids.requestId,
    'client-request-id': ids.clientRequestId,
  };
  return json(
    error.status,
    {
      error: {
        code: error.code,
        message: error.message,
        ...(error.details ? { details: error.details } : {}),
        innerError: inner,
      },
    },
    { 'content-type': 'application/json', ...error.headers },
  );
}
