import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { EwsError, httpEvidence } from './ewsError.ts';
import { parseFault } from './soapFault.ts';
import type { Authorization, Proof } from './authorization/authorization.ts';
import { defaultRequestVersion } from './soap.ts';
import type { RequestVersion } from './soap.ts';
import { collect, readXmlText, refuseRedirect } from './transport/answer.ts';
import type { Http, HttpRequest, StreamedResponse } from './transport/httpClient.ts';
import type { StreamedBody } from './transport/requestBody.ts';

export interface EwsSessionOptions {
  /** Address of Exchange.asmx; https. */
  readonly url: string;
  readonly authorization: Authorization;
  /** SMTP address of the mailbox that the requests are about. */
  readonly anchorMailbox: string;
  /** One fixed value: tenants list it in EwsAllowList or EwsBlockList. */
  readonly userAgent: string;
  /** Oldest version that answers: servers before it do not understand the request. */
  readonly requestVersion?: RequestVersion;
}

/** What is asked besides the envelope and what every request has. */
export type EwsRequestOptions = Pick<HttpRequest, 'maxBytes' | 'once' | 'timeoutMs' | 'announced'>;
type EwsRequest = EwsRequestOptions & Required<Pick<HttpRequest, 'operation' | 'body'>>;

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

  get requestVersion(): RequestVersion {
    return this.#options.requestVersion ?? defaultRequestVersion;
  }

  get mailbox(): string {
    return this.#options.anchorMailbox;
  }

  /**
   * Sends one SOAP envelope and gives the text of the answer's.
   * @param operation its name, for the record.
   * @throws EwsError when Exchange refuses, AnswerError when it was not Exchange that answered, TransportError.
   */
  async send(
    http: Http,
    operation: string,
    envelope: string | StreamedBody,
    options: EwsRequestOptions = {},
  ): Promise<string> {
    const response = await this.stream(http, operation, envelope, options);
    return readXmlText({ ...response, body: await collect(response) });
  }

  /**
   * Like `send`, for answers that are too large to hold, whose body is read chunk by chunk, and for requests that are.
   * @param envelope text, or what makes it piece by piece.
   */
  async stream(
    http: Http,
    operation: string,
    envelope: string | StreamedBody,
    options: EwsRequestOptions = {},
  ): Promise<StreamedResponse> {
    const response = await this.tryStream(http, operation, envelope, options);
    if (response.status === 200) return response;
    throw await refusal(response);
  }

  /** Like `stream`, but an answer that is a refusal is given as any other. @throws TransportError, a sign-in's errors */
  tryStream(
    http: Http,
    operation: string,
    body: string | StreamedBody,
    options: EwsRequestOptions = {},
  ): Promise<StreamedResponse> {
    return this.#options.authorization.send(http, (proof) => this.#post(http, { operation, body, ...options }, proof));
  }

  async #post(
    http: Http,
    request: EwsRequest,
    { authorization, connection, bodiless }: Proof,
  ): Promise<StreamedResponse> {
    const { body, announced, once, ...rest } = request;
    const response = await http.stream({
      method: 'POST',
      url: this.#options.url,
      ...rest,
      ...(bodiless === true ? { body: '' } : { body, ...(announced && { announced }), ...(once && { once }) }),
      ...(connection && { connection }),
      headers: {
        ...(authorization !== undefined && { authorization }),
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

/** The error for an answer that is none. Reads it to its end. */
export async function refusal(response: StreamedResponse): Promise<Error> {
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
