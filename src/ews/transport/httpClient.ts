import { randomUUID } from 'node:crypto';
import https from 'node:https';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { CertificateWatch } from './certificateEvidence.ts';
import type { EnvironmentProxy } from './environmentProxy.ts';
import { Exchange } from './exchange.ts';
import { publicUrl } from './exchangeRecord.ts';
import type { ExchangeRecord } from './exchangeRecord.ts';
import type { HeldConnection } from './heldConnection.ts';
import { ProxyWatch } from './proxyEvidence.ts';
import { lengthOf, sendBody } from './requestBody.ts';
import type { StreamedBody } from './requestBody.ts';
import { StaleConnectionError, TransportError, transportError } from './transportError.ts';
import type { RequestPhase } from './transportError.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | StreamedBody;
  /** What is asked, for the record: an EWS operation's name. */
  readonly operation?: string;
  /** To do it twice would be wrong: it is not sent again when a kept connection turns out to have been closed. */
  readonly once?: boolean;
  /** How long it may take from sending to the end of the answer, in milliseconds; 60,000 unless told. */
  readonly timeoutMs?: number;
  /** Largest body (bytes) that is read, for an answer that is not held; 8 MiB unless told. */
  readonly maxBytes?: number;
  /** Sent on this connection, which the first request makes. One request at a time. */
  readonly connection?: HeldConnection;
  /**
   * In place of a body: only says that so many bytes would come (Expect: 100-continue), and sends none. The status 100
   * means that the server asked for them, and refused in no way for `graceMs` after that.
   */
  readonly announced?: { readonly bytes: number; readonly graceMs: number };
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

/** As many as a verification has use for. */
const usualConnections = 8;

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
  #trust: Promise<Trust | undefined> | undefined;
  /** Connections that no agent knows any more. */
  readonly #held = new Set<TLSSocket>();

  /**
   * @param ca authorities to trust (PEM), as trustedCas gives them; undefined: the machine's.
   * @param proxy to go through, where VS Code does not see to it.
   * @param connections to one host at most; further requests wait, and their deadline with them.
   */
  constructor(
    ca: Promise<string[] | undefined> = Promise.resolve(undefined),
    proxy?: EnvironmentProxy,
    connections = usualConnections,
  ) {
    this.#ca = ca;
    this.#proxy = proxy;
    const proxyEnv = proxy && { proxyEnv: { ...proxy.env } };
    this.#agent = new https.Agent({ keepAlive: true, maxSockets: connections, ...proxyEnv });
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
    for (const socket of this.#held) socket.destroy();
  }

  async #stream(request: HttpRequest, asked: HttpScope): Promise<StreamedResponse> {
    const deadline = AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs);
    const scope = { ...asked, signal: AbortSignal.any([asked.signal, deadline]) };
    this.#trust ??= this.#ca.then(trustOf);
    const trust = await this.#trust;
    const exchange = new Exchange(request, scope);
    try {
      const onPhase = (phase: RequestPhase): void => exchange.reached(phase);
      const answer = await this.#send(request, trust, scope.signal, onPhase);
      if (answer === 'continue') return exchange.continued();
      const { incoming, proxy } = answer;
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
    trust: Trust | undefined,
    signal: AbortSignal,
    onPhase: (phase: RequestPhase) => void,
  ): Promise<Answer | 'continue'> {
    const url = publicUrl(request.url);
    if (!request.url.startsWith('https://')) throw new TransportError('notHttps', url);
    const body = typeof request.body === 'string' ? Buffer.from(request.body, 'utf8') : request.body;
    const length = request.announced?.bytes ?? lengthOf(body);
    const options: https.RequestOptions = {
      method: request.method,
      agent: this.#agent,
      signal,
      rejectUnauthorized: true, // Node's default, unless the environment has NODE_TLS_REJECT_UNAUTHORIZED.
      ...trust,
      // Node does not know the server's certificate on a connection that resumes an earlier one's TLS session. Agents keep
      // connections and sessions apart by this, which has no other meaning for a client: nothing of earlier ones is used.
      ...(request.connection && { sessionIdContext: randomUUID().replaceAll('-', '') }),
      headers: {
        // VS Code puts an agent of its own before ours, for proxies; it keeps no connections, so Node would end this one.
        connection: 'keep-alive',
        ...asHeaderBytes(request.headers),
        ...(length !== undefined && { 'content-length': length }),
        ...(request.announced && { expect: '100-continue' }),
      },
    };
    const { connection } = request;
    const sendOnce = (): Promise<Answer | 'continue' | 'connectionWasClosed'> =>
      new Promise((resolve, reject) => {
        const held = connection?.request(request.url, options);
        const outgoing = held ?? https.request(request.url, options);
        outgoing.on('response', (incoming) => {
          this.#hold(connection, incoming);
          if (request.announced) incoming.once('end', () => outgoing.destroy()); // It waits for a body for ever.
          resolve({ incoming, proxy });
        });
        const proxy = new ProxyWatch(outgoing, url, this.#proxy);
        const certificate = new CertificateWatch(outgoing, url);
        connection?.begin(outgoing);
        watchPhases(outgoing, onPhase, held !== undefined);
        outgoing.on('error', (error) => {
          const reset = transportError(error, url).reason === 'reset' && !signal.aborted && request.once !== true;
          if (reset && held) reject(new StaleConnectionError(url, error));
          else if (reset && outgoing.reusedSocket) resolve('connectionWasClosed');
          else reject(proxy.failed(error) ?? certificate.failed(error) ?? error);
        });
        if (request.announced) announce(outgoing, request.announced.graceMs, () => resolve('continue'));
        else sendBody(outgoing, body);
      });
    // Servers close connections that were idle, maybe just now. Each kept one fails once.
    for (;;) {
      const answer = await sendOnce();
      if (answer !== 'connectionWasClosed') return answer;
    }
  }

  #hold(connection: HeldConnection | undefined, { socket }: IncomingMessage): void {
    if (connection === undefined || !(socket instanceof TLSSocket) || !connection.hold(socket)) return;
    this.#held.add(socket);
    socket.once('close', () => this.#held.delete(socket));
  }
}

/** Sends the head only. A server that asks for the body may still refuse it by a rule that it has not read the body for. */
function announce(outgoing: ClientRequest, graceMs: number, onAsked: () => void): void {
  outgoing.once('continue', () => {
    const timer = setTimeout(() => {
      onAsked();
      outgoing.destroy();
    }, graceMs);
    outgoing.once('response', () => clearTimeout(timer));
    outgoing.once('close', () => clearTimeout(timer));
  });
  outgoing.flushHeaders();
}

/**
 * Authorities to trust: Node takes those of `secureContext`. `ca` tells VS Code that they are chosen, and has the added ones
 * only: agents make it a part of the name of each connection, for every request.
 */
interface Trust {
  readonly ca: string[];
  readonly secureContext: SecureContext;
}

/** Made once for all connections: it takes some 20 ms to read a few hundred certificates. */
function trustOf(ca: string[] | undefined): Trust | undefined {
  return ca && { ca: ca.slice(-1), secureContext: createSecureContext({ ca }) };
}

interface Answer {
  readonly incoming: IncomingMessage;
  readonly proxy: ProxyWatch;
}

/** Tells what is waited for next. A connection that was kept open is past all but the answer. */
function watchPhases(outgoing: ClientRequest, onPhase: (phase: RequestPhase) => void, isHeld: boolean): void {
  onPhase('connect');
  outgoing.on('socket', (socket) => {
    if (isHeld || outgoing.reusedSocket) {
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
