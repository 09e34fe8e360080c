import type { EnvironmentProxy } from '../../ews/transport/environmentProxy.ts';
import { HttpClient } from '../../ews/transport/httpClient.ts';
import type { Http } from '../../ews/transport/httpClient.ts';
import { trustedCas } from '../../ews/transport/trustedCas.ts';

export interface ServerHttpOptions {
  /** PEM of authorities to trust besides the machine's. */
  readonly additionalCa: string | undefined;
  /** To go through, where VS Code does not see to it. */
  readonly proxy: EnvironmentProxy | undefined;
  readonly connections: number | undefined;
}

/** The connections to one server, and how many requests went over them. */
export class ServerHttp {
  readonly #client: HttpClient;
  #http: Http | undefined;
  #requests = 0;

  constructor({ additionalCa, proxy, connections }: ServerHttpOptions) {
    this.#client = new HttpClient(trustedCas(additionalCa), proxy, connections);
  }

  get requests(): number {
    return this.#requests;
  }

  begin(signal: AbortSignal): Http {
    this.#http = this.#client.within({ signal, onExchange: () => (this.#requests += 1) });
    return this.#http;
  }

  /** @throws Error before `begin` */
  get current(): Http {
    if (this.#http === undefined) throw new Error('The connection is not open.');
    return this.#http;
  }

  close(): void {
    this.#client.close();
  }
}
