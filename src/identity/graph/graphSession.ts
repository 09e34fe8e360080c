import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { AnswerError, readJson, refuseRedirect } from '../../ews/transport/answer.ts';
import type { Http, HttpRequest, HttpResponse } from '../../ews/transport/httpClient.ts';
import type { Pause } from '../../ews/transport/pause.ts';
import { GraphError, graphError } from './graphError.ts';

export interface GraphSessionOptions {
  readonly http: Http;
  /** Origin, such as https://graph.microsoft.com; the token goes nowhere else. */
  readonly origin: string;
  readonly token: string;
  readonly userAgent: string;
  readonly pause: Pause;
  /** Of each request, in milliseconds; 30,000 unless told. */
  readonly timeoutMs?: number;
}

export interface GraphRequest {
  readonly method: HttpRequest['method'];
  /** Below /v1.0, such as /applications. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** For the record, and for who has to explain a failure. */
  readonly operation: string;
}

/** How long a request may take, in milliseconds. */
const timeoutMs = 30_000;
/** How often a request is sent that Graph has no time for. */
const attempts = 5;
/** Seconds to wait when Graph does not say how long, and the most that it may ask for. */
const [usualWait, longestWait] = [2, 60];

/** Microsoft Graph v1.0 with one token. Its methods throw GraphError; AnswerError; TransportError. */
export class GraphSession {
  readonly #options: GraphSessionOptions;

  constructor(options: GraphSessionOptions) {
    this.#options = options;
  }

  /** @throws also AnswerError `unexpected` for an answer that is not of this form. */
  async ask<T>(request: GraphRequest, form: z.ZodType<T>): Promise<T> {
    const response = await this.#send(request);
    const parsed = form.safeParse(readJson(response));
    if (!parsed.success) throw new AnswerError('unexpected', response);
    return parsed.data;
  }

  /** For what Graph answers with nothing. */
  async tell(request: GraphRequest): Promise<void> {
    await this.#send(request);
  }

  /** Waits and asks again as long as Graph has no time. What may have been done already is not sent again. */
  async #send(request: GraphRequest): Promise<HttpResponse> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#sendOnce(request);
      } catch (error) {
        const wait = error instanceof GraphError ? waitFor(error, request) : undefined;
        if (wait === undefined || attempt === attempts) throw error;
        await this.#options.pause(wait * 1000);
      }
    }
  }

  async #sendOnce({ method, path, query, body, operation }: GraphRequest): Promise<HttpResponse> {
    const { http, origin, token, userAgent } = this.#options;
    const search = query === undefined ? '' : `?${queryText(query)}`;
    const response = await http.request({
      method,
      url: `${origin}/v1.0${path}${search}`,
      operation,
      once: method === 'POST',
      timeoutMs: this.#options.timeoutMs ?? timeoutMs,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'user-agent': userAgent,
        'client-request-id': randomUUID(),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    refuseRedirect(response);
    if (response.status < 300) return response;
    throw graphError(readJson(response), response, operation) ?? new AnswerError('status', response);
  }
}

/** Graph takes %20 for a blank, not the plus that URLSearchParams writes. */
function queryText(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

/** In seconds; undefined: asking again would not help, or could do it twice. */
function waitFor({ evidence: { status, retryAfter } }: GraphError, { method }: GraphRequest): number | undefined {
  const nothingWasDone = status === 429;
  const noTime = status === 503 || status === 504;
  if (!nothingWasDone && !(noTime && method !== 'POST')) return undefined;
  return Math.min(retryAfter ?? usualWait, longestWait);
}

/** A text within a $filter: quotes are doubled (OData 4.01, 5.1.1.11.1). */
export function odataText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
