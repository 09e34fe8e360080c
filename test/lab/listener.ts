import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { ServerCertificates, TlsVariant } from './certificates.ts';
import type { LabAnswer, LabRequest, LogNotes, Service } from './http.ts';
import type { RequestLog } from './requestLog.ts';
import type { LabState } from './state.ts';
import { needsAnswer, playWireFault, takeWireFault } from './wireFaults.ts';

interface Router {
  /** @param host the request's Host header */
  serviceOf(path: string, host: string | undefined): Service | 'control';
  operationOf(service: Service, path: string, body: string, method: string): string | null;
  answer(service: Service | 'control', request: LabRequest): LabAnswer | Promise<LabAnswer>;
}

export interface ListenerOptions {
  readonly certificates: ServerCertificates;
  readonly state: () => LabState;
  /** Milliseconds since 1970 by the tenant's clock. */
  readonly now: () => number;
  readonly log: RequestLog;
  readonly router: Router;
}

/** Bytes; Exchange's own limit is 64 MiB. */
const largestBody = 64 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('A stream without encoding gives buffers.');
    length += chunk.length;
    if (length <= largestBody) chunks.push(chunk);
  }
  return length <= largestBody ? Buffer.concat(chunks).toString('utf8') : undefined;
}

const first = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value) ?? null;

/** The lab's one HTTPS port: delays, plays wire faults, logs, and leaves the answers to the router. */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #server: Server;
  readonly #delays = new Set<NodeJS.Timeout>();
  /** TCP connections by the client's port; only they, not TLS sockets, can be reset. */
  readonly #connections = new Map<number, Socket>();
  #tls: TlsVariant;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#tls = options.state().tls;
    this.#server = createServer({ ...options.certificates.identities[this.#tls], keepAliveTimeout: 120_000 });
    this.#server.on('connection', (socket: Socket) => {
      const port = socket.remotePort ?? 0;
      this.#connections.set(port, socket);
      socket.once('close', () => this.#connections.delete(port));
    });
    this.#server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#handle(request, response).catch((error: unknown) => {
        process.stderr.write(`lab: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        response.destroy();
      });
    });
  }

  /** @param port 0 for any free one @param host a loopback address @returns the port that is listened on */
  async listen(port: number, host: string): Promise<number> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP port was asked for.');
    return address.port;
  }

  /** Shows another certificate from the next connection on; idle connections are closed so that it takes effect. */
  useCertificate(variant: TlsVariant): void {
    if (variant === this.#tls) return;
    this.#tls = variant;
    this.#server.setSecureContext(this.#options.certificates.identities[variant]);
    this.#server.closeIdleConnections();
  }

  async close(): Promise<void> {
    for (const delay of this.#delays) clearTimeout(delay);
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { router, log } = this.#options;
    const url = new URL(request.url ?? '/', 'https://localhost');
    const service = router.serviceOf(url.pathname, request.headers.host);
    const notes: LogNotes = {};
    const method = request.method ?? 'GET';
    let body: string | undefined;
    try {
      body = await readBody(request);
    } catch {
      return; // The client went away while it was sending: there is nobody to answer.
    }
    if (body === undefined) {
      response.writeHead(413).end();
      return;
    }
    const asked: LabRequest = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      notes,
    };
    if (service === 'control') {
      this.#send(response, await router.answer(service, asked));
      return;
    }
    const operation = router.operationOf(service, url.pathname, body, method);
    const done = log.open(
      {
        service,
        method,
        path: url.pathname,
        operation,
        userAgent: first(request.headers['user-agent']),
        clientRequestId: first(request.headers['client-request-id']),
        anchorMailbox: first(request.headers['x-anchormailbox']),
      },
      notes,
    );
    const state = this.#options.state();
    const fault = takeWireFault(state, service, operation);
    const endedByLab = fault?.kind === 'reset' || fault?.kind === 'truncated';
    response.once('close', () => {
      done({
        status: response.headersSent ? response.statusCode : null,
        aborted: !response.writableFinished && !endedByLab,
        fault: fault?.kind ?? null,
      });
    });
    await this.#delay(state.latencyMs, response);
    if (response.destroyed) return;
    if (fault?.kind === 'reset') {
      this.#connections.get(response.socket?.remotePort ?? 0)?.resetAndDestroy();
      return;
    }
    if (fault && !needsAnswer(fault)) {
      playWireFault(fault, response, { status: 200, headers: {}, body: '' });
      return;
    }
    const answer = await router.answer(service, asked);
    if (fault) playWireFault(fault, response, answer);
    else this.#send(response, answer);
  }

  #delay(ms: number, response: ServerResponse): Promise<void> {
    if (ms === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#delays.delete(timer);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#delays.add(timer);
      response.once('close', end);
    });
  }

  #send(response: ServerResponse, answer: LabAnswer): void {
    response.writeHead(answer.status, {
      date: new Date(this.#options.now()).toUTCString(),
      ...answer.headers,
      'content-length': Buffer.byteLength(answer.body),
    });
    response.end(answer.body);
  }
}
