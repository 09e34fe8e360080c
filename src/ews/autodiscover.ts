import * as z from 'zod/mini';
import { absolute, AnswerError, readJson, refuseRedirect } from './transport/answer.ts';
import { publicUrl } from './transport/exchangeRecord.ts';
import type { Http, HttpResponse } from './transport/httpClient.ts';

const found = z.object({ Protocol: z.string(), Url: z.url() });

/** More redirects than Exchange Online's own between regions and clouds need. */
const mostRedirects = 3;

export interface AutodiscoverOptions {
  /** Address up to the version, such as https://outlook.office365.com/autodiscover/autodiscover.json; https. */
  readonly base: string;
  readonly mailbox: string;
  readonly userAgent: string;
  /** Whether a redirect or the answer may lead to this address. Nothing secret is sent, but the answer gets a token. */
  readonly allows: (url: string) => boolean;
}

/** Autodiscover named an address where this connection's token must not go. */
export class ForeignAddressError extends Error {
  /** Without query and credentials. */
  readonly url: string;

  constructor(url: string) {
    super(`Not an address of this cloud: ${url}`);
    this.name = 'ForeignAddressError';
    this.url = url;
  }
}

/**
 * Asks Autodiscover v2 for the EWS address of a mailbox. Needs no sign-in.
 * @see learn.microsoft.com/exchange/client-developer (Autodiscover v2: GET …/v1.0/{smtp}?Protocol=EWS → {Protocol, Url})
 * @throws ForeignAddressError, AnswerError, TransportError.
 */
export async function discoverEwsUrl(http: Http, options: AutodiscoverOptions): Promise<string> {
  const mailbox = encodeURIComponent(options.mailbox).replaceAll('%40', '@');
  let url = `${options.base}/v1.0/${mailbox}?Protocol=EWS`;
  for (let redirects = 0; ; redirects++) {
    const response = await http.request({
      method: 'GET',
      url,
      operation: 'Autodiscover',
      headers: { accept: 'application/json', 'user-agent': options.userAgent },
    });
    const next = redirectOf(response);
    if (next === undefined) return readAnswer(response, options);
    if (redirects >= mostRedirects || !next.startsWith('https:')) refuseRedirect(response);
    if (!options.allows(next)) throw new ForeignAddressError(publicUrl(next));
    url = next;
  }
}

function redirectOf(response: HttpResponse): string | undefined {
  const location = response.headers.location;
  const redirected = response.status >= 300 && response.status <= 399 && location !== undefined;
  return redirected ? absolute(location, response.url) : undefined;
}

function readAnswer(response: HttpResponse, options: AutodiscoverOptions): string {
  if (response.status !== 200) throw new AnswerError('status', response);
  const answer = found.safeParse(readJson(response));
  if (!answer.success) throw new AnswerError('unexpected', response);
  const url = answer.data.Url;
  if (!url.startsWith('https://') || !options.allows(url)) throw new ForeignAddressError(publicUrl(url));
  return url;
}
