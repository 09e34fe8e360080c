import https from 'node:https';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { CertificateWatch } from './certificateEvidence.ts';
import type { EnvironmentProxy } from './environmentProxy.ts';
import { headersToKeep, publicUrl } from './exchangeRecord.ts';
import type { ExchangeRecord } from './exchangeRecord.ts';
import { ProxyWatch } from './proxyEvidence.ts';
import { TransportError, transportError } from './transportError.ts';
import type { RequestPhase } from './transportError.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What is asked, for the record: an EWS operation's name. */
  readonly operation?: string;
  /** To do it twice would be wrong: it is not sent again when a kept connection turns out to have been closed. */
  readonly once?: boolean;
  /** How long it may take from sending to the end of the answer, in milliseconds; 60,000 unless told. */
  readonly timeoutMs?: number;
  /** Largest body (bytes) that is read, for an answer that is not held; 8 MiB unless told. */
  readonly maxBytes?: number;
}

/** An answer whose body has yet to be read, chunk by chunk. Read or destroy it. */
export interface StreamedResponse {
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: AsyncIterable<Buffer>;
}

export interface HttpResponse extends Omit<StreamedResponse, 'body'> {
  readonly body: Buffer;
}

/** Bounds on one use of the client, and who wants to know what it does. */
export interface HttpScope {
  /** Ends the requests themselves, not just the waiting for them. */
  readonly signal: AbortSignal;
  readonly onExchange?: (record: ExchangeRecord) => void;
}

/** Whoever has a shorter deadline brings it along in the scope's signal. */
const defaultTimeoutMs = 60_000;
const defaultMaxBytes = 8 * 1024 * 1024;

/** Sends requests. Certificates are always checked, redirects never followed. */
export interface Http {
  /** @throws TransportError */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** The record is made when the body has been read. @throws TransportError, also while the body is read. */
  stream(request: HttpRequest): Promise<StreamedResponse>;
}

/** Connections to the servers of one connection, kept open between requests. Close it when done. */
export class HttpClient {
  readonly #agent: https.Agent;
  readonly #ca: Promise<string[] | undefined>;
  readonly #proxy: EnvironmentProxy | undefined;

  /**
   * @param ca authorities to trust (PEM), as trustedCas gives them; undefined: the machine's.
   * @param proxy to go through, where VS Code does not see to it.
   */
  constructor(ca: Promise<string[] | undefined> = Promise.resolve(undefined), proxy?: EnvironmentProxy) {
    this.#ca = ca;
    this.#proxy = proxy;
    this.#agent = new https.Agent({ keepAlive: true, maxSockets: 8, ...(proxy && { proxyEnv: { ...proxy.env } }) });
  }

  /** The client for one piece of work. */
  within(scope: HttpScope): Http {
    return {
      stream: (request) => this.#stream(request, scope),
      request: async (request) => {
        const response = await this.#stream(request, scope);
        const chunks: Buffer[] = [];
        for await (const chunk of response.body) chunks.push(chunk);
        return { ...response, body: Buffer.concat(chunks) };
      },
    };
  }

  close(): void {
    this.#agent.destroy();
  }

  async #stream(request: HttpRequest, asked: HttpScope): Promise<StreamedResponse> {
    const deadline = AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs);
    const scope = { ...asked, signal: AbortSignal.any([asked.signal, deadline]) };
    const ca = await this.#ca;
    const exchange = new Exchange(request, scope);
    try {
      const onPhase = (phase: RequestPhase): void => exchange.reached(phase);
      const { incoming, proxy } = await this.#send(request, ca, scope.signal, onPhase);
      exchange.answered(incoming);
      const refusal = proxy.answered(incoming);
      if (refusal !== undefined) {
        incoming.destroy(); // A page for people, of any length.
        throw refusal;
      }
      return {
        url: request.url,
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        body: exchange.read(incoming),
      };
    } catch (cause) {
      throw exchange.failed(cause);
    }
  }

  async #send(
    request: HttpRequest,
    ca: string[] | undefined,
    signal: AbortSignal,
    onPhase: (phase: RequestPhase) => void,
  ): Promise<Answer> {
    const url = publicUrl(request.url);
    if (!request.url.startsWith('https://')) throw new TransportError('notHttps', url);
    const body = request.body === undefined ? undefined : Buffer.from(request.body, 'utf8');
    const options: https.RequestOptions = {
      method: request.method,
      agent: this.#agent,
      signal,
      rejectUnauthorized: true, // Node's default, unless the environment has NODE_TLS_REJECT_UNAUTHORIZED.
      ...(ca && { ca }),
      headers: {
        // VS Code puts an agent of its own before ours, for proxies; it keeps no connections, so Node would end this one.
        connection: 'keep-alive',
        ...asHeaderBytes(request.headers),
        ...(body && { 'content-length': body.length }),
      },
    };
    const sendOnce = (): Promise<Answer | 'connectionWasClosed'> =>
      new Promise((resolve, reject) => {
        const outgoing = https.request(request.url, options, (incoming) => resolve({ incoming, proxy }));
        const proxy = new ProxyWatch(outgoing, url, this.#proxy);
        const certificate = new CertificateWatch(outgoing, url);
        watchPhases(outgoing, onPhase);
        outgoing.on('error', (error) => {
          const reset = outgoing.reusedSocket && transportError(error, url).reason === 'reset';
          const stale = reset && !signal.aborted && request.once !== true;
          if (stale) resolve('connectionWasClosed');
          else reject(proxy.failed(error) ?? certificate.failed(error) ?? error);
        });
        outgoing.end(body);
      });
    // Servers close connections that were idle, maybe just now. Each kept one fails once.
    for (;;) {
      const answer = await sendOnce();
      if (answer !== 'connectionWasClosed') return answer;
    }
  }
}

