import type { IncomingHttpHeaders } from 'node:http';

/**
 * What may be told of one request, in the wizard's Details, a report or a log. An allow-list by construction: no body,
 * no query, no cookie, no Authorization header ever gets in here.
 */
export interface ExchangeRecord {
  readonly method: string;
  /** Address without query and credentials. */
  readonly url: string;
  /** What was asked, such as "ExportItems"; empty for a plain GET. */
  readonly operation: string;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** Reason of the TransportError when no usable answer came. */
  readonly failure?: string;
  readonly durationMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Headers worth keeping for support (Exchange and Entra ID), none of which holds a secret. */
const keptHeaders = [
  'request-id',
  'x-ms-request-id',
  'client-request-id',
  'x-feserver',
  'x-beserver',
  'x-calculatedbetarget',
  'x-diaginfo',
  'x-ewshandler',
  'x-ews-policy-reason',
  'x-ms-diagnostics',
  'retry-after',
  'x-ms-throttle-limit-percentage',
  'content-type',
  'date',
] as const;

/** A server decides how long a header is; a report must stay readable. In characters. */
const longestHeader = 400;

export function headersToKeep(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value.slice(0, longestHeader);
  }
  if (headers.location !== undefined) kept.location = publicUrl(headers.location);
  return kept;
}

/** An address without query, fragment and credentials. Something that is no address is not repeated. */
export function publicUrl(url: string): string {
  if (!URL.canParse(url)) return url.startsWith('/') ? (url.split(/[?#]/)[0] ?? '') : '(no valid address)';
  const { origin, pathname, protocol, host } = new URL(url);
  return origin === 'null' ? `${protocol}//${host}${pathname}` : `${origin}${pathname}`;
}
