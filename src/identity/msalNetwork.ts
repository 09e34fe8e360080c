import { randomUUID } from 'node:crypto';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { AnswerError, readJson } from '../ews/transport/answer.ts';
import type { Http, HttpResponse } from '../ews/transport/httpClient.ts';
import { SignInError, signInEvidence } from './signInError.ts';

/**
 * MSAL's requests on our transport. What goes wrong is kept as it was: MSAL wraps errors, and the wrapping loses the
 * evidence.
 */
export class MsalNetwork implements INetworkModule {
  readonly #http: Http;
  readonly #userAgent: string;
  /** The first failure; the caller throws it in place of MSAL's. */
  failure: unknown;

  constructor(http: Http, userAgent: string) {
    this.#http = http;
    this.#userAgent = userAgent;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send<T>('GET', url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send<T>('POST', url, options);
  }

  async #send<T>(method: 'GET' | 'POST', url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    try {
      const response = await this.#http.request({
        method,
        url,
        operation: 'Token',
        headers: {
          ...options?.headers,
          'user-agent': this.#userAgent,
          'client-request-id': options?.headers?.['client-request-id'] ?? randomUUID(),
        },
        ...(options?.body !== undefined && { body: options.body }),
      });
      const body = readJson(response);
      this.#noteRefusal(body, response);
      // MSAL's own clients hand over the parsed body just so; it looks at the fields itself.
      return { status: response.status, headers: textHeaders(response), body: body as T };
    } catch (error) {
      this.failure ??= error;
      throw error;
    }
  }

  #noteRefusal(body: unknown, response: HttpResponse): void {
    if (response.status === 200) return;
    const evidence = signInEvidence(body, response.status);
    if (evidence?.error === 'authorization_pending') return; // A device code that nobody has typed yet.
    this.failure ??= evidence === undefined ? new AnswerError('status', response) : new SignInError(evidence);
  }
}

function textHeaders(response: HttpResponse): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
