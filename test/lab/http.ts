import type { IncomingHttpHeaders } from 'node:http';
import type { TLSSocket } from 'node:tls';

/** The parts of the simulated tenant that a request can be addressed to. */
export type Service = 'entra' | 'ews' | 'autodiscover' | 'graph' | 'other';

/** What a service may write into the request log beyond what the listener knows. */
export interface LogNotes {
  impersonated?: string;
  appId?: string;
  /** Who has signed in, at a server with accounts of its own. */
  account?: string;
}

/** A request before its body was read. */
export interface LabRequestHead {
  readonly method: string;
  /** Path without the query string, percent-encoding kept. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly notes: LogNotes;
  /** What the request came over; NTLM signs a connection in, not a request. */
  readonly connection: TLSSocket;
}

export interface LabRequest extends LabRequestHead {
  readonly body: string;
}

export interface LabAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
}

/** The first value of a header that a client may have sent more than once. */
export function header(request: Pick<LabRequestHead, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function json(status: number, value: unknown, headers: LabAnswer['headers'] = {}): LabAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function empty(status: number, headers: LabAnswer['headers'] = {}): LabAnswer {
  return { status, headers, body: '' };
}
