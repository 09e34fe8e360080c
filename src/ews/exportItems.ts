import type { ExportedItem } from './exportReader.ts';
import { ExportReader, MalformedExport, TruncatedExportError } from './exportReader.ts';
import type { EwsSession } from './ewsSession.ts';
import { envelope, escapeXml } from './soap.ts';
import { AnswerError } from './transport/answer.ts';
import type { Http } from './transport/httpClient.ts';

/** Most ids one ExportItems may ask for [facts: limits]. */
const exportBatchLimit = 100;

/** Bytes of an answer: Exchange Online takes messages of up to 150 MB, and base64 adds a third. */
const largestAnswer = 512 * 1024 * 1024;

/**
 * Exports items as opaque full-fidelity streams (ExportItems, since Exchange 2010 SP1). The answer is parsed as it
 * arrives; an item is never held as a whole.
 * @param itemIds at most 100.
 * @param write takes the pieces of an item's stream in order.
 * @throws RangeError for more ids; EwsError, TruncatedExportError, AnswerError, TransportError.
 */
export async function exportItems(
  http: Http,
  session: EwsSession,
  itemIds: readonly string[],
  impersonate: string | undefined,
  write: (position: number, piece: Buffer) => void,
): Promise<readonly ExportedItem[]> {
  if (itemIds.length > exportBatchLimit) throw new RangeError(`At most ${exportBatchLimit} ids at once.`);
  const ids = itemIds.map((id) => `<t:ItemId Id="${escapeXml(id)}"/>`).join('');
  const body = `<m:ExportItems><m:ItemIds>${ids}</m:ItemIds></m:ExportItems>`;
  const response = await session.stream(http, 'ExportItems', envelope(body, impersonate, session.requestVersion), {
    maxBytes: largestAnswer,
  });
  const reader = new ExportReader(write);
  const text = new TextDecoder();
  try {
    for await (const chunk of response.body) reader.push(text.decode(chunk, { stream: true }));
    reader.end();
  } catch (error) {
    if (reader.truncated) throw new TruncatedExportError();
    if (error instanceof MalformedExport) throw new AnswerError('notXml', response);
    throw error;
  }
  if (reader.items.length !== itemIds.length) throw new AnswerError('unexpected', response);
  return reader.items;
}
