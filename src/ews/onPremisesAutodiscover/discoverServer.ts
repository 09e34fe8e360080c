import type { Authorization } from '../authorization/authorization.ts';
import { EwsError, httpEvidence } from '../ewsError.ts';
import { absolute, AnswerError, collect, discard } from '../transport/answer.ts';
import { publicUrl } from '../transport/exchangeRecord.ts';
import type { Http, StreamedResponse } from '../transport/httpClient.ts';
import { TransportError } from '../transport/transportError.ts';
import type { AutodiscoverAnswer } from './autodiscoverAnswer.ts';
import { poxRequest, readPox } from './pox.ts';
import { readSoap, soapRequest } from './soap.ts';

export interface ServerDiscoveryOptions {
  readonly mailbox: string;
  /** Whoever signs in; one for each host, since NTLM signs in connections. */
  readonly authorization: () => Authorization;
  readonly userAgent: string;
  /** Hosts (with their port, if it is not 443) that the user has agreed to send the credentials to. */
  readonly confirmedHosts: ReadonlySet<string>;
}

export type ServerDiscovery =
  /** Addresses of EWS, those for outside first. Their hosts are for the user to confirm before anything is sent there. */
  | { readonly kind: 'found'; readonly ewsUrls: readonly string[]; readonly by: string }
  /** An Autodiscover that wants a sign-in: ask the user whether this host may have it, then ask again with it confirmed. */
  | { readonly kind: 'leadsTo'; readonly host: string; readonly url: string };

/** Why Autodiscover told no address. */
export type DiscoveryReason =
  /** No host of the domain has an Autodiscover that answers. */
  | 'nobody'
  | 'unknownMailbox'
  /** It answers, and names no EWS. */
  | 'nothing'
  | 'tooManyRedirects';

export class ServerDiscoveryError extends Error {
  readonly reason: DiscoveryReason;
  readonly mailbox: string;
  /** Addresses that were asked, without query. */
  readonly asked: readonly string[];

  constructor(reason: DiscoveryReason, mailbox: string, asked: readonly string[], cause?: unknown) {
    super(reason, { cause });
    this.name = 'ServerDiscoveryError';
    this.reason = reason;
    this.mailbox = mailbox;
    this.asked = asked;
  }
}

/** From one Autodiscover to the next; a well-kept organisation needs one or two. */
const mostRedirects = 5;

/** A domain often has no web server, or one that does not answer from here. In milliseconds. */
const patienceMs = 10_000;

/**
 * Asks Autodiscover on premises for the EWS address of a mailbox: at its domain, then at autodiscover.<domain>, by plain
 * XML, then by SOAP. Credentials go only to hosts that the user has confirmed; each host is first asked without. The
 * redirect by plain http and the SRV record are not looked up: neither proves where it leads to, and a server's name or
 * address can be entered instead.
 * @throws ServerDiscoveryError; EwsError when the credentials are refused; TransportError when cancelled
 */
export async function discoverServer(http: Http, options: ServerDiscoveryOptions): Promise<ServerDiscovery> {
  const asked: string[] = [];
  let places = placesOf(options.mailbox);
  let { mailbox } = options;
  let cause: unknown;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const step = await firstAnswer(places);
    if (step === undefined) throw new ServerDiscoveryError('nobody', mailbox, asked, cause);
    if (step.kind === 'found' || step.kind === 'leadsTo') return step;
    if (step.kind === 'unknownMailbox' || step.kind === 'nothing')
      throw new ServerDiscoveryError(step.kind, mailbox, asked);
    if (step.kind === 'address') mailbox = step.mailbox;
    places = step.kind === 'address' ? placesOf(mailbox) : [step.url];
  }
  throw new ServerDiscoveryError('tooManyRedirects', mailbox, asked);

  async function firstAnswer(urls: readonly string[]): Promise<Step | undefined> {
    for (const url of urls) {
      asked.push(publicUrl(url));
      try {
        const step = await askAt(http, url, { ...options, mailbox });
        if (step !== undefined) return step;
      } catch (error) {
        const isOfThisHost =
          error instanceof AnswerError || (error instanceof TransportError && error.reason !== 'cancelled');
        if (!isOfThisHost) throw error;
        cause = error;
      }
    }
    return undefined;
  }
}

