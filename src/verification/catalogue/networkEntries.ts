import { AnswerError } from '../../ews/transport/answer.ts';
import type { AnswerReason } from '../../ews/transport/answer.ts';
import { TransportError } from '../../ews/transport/transportError.ts';
import type { ProxyEvidence, TransportReason } from '../../ews/transport/transportError.ts';
import { clockOff } from '../findings/clock.ts';
import { slowNetwork } from '../findings/latency.ts';
import { explainAnswer, explainTransport } from '../findings/transport.ts';
import { entriesOf } from './catalogueEntry.ts';
import type { CatalogueEntry } from './catalogueEntry.ts';

const url = 'https://outlook.office365.com/EWS/Exchange.asmx';
const proxy: ProxyEvidence = { host: 'proxy.contoso.com:8080', credentials: false, status: 403, schemes: ['Basic'] };

const transport =
  (reason: TransportReason, code = '') =>
  () =>
    explainTransport(new TransportError(reason, url, { code, proxy }));

const answer = (reason: AnswerReason, status = 200) => {
  const headers = { location: 'https://login.contoso.com/', 'content-type': 'text/html' };
  return () => explainAnswer(new AnswerError(reason, { url, status, headers }));
};

/** No answer came, or none of the service that was asked. */
export const networkEntries: readonly CatalogueEntry[] = [
  ...entriesOf(
    'network',
    transport('dns', 'ENOTFOUND'),
    transport('refused', 'ECONNREFUSED'),
    transport('unreachable', 'ENETUNREACH'),
    transport('reset', 'ECONNRESET'),
    transport('timeout', 'ETIMEDOUT'),
    transport('truncated', 'ECONNRESET'),
    transport('notHttp', 'HPE_INVALID_CONSTANT'),
    transport('notHttps'),
    transport('tooLarge'),
    transport('other', 'EADDRNOTAVAIL'),
    () => slowNetwork(600),
    () => clockOff(12 * 60_000, 'error'),
    () => clockOff(-3 * 60_000, 'warning'),
  ),
  ...entriesOf(
    'proxy',
    transport('proxyUnreachable', 'ECONNREFUSED'),
    transport('proxyAuthentication'),
    transport('proxyRefused'),
  ),
  ...entriesOf(
    'certificates',
    transport('tlsUnknownCa', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
    transport('tlsSelfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
    transport('tlsExpired', 'CERT_HAS_EXPIRED'),
    transport('tlsWrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID'),
    transport('tlsOther', 'ERR_SSL_UNSUPPORTED_PROTOCOL'),
  ),
  ...entriesOf(
    'answers',
    answer('html'),
    answer('redirect', 302),
    answer('insecureRedirect', 302),
    answer('notJson'),
    answer('notXml'),
    answer('unexpected'),
    answer('status', 500),
  ),
];
