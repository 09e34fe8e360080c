import type { HttpResponse, StreamedResponse } from './httpClient.ts';
import { publicUrl } from './exchangeRecord.ts';

/** Why an HTTP answer is not what the protocol promises. */
export type AnswerReason = 'redirect' | 'insecureRedirect' | 'html' | 'notJson' | 'notXml' | 'unexpected' | 'status';

/** An HTTP answer came, but not one of the service asked. Keeps what tells it apart, never its body. */
export class AnswerError extends Error {
  readonly reason: AnswerReason;
  readonly url: string;
  readonly status: number;
  readonly contentType: string;
  /** Where a redirect leads, without query; empty if it is none. */
  readonly location: string;

  constructor(reason: AnswerReason, response: Pick<HttpResponse, 'url' | 'status' | 'headers'>) {
    super(`${reason} (HTTP ${response.status})`);
    this.name = 'AnswerError';
    this.reason = reason;
    this.url = publicUrl(response.url);
    this.status = response.status;
    this.contentType = response.headers['content-type'] ?? '';
    const { location } = response.headers;
    this.location = location === undefined ? '' : publicUrl(absolute(location, response.url));
  }
}

/** @throws AnswerError for a redirect: a token or password must not follow it, and Exchange Online sends none. */
export function refuseRedirect(response: Pick<HttpResponse, 'url' | 'status' | 'headers'>): void {
  if (response.status < 300 || response.status > 399) return;
  const location = response.headers.location;
  const insecure = location !== undefined && absolute(location, response.url).startsWith('http:');
  throw new AnswerError(insecure ? 'insecureRedirect' : 'redirect', response);
}

/** The body as JSON. @throws AnswerError `html` (a sign-in page, a captive portal) or `notJson`. */
export function readJson(response: HttpResponse): unknown {
  refuseRedirect(response);
  const text = response.body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new AnswerError(looksLikeHtml(text, response) ? 'html' : 'notJson', response);
  }
}

/** The body as text of an XML document, not yet parsed. @throws AnswerError `html` or `notXml`. */
export function readXmlText(response: HttpResponse): string {
  refuseRedirect(response);
  const text = response.body.toString('utf8').replace(/^\uFEFF/, '');
  if (looksLikeHtml(text, response)) throw new AnswerError('html', response);
  if (!text.trimStart().startsWith('<')) throw new AnswerError('notXml', response);
  return text;
}

export function looksLikeHtml(text: string, response: Pick<HttpResponse, 'headers'>): boolean {
  return /^\s*<(!doctype html|html)/i.test(text) || (response.headers['content-type'] ?? '').startsWith('text/html');
}

export function absolute(location: string, base: string): string {
  return URL.canParse(location, base) ? new URL(location, base).href : '';
}

export async function collect(response: StreamedResponse): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Reads the answer to its end, which frees its connection. */
export async function discard(response: StreamedResponse): Promise<void> {
  await collect(response);
}