type Step = ServerDiscovery | Exclude<AutodiscoverAnswer, { kind: 'ews' }>;

function placesOf(mailbox: string): readonly string[] {
  const domain = mailbox.slice(mailbox.lastIndexOf('@') + 1);
  return [domain, `autodiscover.${domain}`]
    .map((host) => `https://${host}/autodiscover/autodiscover.xml`)
    .filter((url) => URL.canParse(url));
}

/** @returns undefined: there is no Autodiscover here, nor where it leads to */
async function askAt(http: Http, place: string, options: ServerDiscoveryOptions): Promise<Step | undefined> {
  const url = await whereSignInIsWanted(http, place, options.userAgent);
  if (url === undefined) return undefined;
  const { host } = new URL(url);
  if (!options.confirmedHosts.has(host)) return { kind: 'leadsTo', host, url: publicUrl(url) };
  const authorization = options.authorization();
  const soapUrl = new URL('/autodiscover/autodiscover.svc', url).href;
  const ask = async (
    to: string,
    body: string,
    read: (xml: string) => AutodiscoverAnswer | undefined,
  ): Promise<Step | undefined> => {
    const response = await post(http, authorization, to, body, options.userAgent);
    const redirect = redirectOf(response);
    if (redirect !== undefined || response.status !== 200) {
      await discard(response);
      // Not tried elsewhere with the same password: accounts can be locked.
      if (response.status === 401) throw new EwsError(httpEvidence(401, response.headers));
      return redirect === undefined ? undefined : { kind: 'url', url: redirect };
    }
    const answer = read((await collect(response)).toString('utf8').replace(/^\uFEFF/, ''));
    return answer?.kind === 'ews' ? { kind: 'found', ewsUrls: answer.urls, by: publicUrl(to) } : answer;
  };
  const plain = await ask(url, poxRequest(options.mailbox), readPox);
  if (plain !== undefined && plain.kind !== 'nothing') return plain;
  return (await ask(soapUrl, soapRequest(options.mailbox, soapUrl), readSoap)) ?? plain;
}

/** Goes where redirects lead to, without credentials. @returns the address that wants some; undefined: none does */
async function whereSignInIsWanted(http: Http, place: string, userAgent: string): Promise<string | undefined> {
  let url: string | undefined = place;
  for (let redirects = 0; url !== undefined && redirects <= mostRedirects; redirects++) {
    const response: StreamedResponse = await http.stream({
      ...{ method: 'GET', url, operation: 'Autodiscover', timeoutMs: patienceMs },
      headers: { 'user-agent': userAgent },
    });
    await discard(response);
    if (response.status === 401) return url;
    url = redirectOf(response);
  }
  return undefined;
}

function post(
  http: Http,
  authorization: Authorization,
  url: string,
  body: string,
  userAgent: string,
): Promise<StreamedResponse> {
  return authorization.send(http, ({ authorization: value, connection, bodiless }) =>
    http.stream({
      ...{ method: 'POST', url, operation: 'Autodiscover', body: bodiless === true ? '' : body },
      ...(connection && { connection }),
      headers: {
        ...(value !== undefined && { authorization: value }),
        'content-type': 'text/xml; charset=utf-8',
        accept: 'text/xml',
        'user-agent': userAgent,
      },
    }),
  );
}

/** An https address; anything else is not followed. */
function redirectOf({ status, headers, url }: StreamedResponse): string | undefined {
  if (status < 300 || status > 399 || headers.location === undefined) return undefined;
  const next = absolute(headers.location, url);
  return next.startsWith('https://') ? next : undefined;
}
