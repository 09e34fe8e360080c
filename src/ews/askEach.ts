import { setImmediate } from 'node:timers/promises';
import type { Asking } from './askEws.ts';
import { EwsError } from './ewsError.ts';
import type { EwsRequestOptions } from './ewsSession.ts';
import { MalformedAnswer, MessageReader } from './messageReader.ts';
import type { ContentReader } from './messageReader.ts';
import { envelope } from './soap.ts';
import { AnswerError, looksLikeHtml } from './transport/answer.ts';
import type { StreamedResponse } from './transport/httpClient.ts';

/** How long reading may hold up the event loop at a stretch, in milliseconds. */
const slice = 12;

/** By this much of its beginning a web page is told from XML. In characters. */
const beginning = 200;

/**
 * Asks an operation about several things at once, and reads the answer as it arrives: it may have thousands of lines.
 * @param count how many are asked for: so many messages have to be in the answer
 * @param newContent reads what one message holds; made anew for each
 * @returns of each, in their order, what was read or why it was refused
 * @throws EwsError when all were refused at once, or one and the others were not answered; AnswerError, TransportError
 */
export async function askEach<T>(
  { http, session, impersonate }: Asking,
  operation: string,
  body: string,
  { count, newContent, ...options }: EwsRequestOptions & { count: number; newContent: () => ContentReader<T> },
): Promise<readonly (T | EwsError)[]> {
  const sent = envelope(body, impersonate, session.requestVersion);
  const response = await session.stream(http, operation, sent, options);
  const reader = new MessageReader(newContent);
  const decoder = new TextDecoder();
  let head = '';
  let sliceEnd = performance.now() + slice;
  try {
    for await (const chunk of response.body) {
      const text = decoder.decode(chunk, { stream: true });
      if (head.length < beginning) head += text.slice(0, beginning);
      reader.push(text);
      if (performance.now() < sliceEnd) continue;
      await setImmediate();
      sliceEnd = performance.now() + slice;
    }
    reader.end();
  } catch (error) {
    if (error instanceof MalformedAnswer) throw notAnAnswer('notXml', head, response);
    throw error;
  }
  const found = reader.messages.flatMap((message): readonly (T | EwsError)[] => {
    if (message === undefined) return [];
    return ['error' in message ? message.error : message.value];
  });
  if (found.length === count) return found;
  // Exchange may give up after the first refusal, as when it is busy.
  throw found.find((each) => each instanceof EwsError) ?? notAnAnswer('unexpected', head, response);
}

function notAnAnswer(reason: 'notXml' | 'unexpected', head: string, response: StreamedResponse): AnswerError {
  return new AnswerError(looksLikeHtml(head, response) ? 'html' : reason, response);
}