interface Answer {
  readonly incoming: IncomingMessage;
  readonly proxy: ProxyWatch;
}

/** Tells what is waited for next. A connection that was kept open is past all but the answer. */
function watchPhases(outgoing: ClientRequest, onPhase: (phase: RequestPhase) => void): void {
  onPhase('connect');
  outgoing.on('socket', (socket) => {
    if (outgoing.reusedSocket) {
      onPhase('answer');
      return;
    }
    socket.once('connect', () => onPhase('tls'));
    socket.once('secureConnect', () => onPhase('answer'));
  });
}

/** Node takes Latin-1 only and sends it as such, so that this puts UTF-8 on the wire. */
function asHeaderBytes(headers: HttpRequest['headers']): Record<string, string> {
  const entries = Object.entries(headers ?? {});
  return Object.fromEntries(entries.map(([name, text]) => [name, Buffer.from(text, 'utf8').toString('latin1')]));
}

/** One request from its start to the end of its answer. */
class Exchange {
  readonly #request: HttpRequest;
  readonly #scope: HttpScope;
  readonly #startedAt = performance.now();
  readonly #url: string;
  #incoming: IncomingMessage | undefined;
  #phase: RequestPhase = 'connect';
  #recorded = false;

  constructor(request: HttpRequest, scope: HttpScope) {
    this.#request = request;
    this.#scope = scope;
    this.#url = publicUrl(request.url);
  }

  answered(incoming: IncomingMessage): void {
    this.#incoming = incoming;
    this.#phase = 'body';
  }

  reached(phase: RequestPhase): void {
    this.#phase = phase;
  }

  async *read(incoming: IncomingMessage): AsyncGenerator<Buffer, void, undefined> {
    const limit = this.#request.maxBytes ?? defaultMaxBytes;
    let size = 0;
    try {
      for await (const chunk of incoming) {
        if (!Buffer.isBuffer(chunk)) continue; // Without an encoding set there are only buffers.
        size += chunk.length;
        if (size > limit) throw new TransportError('tooLarge', this.#url);
        yield chunk;
      }
    } catch (cause) {
      throw this.failed(cause);
    } finally {
      this.#record();
      if (!incoming.complete) incoming.destroy(); // The reader stopped early: the rest is not wanted.
    }
  }

  failed(cause: unknown): TransportError {
    const error = this.#classify(cause);
    this.#record(error.reason);
    return error;
  }

  #classify(cause: unknown): TransportError {
    if (cause instanceof TransportError) return cause;
    if (this.#scope.signal.aborted) {
      const reason: unknown = this.#scope.signal.reason;
      const timedOut = reason instanceof DOMException && reason.name === 'TimeoutError';
      return new TransportError(timedOut ? 'timeout' : 'cancelled', this.#url, { cause, phase: this.#phase });
    }
    const error = transportError(cause, this.#url);
    return this.#incoming !== undefined && error.reason === 'reset'
      ? new TransportError('truncated', this.#url, { cause, code: error.code })
      : error;
  }

  /** Once: a failure has recorded itself before the reader's clean-up comes by. */
  #record(failure?: string): void {
    if (this.#recorded) return;
    this.#recorded = true;
    this.#scope.onExchange?.({
      method: this.#request.method,
      url: this.#url,
      operation: this.#request.operation ?? '',
      ...(this.#incoming?.statusCode !== undefined && { status: this.#incoming.statusCode }),
      ...(failure !== undefined && { failure }),
      durationMs: Math.round(performance.now() - this.#startedAt),
      headers: this.#incoming === undefined ? {} : headersToKeep(this.#incoming.headers),
    });
  }
}
