import { randomBytes, randomUUID } from 'node:crypto';
import { header } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';

/** Names of the servers that claim to have answered; support asks for them. */
const frontEnd = 'LAB1PR01CA0001';
const backEnd = 'LAB1PR01MB0002';

/** What Exchange Online puts beside every answer. */
export function withExchangeHeaders(answer: LabAnswer, request: LabRequest): LabAnswer {
  const clientRequestId = header(request, 'client-request-id');
  const isEchoed = header(request, 'return-client-request-id') === 'true' && clientRequestId !== undefined;
  const hasCookie = (header(request, 'cookie') ?? '').includes('exchangecookie=');
  const host = `${backEnd.toLowerCase()}.labprd01.prod.outlook.com`;
  return {
    ...answer,
    headers: {
      'request-id': randomUUID(),
      ...(isEchoed ? { 'client-request-id': clientRequestId } : {}),
      'x-calculatedbetarget': host,
      'x-diaginfo': backEnd,
      'x-beserver': backEnd,
      'x-feserver': frontEnd,
      'x-proxy-routingcorrectness': '1',
      'x-besku': 'WCS5',
      'x-rum-validated': '1',
      'x-firsthopcafeefz': 'LAB',
      'x-backendhttpstatus': String(answer.status),
      'x-powered-by': 'ASP.NET',
      server: 'Microsoft-IIS/10.0',
      ...(hasCookie
        ? {}
        : { 'set-cookie': [`exchangecookie=${randomBytes(16).toString('hex')}; path=/; secure; HttpOnly`] }),
      ...answer.headers,
    },
  };
}
