import type { StreamedResponse } from '../../ews/transport/httpClient.ts';
import type { GraphSession } from './graphSession.ts';

/** With one of these the usage reports may be read; an account needs a role such as Reports Reader besides. */
export const readingReports = ['Reports.Read.All'];

/**
 * The report on the tenant's mailboxes, one row each, as CSV (Microsoft Graph v1.0, reportRoot: getMailboxUsageDetail). It is
 * a day or two old. Not every national cloud has it.
 * @throws GraphError, AnswerError, TransportError
 */
export function mailboxUsageReport(graph: GraphSession): Promise<StreamedResponse> {
  return graph.download({ path: "/reports/getMailboxUsageDetail(period='D7')", operation: 'mailboxUsage' });
}
