import type { ExchangeRecord } from '../../ews/transport/exchangeRecord.ts';

/** What came of a request, such as `HTTP 401` or `dns`. */
export function answerText({ status, failure }: Pick<ExchangeRecord, 'status' | 'failure'>): string {
  return [status === undefined ? '' : `HTTP ${status}`, failure ?? ''].filter(Boolean).join(', ');
}
