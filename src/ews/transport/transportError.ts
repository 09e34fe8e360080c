import { errorCode } from '../../connections/storeError.ts';

/** Why no usable HTTP answer arrived. */
export type TransportReason =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'reset'
  | 'timeout'
  | 'cancelled'
  | 'tlsSelfSigned'
  | 'tlsUnknownCa'
  | 'tlsExpired'
  | 'tlsWrongHost'
  | 'tlsOther'
  | 'proxyUnreachable'
  | 'proxyAuthentication'
  | 'proxyRefused'
  | 'notHttp'
  | 'notHttps'
  | 'tooLarge'
  | 'truncated'
  | 'other';

/** What is known of a proxy that stood between. Never its user name and password. */
export interface ProxyEvidence {
  /** Its host and port; empty when not known. */
  readonly host: string;
  /** Whether the setting that names it holds a user name or password. */
  readonly credentials: boolean;
  /** HTTP status of its own answer, if it gave one. */
  readonly status?: number;
  /** How one may sign in to it, as registered with IANA: Basic, Negotiate and so on. */
  readonly schemes: readonly string[];
}

/** What a certificate that was not accepted says, as its maker chose it; names are empty where it has none. */
export interface CertificateEvidence {
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601; absent: not readable. */
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** How far a request had come. `connect` includes the name look-up, and the way through a proxy. */
export type RequestPhase = 'connect' | 'tls' | 'answer' | 'body';

interface TransportErrorOptions {
  readonly phase?: RequestPhase;
  readonly cause?: unknown;
  readonly code?: string;
  readonly proxy?: ProxyEvidence;
  readonly certificate?: CertificateEvidence;
}

/** No usable HTTP answer. `url` has no query and no credentials. */
export class TransportError extends Error {
  readonly reason: TransportReason;
  readonly url: string;
  /** Code of the system or of OpenSSL, such as ECONNREFUSED; empty when there is none. */
  readonly code: string;
  /** With the reasons that begin with "proxy". */
  readonly proxy: ProxyEvidence | undefined;
  /** With tlsUnknownCa, tlsSelfSigned and tlsExpired, where it is known. */
  readonly certificate: CertificateEvidence | undefined;

  /** Of a timeout: what was waited for. */
  readonly phase: RequestPhase | undefined;

  constructor(reason: TransportReason, url: string, options: TransportErrorOptions = {}) {
    super(`${reason}: ${url}`, { cause: options.cause });
    this.name = 'TransportError';
    this.reason = reason;
    this.url = url;
    this.code = options.code ?? errorCode(options.cause) ?? '';
    this.proxy = options.proxy;
    this.phase = options.phase;
    this.certificate = options.certificate;
  }
}

/** A connection that was held had been closed meanwhile. Nothing was answered, and sending it again would do no harm. */
export class StaleConnectionError extends TransportError {
  constructor(url: string, cause: unknown) {
    super('reset', url, { cause });
    this.name = 'StaleConnectionError';
  }
}

/** Codes as Node and OpenSSL spell them: nodejs.org/api/errors.html and nodejs.org/api/tls.html#x509-certificate-error-codes. */
const reasons: ReadonlyMap<string, TransportReason> = new Map<string, TransportReason>([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tlsSelfSigned'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tlsUnknownCa'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tlsUnknownCa'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'tlsUnknownCa'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tlsUnknownCa'],
  ['CERT_HAS_EXPIRED', 'tlsExpired'],
  ['CERT_NOT_YET_VALID', 'tlsExpired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tlsWrongHost'],
  ['HOSTNAME_MISMATCH', 'tlsWrongHost'],
  ['EPROTO', 'tlsOther'],
]);

/** Classifies what node:https reports. */
export function transportError(cause: unknown, url: string): TransportError {
  if (cause instanceof TransportError) return cause;
  const code = errorCode(cause) ?? firstInnerCode(cause) ?? '';
  return new TransportError(reasonOf(code), url, { cause, code });
}

function reasonOf(code: string): TransportReason {
  const known = reasons.get(code);
  if (known !== undefined) return known;
  if (code.startsWith('HPE_')) return 'notHttp';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.startsWith('CERT_')) return 'tlsOther';
  return 'other';
}

/** Node tries every address of a host and wraps the failures in one AggregateError. */
function firstInnerCode(cause: unknown): string | undefined {
  if (!(cause instanceof AggregateError)) return undefined;
  for (const inner of cause.errors) {
    const code = errorCode(inner);
    if (code !== undefined) return code;
  }
  return undefined;
}
