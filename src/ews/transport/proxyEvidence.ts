import type { ClientRequest, IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { errorCode } from '../../connections/storeError.ts';
import type { EnvironmentProxy } from './environmentProxy.ts';
import { authenticationSchemes } from './authenticationSchemes.ts';
import { TransportError } from './transportError.ts';
import type { ProxyEvidence } from './transportError.ts';

/**
 * Watches one request for a proxy that stands between. VS Code's agent tells of it by the event `proxy` on the request:
 * the proxy in the words of a PAC file (`PROXY user:password@host:port`, `DIRECT`), and why it could not be used. Without
 * VS Code, Node's own agent goes through the environment's, and tells of it by its errors.
 */
export class ProxyWatch {
  readonly #url: string;
  readonly #environment: EnvironmentProxy | undefined;
  #host = '';
  #credentials = false;
  #failure: unknown;

  /** @param url address of the request, for errors. @param environment the proxy that Node's own agent uses, if any. */
  constructor(outgoing: ClientRequest, url: string, environment?: EnvironmentProxy) {
    this.#url = url;
    this.#environment = environment;
    if (environment) {
      this.#host = `${environment.hostname}:${environment.port}`;
      this.#credentials = environment.credentials;
    }
    outgoing.on('proxy', (event: unknown) => this.#told(event));
  }

  /**
   * The error for an answer that the proxy gave in the server's place; undefined if it is the server's. A server's
   * answer comes through TLS; the proxy's comes before there is any, and no server can pretend that.
   */
  answered(incoming: IncomingMessage): TransportError | undefined {
    if (incoming.socket instanceof TLSSocket) return undefined;
    const status = incoming.statusCode ?? 0;
    const schemes = authenticationSchemes(incoming.headersDistinct['proxy-authenticate'] ?? []);
    const reason = status === 407 ? 'proxyAuthentication' : 'proxyRefused';
    return new TransportError(reason, this.#url, { proxy: { ...this.#evidence(), status, schemes } });
  }

  /** The error for a request that did not even reach its proxy; undefined if something else went wrong. */
  failed(error: Error): TransportError | undefined {
    if (this.#environment) return this.#failedInTunnel(error, this.#environment);
    const unusable = errorCode(error) === 'ERR_INVALID_URL'; // Ours was parsed before; so it is the proxy's.
    if (this.#failure === undefined && !unusable) return undefined;
    // No cause: what the agent throws quotes the proxy's address, and an invalid one with its password.
    const code = errorCode(unusable ? error : this.#failure) ?? '';
    return new TransportError('proxyUnreachable', this.#url, { code, proxy: this.#evidence() });
  }

  /** What Node's own agent tells. It keeps the ways to sign in that the proxy offers to itself. */
  #failedInTunnel(error: Error, environment: EnvironmentProxy): TransportError | undefined {
    const code = errorCode(error) ?? '';
    if (code === 'ERR_PROXY_TUNNEL' && 'statusCode' in error && typeof error.statusCode === 'number') {
      const status = error.statusCode;
      const reason = status === 407 ? 'proxyAuthentication' : 'proxyRefused';
      return new TransportError(reason, this.#url, { proxy: { ...this.#evidence(), status } });
    }
    if (code !== 'ERR_PROXY_TUNNEL' && !isAbout(error, environment, new URL(this.#url))) return undefined;
    return new TransportError('proxyUnreachable', this.#url, { code, proxy: this.#evidence() });
  }

  #evidence(): ProxyEvidence {
    return { host: this.#host, credentials: this.#credentials, schemes: [] };
  }

  #told(event: unknown): void {
    if (typeof event !== 'object' || event === null) return;
    const target = 'proxy' in event && typeof event.proxy === 'string' ? (event.proxy.split(/\s+/)[1] ?? '') : '';
    if (target === '') return; // DIRECT
    const address = `http://${target}`; // Which protocol it is does not matter to host and port.
    this.#host = URL.canParse(address) ? new URL(address).host : '';
    this.#credentials = target.includes('@');
    if ('error' in event) this.#failure = event.error;
  }
}

/** Whether the system's error is about reaching the proxy and not the server, which it may except from it. */
function isAbout(error: Error, proxy: EnvironmentProxy, server: URL): boolean {
  if (error instanceof AggregateError) {
    const first: unknown = error.errors[0]; // Of the addresses that one host has.
    return first instanceof Error && isAbout(first, proxy, server);
  }
  if ('hostname' in error) return error.hostname === proxy.hostname; // Its address was not found.
  const serverPort = Number(server.port) || 443;
  return 'port' in error && error.port === proxy.port && proxy.port !== serverPort;
}
