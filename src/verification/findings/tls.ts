import * as l10n from '@vscode/l10n';
import type { CertificateEvidence, TransportError, TransportReason } from '../../ews/transport/transportError.ts';
import type { Text } from './transport.ts';

type TlsReason = Extract<TransportReason, `tls${string}`>;

/** No secure connection was made, so nothing was sent: says whose fault that looks like. */
export function tlsText(reason: TlsReason, { code, certificate }: TransportError, host: string): Text {
  switch (reason) {
    case 'tlsSelfSigned':
      return selfSigned(certificate, host);
    case 'tlsUnknownCa':
      return unknownCa(certificate, host);
    case 'tlsExpired':
      return outOfDate(code === 'CERT_NOT_YET_VALID', certificate, host);
    case 'tlsWrongHost':
      return {
        title: l10n.t('The certificate shown by {0} belongs to another host.', host),
        explanation: l10n.t('You may be talking to the wrong server, so nothing was sent to it.'),
        remedies: [
          { text: l10n.t('Use the exact host name that the certificate is issued for, not an IP address or alias.') },
        ],
      };
    case 'tlsOther':
      return noAgreement(code, host);
  }
}

function selfSigned(certificate: CertificateEvidence | undefined, host: string): Text {
  return {
    title: l10n.t('{0} shows a self-signed certificate.', host),
    explanation: certificate?.subject
      ? l10n.t('It names itself “{0}”. Nobody vouches for it, so nothing was sent to it.', certificate.subject)
      : l10n.t('Nobody vouches for this server, so nothing was sent to it.'),
    remedies: [
      { text: l10n.t('If this is a server of your own, choose its certificate under Advanced, Additional CA file.') },
      { text: l10n.t('If it should be Microsoft’s server, something between is intercepting the connection.') },
    ],
  };
}

function unknownCa(certificate: CertificateEvidence | undefined, host: string): Text {
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
}

/** @param early it is not valid yet, by this machine's clock */
function outOfDate(early: boolean, certificate: CertificateEvidence | undefined, host: string): Text {
  const bound = early ? certificate?.validFrom : certificate?.validTo;
  return {
    title: early
      ? l10n.t('The certificate of {0} is not valid yet, or this machine’s clock is slow.', host)
      : l10n.t('The certificate of {0} has expired, or this machine’s clock is fast.', host),
    explanation:
      bound === undefined
        ? l10n.t('A certificate is valid only between two dates.')
        : early
          ? l10n.t('It is valid from {0} on; this machine’s clock says {1}.', bound, now())
          : l10n.t('It was valid until {0}; this machine’s clock says {1}.', bound, now()),
    remedies: [
      { text: l10n.t('See which it is: compare this machine’s date and time with another clock.') },
      { text: l10n.t('If the clock is right, the server’s owner must renew its certificate.') },
    ],
  };
}

const now = (): string => new Date().toISOString();

/** How OpenSSL 3 says that what came back is no TLS, or an older TLS than is safe. */
const noTls = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_HTTP_REQUEST']);
const oldTls = new Set(['ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION']);

function noAgreement(code: string, host: string): Text {
  const title = l10n.t('No secure connection to {0} could be made ({1}).', host, code);
  const port = { text: l10n.t('Check the port of the address: HTTPS is at 443 as a rule.') };
  const version = { text: l10n.t('The server, or the proxy that stands for it, needs TLS 1.2 or later.') };
  if (noTls.has(code)) {
    return { title, explanation: l10n.t('What answers on this port does not speak TLS.'), remedies: [port] };
  }
  if (oldTls.has(code)) {
    return {
      title,
      explanation: l10n.t('The server speaks only versions of TLS that are too old.'),
      remedies: [version],
    };
  }
  return { title, explanation: l10n.t('The two sides could not agree on TLS.'), remedies: [port, version] };
}
