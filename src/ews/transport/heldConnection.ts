import { ClientRequest } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';

/**
 * One TLS connection that its holder keeps to himself, request after request: some sign-ins hold for the connection they
 * were made on. The first request finds its way as every other does, through VS Code's proxies or the environment's; the
 * connection is then taken away from its agent, since what it may do afterwards is nobody else's business. The requests
 * that follow go past all agents: VS Code would put one of its own between, and that has other connections.
 */
export class HeldConnection {
  #socket: TLSSocket | undefined;
  #idle: Promise<void> = Promise.resolve();

  /** Whether the next request can use it: it has been made, and nobody has closed it. */
  get isOpen(): boolean {
    return this.#socket?.destroyed === false && this.#socket.writable;
  }

  /** What the server presented itself with (DER); undefined before the first answer. */
  get certificate(): Buffer | undefined {
    // An empty object when the connection is gone, whatever its type says.
    const shown: { raw?: Buffer } | undefined = this.#socket?.getPeerCertificate();
    return shown?.raw;
  }

  /** Such as TLSv1.3; undefined before the first answer. */
  get protocol(): string | undefined {
    return this.#socket?.getProtocol() ?? undefined;
  }

  /** Resolves when the request under way has ended with its answer. */
  get idle(): Promise<void> {
    return this.#idle;
  }

  close(): void {
    this.#socket?.destroy();
  }

  /**
   * The transport's: a request on this connection; undefined: there is no connection yet, any agent may make one.
   * @param options of the request as https takes them
   */
  request(url: string, options: RequestOptions): ClientRequest | undefined {
    const socket = this.#socket;
    if (socket === undefined || !this.isOpen) return undefined;
    const { hostname, port, pathname, search, host } = new URL(url);
    const { method, signal, headers } = options;
    return new ClientRequest({
      // By its type a plain connection's: that this one is encrypted already is none of the request's business.
      ...{ protocol: 'http:', hostname, port: port || 443, path: pathname + search, createConnection: () => socket },
      ...(method !== undefined && { method }),
      ...(signal && { signal }),
      headers: { host, ...(headers as Readonly<Record<string, string>>) }, // The transport gives them in this form.
    });
  }

  /** The transport's: this request is under way on the connection, or about to make it. */
  begin(outgoing: ClientRequest): void {
    this.#socket?.ref();
    this.#idle = new Promise((resolve) => {
      outgoing.once('close', () => {
        this.#socket?.unref(); // A connection that waits keeps no process alive.
        resolve();
      });
    });
  }

  /** The transport's: the first answer came on this connection. @returns whether it is new */
  hold(socket: TLSSocket): boolean {
    if (this.#socket === socket) return false;
    this.#socket = socket;
    socket.emit('agentRemove'); // As node:http documents it: the agent forgets the connection and does not close it.
    socket.on('error', () => undefined); // While it waits nobody else listens; that it is closed shows at the next use.
    return true;
  }
}
