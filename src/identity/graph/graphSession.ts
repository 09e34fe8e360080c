import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import * as z from 'zod/mini';
import { absolute, AnswerError, discard, readJson, refuseRedirect } from '../../ews/transport/answer.ts';
import type { Http, HttpRequest, HttpResponse, StreamedResponse } from '../../ews/transport/httpClient.ts';
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

/** What is asked without changing anything. */
type Reading = Omit<GraphRequest, 'method' | 'body'>;

/** How long a request may take, in milliseconds. */
const timeoutMs = 30_000;
/** How long a download may take, in milliseconds, and the most that it may have, in bytes: a million rows have 250 MB. */
const [downloadMs, largestDownload] = [600_000, 1_000_000_000];
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
  async ask<T>(request: GraphRequest, form: z.ZodMiniType<T>): Promise<T> {
    const response = await this.#send(request);
    const parsed = form.safeParse(readJson(response));
    if (!parsed.success) throw new AnswerError('unexpected', response);
    return parsed.data;
  }

  /** For what Graph answers with nothing. */
  async tell(request: GraphRequest): Promise<void> {
    await this.#send(request);
  }

  /**
   * A collection page by page, each asked for when the one before it has been taken. The links between them are Graph's own
   * (OData 4.01 JSON Format, 4.6.5); the token goes only where the first request went.
   * @param mostPages more come only from a server that leads in circles
   * @throws also AnswerError `unexpected` for a link to another origin, and for one page too many
   */
  async *pages<T>(reading: Reading, item: z.ZodMiniType<T>, mostPages: number): AsyncGenerator<readonly T[], void> {
    const form = z.object({ value: z.array(item), '@odata.nextLink': z.optional(z.string()) });
    const below = `${this.#options.origin}/v1.0`;
    let request: GraphRequest = { ...reading, method: 'GET' };
    for (let page = 1; ; page += 1) {
      const response = await this.#send(request);
      const parsed = form.safeParse(readJson(response));
      if (!parsed.success) throw new AnswerError('unexpected', response);
      yield parsed.data.value;
      const link = parsed.data['@odata.nextLink'];
      if (link === undefined) return;
      const next = absolute(link, response.url);
      const isFurther = next.startsWith(`${below}/`) && next !== response.url;
      if (!isFurther || page === mostPages) throw new AnswerError('unexpected', response);
      request = { method: 'GET', path: next.slice(below.length), operation: reading.operation };
    }
  }

  /**
   * A file that Graph leads to by a redirect. Whoever has its address may read it, for some minutes: it needs no token and
   * gets none. An AnswerError about it names its host only.
   * @returns its body, to be read or destroyed
   * @throws also AnswerError for a redirect that is not to https, or leads on
   */
  async download(reading: Reading): Promise<StreamedResponse> {
    const answer = await this.#send({ ...reading, method: 'GET' }, true);
    if (answer.status < 300) return { ...answer, body: Readable.from([answer.body]) };
    const url = absolute(answer.headers.location ?? '', answer.url);
    if (!url.startsWith('https://')) throw new AnswerError('insecureRedirect', { ...answer, headers: {} });
    const { http, userAgent } = this.#options;
    const file = await http.stream({
      ...{ method: 'GET', url, operation: reading.operation, timeoutMs: downloadMs, maxBytes: largestDownload },
      headers: { 'user-agent': userAgent },
    });
    if (file.status === 200) return file;
    await discard(file);
    const leadsOn = file.status >= 300 && file.status <= 399;
    throw new AnswerError(leadsOn ? 'redirect' : 'status', { ...file, url: new URL(url).origin, headers: {} });
  }

  /** Waits and asks again as long as Graph has no time. What may have been done already is not sent again. */
  async #send(request: GraphRequest, leads = false): Promise<HttpResponse> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#sendOnce(request, leads);
      } catch (error) {
        const wait = error instanceof GraphError ? waitFor(error, request) : undefined;
        if (wait === undefined || attempt === attempts) throw error;
        await this.#options.pause(wait * 1000);
      }
    }
  }

  /** @param leads whether a redirect is an answer; it is not followed */
  async #sendOnce({ method, path, query, body, operation }: GraphRequest, leads: boolean): Promise<HttpResponse> {
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
    if (leads && response.status === 302) return response;
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
