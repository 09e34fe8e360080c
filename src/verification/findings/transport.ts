import * as l10n from '@vscode/l10n';
import type { TransportError } from '../../ews/transport/transportError.ts';
import type { AnswerError } from '../../ews/transport/answer.ts';
import type { Finding, Remedy } from '../verification.ts';
import { hostOf } from './hostOf.ts';
import { phaseText } from './timeout.ts';
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

function transportText({ reason, code, proxy, certificate, phase }: TransportError, host: string): Text {
  switch (reason) {
    case 'dns':
      return {
        title: l10n.t('The host name {0} cannot be resolved.', host),
        explanation: l10n.t('The name server does not know this name, or cannot be reached.'),
        remedies: [
          { text: l10n.t('Check the cloud and the addresses under Advanced for a typo.') },
          {
            text: l10n.t('Check that this machine is online and its DNS works.'),
            command: `nslookup ${hostName(host)}`,
          },
        ],
      };
    case 'refused':
      return {
        title: l10n.t('{0} refused the connection.', host),
        explanation: l10n.t('The machine answers, but nothing listens on this port, or a firewall rejects it.'),
        remedies: [
          { text: l10n.t('Check the addresses under Advanced, the port included.') },
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
          { text: l10n.t('If it stays, ask whether a firewall inspects or blocks traffic to {0}.', host) },
        ],
      };
    case 'truncated':
      return {
        title: l10n.t('{0} broke off in the middle of its answer.', host),
        explanation: l10n.t('The answer is incomplete and was thrown away.'),
        remedies: [
          again(),
          { text: l10n.t('If it stays, ask whether a firewall or proxy limits answers from {0}.', host) },
        ],
      };
    case 'timeout':
      return {
        title: l10n.t('{0} did not answer in time.', host),
        explanation: phaseText(phase),
        remedies: [again(), { text: l10n.t('Ask for HTTPS (port 443) to be allowed from this machine to {0}.', host) }],
      };
    case 'tlsSelfSigned':
      return {
        title: l10n.t('{0} shows a self-signed certificate.', host),
        explanation: certificate?.subject
          ? l10n.t('It names itself “{0}”. Nobody vouches for it, so nothing was sent to it.', certificate.subject)
          : l10n.t('Nobody vouches for this server, so nothing was sent to it.'),
        remedies: [
          {
            text: l10n.t('If this is a server of your own, choose its certificate under Advanced, Additional CA file.'),
          },
          { text: l10n.t('If it should be Microsoft’s server, something between is intercepting the connection.') },
        ],
      };
    case 'tlsUnknownCa':
      return {
        title: l10n.t('The certificate of {0} comes from an authority that this machine does not trust.', host),
        explanation: certificate?.issuer
          ? l10n.t(
              'It was issued by “{0}”. Typical of a proxy that inspects TLS, or of a private cloud. Nothing was sent to it.',
              certificate.issuer,
            )
          : l10n.t('Typical of a proxy that inspects TLS, or of a private cloud. Nothing was sent to it.'),
        remedies: [
          {
            text: l10n.t(
              'Get the authority’s certificate from whoever runs the proxy or cloud, and choose it under Advanced, Additional CA file.',
            ),
          },
        ],
      };
    case 'tlsExpired':
      return {
        title: l10n.t('The certificate of {0} is out of date, or this machine’s clock is wrong.', host),
        explanation: l10n.t('A certificate is valid only between two dates.'),
        remedies: [
          { text: l10n.t('Check the date and time of this machine.') },
          { text: l10n.t('Otherwise the server’s owner must renew its certificate.') },
        ],
      };
    case 'tlsWrongHost':
      return {
        title: l10n.t('The certificate shown by {0} belongs to another host.', host),
        explanation: l10n.t('You may be talking to the wrong server, so nothing was sent to it.'),
        remedies: [
          { text: l10n.t('Use the exact host name that the certificate is issued for, not an IP address or alias.') },
        ],
      };
    case 'tlsOther':
      return {
        title: l10n.t('No secure connection to {0} could be made ({1}).', host, code),
        explanation: l10n.t(
          'The two sides could not agree on TLS; the server may be too old or not speak TLS on this port.',
        ),
        remedies: [{ text: l10n.t('Check the port of the address. Exchange Online needs TLS 1.2 or later.') }],
      };
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
