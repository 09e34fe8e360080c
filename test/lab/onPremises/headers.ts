import { randomUUID } from 'node:crypto';
import { header } from '../http.ts';
import type { LabAnswer, LabRequestHead } from '../http.ts';
import type { Organisation } from './organisation.ts';

/** What an Exchange server in its own machine room puts beside every answer. */
export function withServerHeaders(answer: LabAnswer, request: LabRequestHead, { names }: Organisation): LabAnswer {
  const clientRequestId = header(request, 'client-request-id');
  const isEchoed = header(request, 'return-client-request-id') === 'true' && clientRequestId !== undefined;
  return {
    ...answer,
    headers: {
      'cache-control': 'private',
      server: 'Microsoft-IIS/10.0',
      'request-id': randomUUID(),
      ...(isEchoed ? { 'client-request-id': clientRequestId } : {}),
      'x-calculatedbetarget': names.dnsComputer,
      'x-diaginfo': names.computer,
      'x-beserver': names.computer,
      'x-feserver': names.computer,
      'x-powered-by': 'ASP.NET',
      'x-aspnet-version': '4.0.30319',
      ...answer.headers,
    },
  };
}
