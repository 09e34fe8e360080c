import * as l10n from '@vscode/l10n';
import type { TransportError } from '../../ews/transport/transportError.ts';
import type { AnswerError } from '../../ews/transport/answer.ts';
import type { Finding, Remedy } from '../verification.ts';
import { hostOf } from './hostOf.ts';
import { phaseText } from './timeout.ts';
import { tlsText } from './tls.ts';
import { proxyAuthentication, proxyRefused, proxyUnreachable } from './proxy.ts';

/** No usable answer arrived: names the cause. */
export function explainTransport(error: TransportError): Finding {
  const host = hostOf(error.url);
  return { code: `transport-${error.reason}`, severity: 'error', ...transportText(error, host) };
}

/** What a finding says. */
export interface Text {
  readonly title: string;
  readonly explanation: string;
  readonly remedies: Remedy[];
}

const again = (): Remedy => ({ text: l10n.t('Run the verification again.') });

/** Tells this network's firewalls and proxies from the server. */
function fromElsewhere(host: string): Remedy {
  return {
    text: l10n.t(
      'See which it is: open https://{0} over another network, such as a phone’s. If it answers there, this network blocks it.',
      host,
    ),
  };
}

function transportText(error: TransportError, host: string): Text {
  const { reason, code, proxy, phase } = error;
  switch (reason) {
    case 'dns':
      return {
        title: l10n.t('The host name {0} cannot be resolved.', host),
        explanation: l10n.t('The name server does not know this name, or cannot be reached.'),
        remedies: [
          { text: l10n.t('Check the cloud and the addresses under Advanced for a typo.') },
          {
            text: l10n.t('See which it is: if the second name is found and the first is not, the first is wrong.'),
            command: `nslookup ${hostName(host)}\nnslookup www.microsoft.com`,
          },
          { text: l10n.t('If neither is found: check that this machine is online and its DNS works.') },
        ],
      };
    case 'refused':
      return {
        title: l10n.t('{0} refused the connection.', host),
        explanation: l10n.t('The machine answers, but nothing listens on this port, or a firewall rejects it.'),
        remedies: [
          { text: l10n.t('Check the addresses under Advanced, the port included.') },
          fromElsewhere(host),
          { text: l10n.t('Ask for HTTPS (port 443) to be allowed from this machine to {0}.', host) },
        ],
      };
    case 'unreachable':
      return {
        title: l10n.t('{0} cannot be reached from this network.', host),
        explanation: l10n.t('There is no route to the host.'),
        remedies: [{ text: l10n.t('Check this machine’s network, VPN and proxy settings.') }, again()],
      };
    case 'reset':
      return {
        title: l10n.t('{0} closed the connection without an answer.', host),
        explanation: l10n.t('The server, a firewall or a proxy on the way cut the connection.'),
        remedies: [
          again(),
          fromElsewhere(host),
          { text: l10n.t('If it stays, ask whether a firewall inspects or blocks traffic to {0}.', host) },
        ],
      };
    case 'truncated':
      return {
        title: l10n.t('{0} broke off in the middle of its answer.', host),
        explanation: l10n.t('The answer is incomplete and was thrown away.'),
        remedies: [
          again(),
          fromElsewhere(host),
          { text: l10n.t('If it stays, ask whether a firewall or proxy limits answers from {0}.', host) },
        ],
      };
    case 'timeout':
      return {
        title: l10n.t('{0} did not answer in time.', host),
        explanation: phaseText(phase),
        remedies: [
          again(),
          fromElsewhere(host),
          { text: l10n.t('Ask for HTTPS (port 443) to be allowed from this machine to {0}.', host) },
        ],
      };
    case 'tlsSelfSigned':
    case 'tlsUnknownCa':
    case 'tlsExpired':
    case 'tlsWrongHost':
    case 'tlsOther':
      return tlsText(reason, error, host);
    case 'proxyUnreachable':
      return proxyUnreachable(host, code, proxy);
    case 'proxyAuthentication':
      return proxyAuthentication(host, proxy);
    case 'proxyRefused':
      return proxyRefused(host, proxy);
    case 'notHttp':
      return {
        title: l10n.t('What {0} answered is not HTTP.', host),
        explanation: l10n.t('Another service listens on this port.'),
        remedies: [{ text: l10n.t('Check the addresses under Advanced, the port included.') }],
      };
    case 'notHttps':
      return {
        title: l10n.t('The address of {0} is not https.', host),
        explanation: l10n.t('Credentials are sent over encrypted connections only.'),
        remedies: [{ text: l10n.t('Use an address that begins with https:// under Advanced.') }],
      };
    case 'tooLarge':
      return {
        title: l10n.t('The answer of {0} is far larger than it can rightly be.', host),
        explanation: l10n.t('It was cut off to protect this machine’s memory.'),
        remedies: [
          { text: l10n.t('Check that the address is the right one: another service may have answered.') },
          again(),
        ],
      };
    case 'cancelled':
    case 'other':
      return {
        title: l10n.t('The request to {0} failed ({1}).', host, code || reason),
        explanation: l10n.t('The system gave no better reason.'),
        remedies: [again(), { text: l10n.t('If it stays, copy the report and open an issue with it.') }],
      };
  }
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '');
}

/** An answer came, but not from the service asked. */
export function explainAnswer(error: AnswerError): Finding {
  const host = hostOf(error.url);
  const remedies: Remedy[] = [
    { text: l10n.t('Open {0} in a browser on this machine and see who answers.', error.url), link: error.url },
  ];
  const common = { severity: 'error' as const, code: `answer-${error.reason}`, remedies };
  switch (error.reason) {
    case 'redirect':
      return {
        ...common,
        title: l10n.t('{0} redirects to another address: {1}', host, error.location),
        explanation: l10n.t(
          'Credentials do not follow redirects. A proxy’s sign-in page or a wrong address does this.',
        ),
      };
    case 'insecureRedirect':
      return {
        ...common,
        title: l10n.t('{0} redirects to an unencrypted address: {1}', host, error.location),
        explanation: l10n.t('Credentials are sent over encrypted connections only, so the redirect was not followed.'),
      };
    case 'html':
      return {
        ...common,
        title: l10n.t('{0} answered with a web page instead of data.', host),
        explanation: l10n.t(
          'A network’s sign-in page, a proxy’s block page, or a wrong address does this (HTTP {0}).',
          error.status,
        ),
      };
    case 'notJson':
    case 'notXml':
      return {
        ...common,
        title: l10n.t('The answer of {0} is not readable.', host),
        explanation: l10n.t(
          'It is not {0}, as the protocol demands (HTTP {1}).',
          error.reason === 'notXml' ? 'XML' : 'JSON',
          error.status,
        ),
      };
    case 'unexpected':
      return {
        ...common,
        title: l10n.t('The answer of {0} lacks what the protocol promises.', host),
        explanation: l10n.t('Another service may listen at this address, or something on the way changed the answer.'),
      };
    case 'status':
      return {
        ...common,
        title: l10n.t('{0} answered with HTTP {1}.', host, error.status),
        explanation: l10n.t('This is not an answer of the service that should be at this address.'),
      };
  }
}
