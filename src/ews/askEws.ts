import type { EwsRequestOptions, EwsSession } from './ewsSession.ts';
import { readResponseMessages } from './responseMessages.ts';
import type { ResponseMessage } from './responseMessages.ts';
import { envelope } from './soap.ts';
import { AnswerError } from './transport/answer.ts';
import type { Http } from './transport/httpClient.ts';
import type { StreamedBody } from './transport/requestBody.ts';

/** On whose behalf an operation of our own runs. */
export interface Asking {
  readonly http: Http;
  readonly session: EwsSession;
  /** Mailbox to act as; absent: who signs in. */
  readonly impersonate?: string;
}

/** The answer was a success that does not hold what was asked for. */
export function unexpected({ session }: Asking): AnswerError {
  return new AnswerError('unexpected', { url: session.url, status: 200, headers: {} });
}

/**
 * Asks one operation.
 * @param body XML of the request element, with the prefixes m: and t:; or a whole envelope, piece by piece
 * @returns its response messages, as many as were asked for. @throws EwsError, AnswerError, TransportError
 */
export async function askEws(
  asking: Asking,
  operation: string,
  body: string | StreamedBody,
  { messages = 1, ...options }: EwsRequestOptions & { readonly messages?: number } = {},
): Promise<readonly ResponseMessage[]> {
  const { http, session, impersonate } = asking;
  const sent = typeof body === 'string' ? envelope(body, impersonate, session.requestVersion) : body;
  const found = readResponseMessages(await session.send(http, operation, sent, options));
  if (found?.length !== messages) throw unexpected(asking);
  return found;
}

/** The same where one thing is asked. @returns the ids in its answer. @throws EwsError for its error, too */
export async function askOne(
  asking: Asking,
  operation: string,
  body: string,
  options: EwsRequestOptions = {},
): Promise<readonly string[]> {
  const [message] = await askEws(asking, operation, body, options);
  if (message?.error) throw message.error;
  return message?.ids ?? [];
}

/** The id of what has just been created. @throws AnswerError when the answer names none */
export function createdId(asking: Asking, ids: readonly string[]): string {
  const [id = ''] = ids;
  if (id === '') throw unexpected(asking);
  return id;
}
