import { createHash, randomBytes } from 'node:crypto';
import { empty, header, json } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import type { GraphCall, GraphContext } from './call.ts';
import { GraphError } from './errors.ts';

const columns = [
  ...['Report Refresh Date', 'User Principal Name', 'Display Name', 'Is Deleted', 'Deleted Date', 'Created Date'],
  ...['Last Activity Date', 'Item Count', 'Storage Used (Byte)', 'Issue Warning Quota (Byte)'],
  ...['Prohibit Send Quota (Byte)', 'Prohibit Send/Receive Quota (Byte)', 'Deleted Item Count'],
  ...['Deleted Item Size (Byte)', 'Deleted Item Quota (Byte)', 'Has Archive', 'Recipient Type', 'Report Period'],
];
const downloadPath = '/data/download/';

/** Leads to the report at another host, where no token is needed. */
export function mailboxUsage(call: GraphCall): LabAnswer {
  const period = /\(period='(\w+)'\)$/.exec(decodeURIComponent(call.request.path))?.[1] ?? '';
  if (!['D7', 'D30', 'D90', 'D180'].includes(period)) throw new GraphError(400, 'InvalidRequest', 'Invalid period.');
  const ticket = randomBytes(24).toString('base64url');
  call.directory.tickets.add(ticket);
  const host = call.graphOrigin.replace('//localhost:', '//127.0.0.1:');
  return empty(302, { location: call.state.graph.reports.location ?? `${host}${downloadPath}${ticket}` });
}

export const isDownload = (path: string): boolean => path.startsWith(downloadPath);

/** The report itself. A token has no business here. */
export function downloadReport(request: LabRequest, context: GraphContext): LabAnswer {
  if (header(request, 'authorization') !== undefined) return json(400, { error: 'AuthorizationNotExpected' });
  if (!context.directory.tickets.has(request.path.slice(downloadPath.length))) return empty(404);
  return {
    status: 200,
    headers: { 'content-type': 'application/octet-stream' },
    body: `\ufeff${[columns.join(','), ...rows(context)].join('\r\n')}\r\n`,
  };
}

function* rows({ directory, state, nowMs }: GraphContext): Generator<string> {
  const { concealed, recipientTypes } = state.graph.reports;
  const day = new Date(nowMs - 2 * 86_400_000).toISOString().slice(0, 10);
  const conceal = (text: string): string => createHash('md5').update(text).digest('hex').toUpperCase();
  const row = (principal: string, name: string, isDeleted: boolean, bytes: number, type: string): string =>
    [
      ...[day, concealed ? conceal(principal) : principal, `"${concealed ? conceal(name) : name}"`],
      ...[isDeleted ? 'True' : 'False', isDeleted ? day : '', '2024-01-15', day, 100, bytes],
      ...[105226698752, 106300440576, 107374182400, 3, 2048, 32212254720, 'False'],
      ...[recipientTypes ? type : '', 7],
    ].join(',');
  for (const { principalName, name, usage } of directory.users(state.graph)) {
    if (usage !== null) yield row(principalName, name, false, usage.bytes, usage.recipientType);
  }
  yield row(`gone@${directory.domain}`, 'Gone, Long Ago', true, 4096, 'User');
}
