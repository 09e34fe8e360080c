import type { IncomingHttpHeaders } from 'node:http';

/** `x-ms-diagnostics: 2000008;reason="…";error_category="invalid_grant"` taken apart. */
export interface Diagnostics {
  readonly code: number;
  readonly reason: string;
  readonly category: string;
}

/** What Exchange said when it did not do what was asked. */
export type EwsEvidence =
  | {
      /** An HTTP status without a SOAP fault. */
      readonly kind: 'http';
      readonly status: number;
      /** Value of X-EWS-Policy-Reason; empty if absent. */
      readonly policyReason: string;
      readonly diagnostics?: Diagnostics;
      readonly retryAfterMs?: number;
    }
  | {
      /** A SOAP fault (HTTP 500). */
      readonly kind: 'fault';
      readonly status: number;
      /** `detail/ResponseCode`, or the fault code without its prefix. */
      readonly code: string;
      readonly message: string;
      readonly backOffMs?: number;
    }
  | {
      /** A response message of class Error inside an answer with HTTP 200. */
      readonly kind: 'response';
      readonly code: string;
      readonly message: string;
      readonly backOffMs?: number;
    };

/** Exchange answered, and said no. */
export class EwsError extends Error {
  readonly evidence: EwsEvidence;

  constructor(evidence: EwsEvidence) {
    super(evidence.kind === 'http' ? `HTTP ${evidence.status}` : evidence.code);
    this.name = 'EwsError';
    this.evidence = evidence;
  }
}

/** Codes by which Exchange says that it is asked too much, or has no time [facts]. */
export const busyCodes: readonly string[] = [
  'ErrorServerBusy',
  'ErrorExceededConnectionCount',
  'ErrorTooManyObjectsOpened',
];

/** The code of a fault or of a response message; empty for a bare HTTP status. */
export function ewsCode(error: unknown): string {
  return error instanceof EwsError && error.evidence.kind !== 'http' ? error.evidence.code : '';
}

/** Values of a MessageXml element that matter, by their Name. */
export interface MessageValues {
  readonly BackOffMilliseconds?: string | undefined;
  readonly InnerErrorResponseCode?: string | undefined;
}

/** Code and waiting time of a refusal. Exchange wraps its reason in one form of throttling [facts]: the inner one counts. */
export function codeAndBackOff(code: string, values: MessageValues): { code: string; backOffMs?: number } {
  const { BackOffMilliseconds: backOff = '', InnerErrorResponseCode: inner = '' } = values;
  return {
    code: code === 'ErrorInternalServerError' && inner !== '' ? inner : code,
    ...(/^\d{1,9}$/.test(backOff) && { backOffMs: Number(backOff) }),
  };
}

/** @see facts: 401 and 403 of Exchange Online carry x-ms-diagnostics, a policy block X-EWS-Policy-Reason. */
export function httpEvidence(status: number, headers: IncomingHttpHeaders): EwsEvidence {
  const policyReason = headers['x-ews-policy-reason'];
  const diagnostics = parseDiagnostics(headers['x-ms-diagnostics']);
  const retryAfterMs = parseRetryAfter(headers['retry-after']);
  return {
    kind: 'http',
    status,
    policyReason: typeof policyReason === 'string' ? policyReason : '',
    ...(diagnostics && { diagnostics }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function parseDiagnostics(header: string | string[] | undefined): Diagnostics | undefined {
  if (typeof header !== 'string') return undefined;
  const code = /^\s*(\d+)/.exec(header)?.[1];
  if (code === undefined) return undefined;
  const value = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? '';
  return { code: Number(code), reason: value('reason'), category: value('error_category') };
}

/** Seconds, or an HTTP date (RFC 9110, 10.2.3). Returns milliseconds from now. */
function parseRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
