import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ServerCertificates, TlsVariant } from './certificates.ts';
import { empty } from './http.ts';
import type { LabAnswer, LabRequest, LabRequestHead, LogNotes, Service } from './http.ts';
import { readBody } from './requestBody.ts';
import type { RequestLog } from './requestLog.ts';
import type { LabState } from './state.ts';
import { needsAnswer, playWireFault, takeWireFault } from './wireFaults.ts';

interface Router {
  /** @param host the request's Host header */
  serviceOf(path: string, host: string | undefined): Service | 'control';
  operationOf(service: Service, path: string, body: string, method: string): string | null;
  answer(service: Service | 'control', request: LabRequest): LabAnswer | Promise<LabAnswer>;
  /**
   * Looks at a request before its body is read.
   * @returns how it is refused; undefined when it may go on
   */
  admit?(service: Service | 'control', request: LabRequestHead): Refusal | undefined;
  /** Called when a request is complete. @returns called when it is over, however it ends */
  begun?(service: Service, request: LabRequest): () => void;
}

/** An answer that does not depend on the body. */
export interface Refusal {
  readonly answer: LabAnswer;
  /** `read`: the body is taken in first, so that the connection goes on; `cut`: the answer comes at once and ends it. */
  readonly rest: 'read' | 'cut';
}

export interface ListenerOptions {
  readonly certificates: ServerCertificates;
  readonly state: () => Pick<LabState, 'tls' | 'latencyMs' | 'faults'>;
  /** Milliseconds since 1970 by the service's clock. */
  readonly now: () => number;
  readonly log: RequestLog;
  readonly router: Router;
  /** The largest body in bytes; Exchange's own limit, 64 MiB, when absent. */
  readonly largestBody?: () => number;
}

const usualLargestBody = 64 * 1024 * 1024;

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
    const receive =
      (awaitsContinue: boolean) =>
      (request: IncomingMessage, response: ServerResponse): void => {
        this.#handle(request, response, awaitsContinue).catch((error: unknown) => {
          process.stderr.write(`lab: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
          response.destroy();
        });
      };
    this.#server.on('request', receive(false));
    this.#server.on('checkContinue', receive(true));
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

  /** @param awaitsContinue the client sends the body only when it is told to (Expect: 100-continue) */
  async #handle(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): Promise<void> {
    const { router, log, largestBody } = this.#options;
    const { socket } = request;
    if (!(socket instanceof TLSSocket)) throw new TypeError('An HTTPS server has TLS connections.');
    const url = new URL(request.url ?? '/', 'https://localhost');
    const service = router.serviceOf(url.pathname, request.headers.host);
    const notes: LogNotes = {};
    const method = request.method ?? 'GET';
    const head: LabRequestHead = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      notes,
      connection: socket,
    };
    let refusal = router.admit?.(service, head);
    let body: string | undefined = '';
    if (awaitsContinue && !refusal) response.writeContinue();
    if (refusal?.rest !== 'cut' && !(refusal && awaitsContinue)) {
      try {
        body = await readBody(request, largestBody?.() ?? usualLargestBody);
      } catch {
        return; // The client went away while it was sending: there is nobody to answer.
      }
    }
    refusal ??= body === undefined ? { answer: empty(413), rest: 'read' } : undefined;
    const asked: LabRequest = { ...head, body: body ?? '' };
    if (service === 'control') {
      this.#send(response, refusal?.answer ?? (await router.answer(service, asked)));
      return;
    }
    const operation = router.operationOf(service, url.pathname, asked.body, method);
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
    const isOver = refusal ? undefined : router.begun?.(service, asked);
    const state = this.#options.state();
    const fault = takeWireFault(state, service, operation);
    const endedByLab = fault?.kind === 'reset' || fault?.kind === 'truncated';
    response.once('close', () => {
      isOver?.();
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
    if (refusal?.rest === 'cut') response.once('finish', () => socket.destroySoon());
    const answer = refusal?.answer ?? (await router.answer(service, asked));
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
