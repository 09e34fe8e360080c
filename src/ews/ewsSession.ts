import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { EwsError, httpEvidence } from './ewsError.ts';
import { parseFault } from './soapFault.ts';
import { readXmlText, refuseRedirect } from './transport/answer.ts';
import type { Http, HttpRequest, HttpResponse, StreamedResponse } from './transport/httpClient.ts';

/** Gives an access token for EWS. `fresh`: the last one was refused, do not give it again. */
export type TokenProvider = (http: Http, fresh: boolean) => Promise<string>;

export interface EwsSessionOptions {
  /** Address of Exchange.asmx; https. */
  readonly url: string;
  readonly token: TokenProvider;
  /** SMTP address of the mailbox that the requests are about. */
  readonly anchorMailbox: string;
  /** One fixed value: tenants list it in EwsAllowList or EwsBlockList. */
  readonly userAgent: string;
}

type EwsRequest = Pick<HttpRequest, 'operation' | 'body' | 'maxBytes'>;

/** Cookies by which Exchange keeps a mailbox's requests on one server. No other is kept. */
const affinityCookies = ['exchangecookie', 'X-BackEndOverrideCookie'];

/** Requests about one mailbox. Adds what Exchange asks for, keeps its affinity cookies, tells a refusal as an EwsError. */
export class EwsSession {
  readonly #options: EwsSessionOptions;
  readonly #cookies = new Map<string, string>();

  constructor(options: EwsSessionOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.url;
  }

  get mailbox(): string {
    return this.#options.anchorMailbox;
  }

  /**
   * Sends one SOAP envelope and gives the text of the answer's.
   * @param operation its name, for the record.
   * @throws EwsError when Exchange refuses, AnswerError when it was not Exchange that answered, TransportError.
   */
  async send(http: Http, operation: string, envelope: string): Promise<string> {
    const response = await this.stream(http, operation, envelope);
    return readXmlText({ ...response, body: await collect(response) });
  }

  /**
   * Like `send`, for answers that are too large to hold: the body is read chunk by chunk.
   * @param maxBytes largest body that is read.
   */
  async stream(http: Http, operation: string, envelope: string, maxBytes?: number): Promise<StreamedResponse> {
    const request = { operation, body: envelope, ...(maxBytes !== undefined && { maxBytes }) };
    const first = await this.#post(http, request, false);
    // Exchange Online answers 401 now and then to slow a client down: one fresh token, then it is meant.
    const response = first.status === 401 ? await this.#again(http, request, first) : first;
    if (response.status === 200) return response;
    throw await refusal(response);
  }

  async #again(http: Http, request: EwsRequest, first: StreamedResponse): Promise<StreamedResponse> {
    await collect(first); // Frees its connection.
    return this.#post(http, request, true);
  }

  async #post(http: Http, request: EwsRequest, fresh: boolean): Promise<StreamedResponse> {
    const response = await http.stream({
      method: 'POST',
      url: this.#options.url,
      ...request,
      headers: {
        authorization: `Bearer ${await this.#options.token(http, fresh)}`,
        'content-type': 'text/xml; charset=utf-8',
        accept: 'text/xml',
        'user-agent': this.#options.userAgent,
        'client-request-id': randomUUID(),
        'return-client-request-id': 'true',
        'x-anchormailbox': this.#options.anchorMailbox,
        ...(this.#cookies.size > 0 && { cookie: [...this.#cookies.values()].join('; ') }),
      },
    });
    this.#keepCookies(response.headers);
    return response;
  }

  #keepCookies(headers: IncomingHttpHeaders): void {
    for (const header of headers['set-cookie'] ?? []) {
      const pair = header.split(';')[0] ?? '';
      const name = pair.split('=')[0]?.trim().toLowerCase();
      if (affinityCookies.some((kept) => kept.toLowerCase() === name)) this.#cookies.set(name ?? '', pair.trim());
    }
  }
}

async function refusal(response: StreamedResponse): Promise<Error> {
  try {
    const text = (await collect(response)).toString('utf8');
    refuseRedirect(response);
    return new EwsError(
      (response.status === 500 ? parseFault(text, response.status) : undefined) ??
        httpEvidence(response.status, response.headers),
    );
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function collect(response: StreamedResponse): Promise<HttpResponse['body']> {
  const chunks: Buffer[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
