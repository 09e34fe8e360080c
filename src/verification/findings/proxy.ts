import * as l10n from '@vscode/l10n';
import type { ProxyEvidence } from '../../ews/transport/transportError.ts';
import type { Text } from './transport.ts';

const unknown: ProxyEvidence = { host: '', credentials: false, schemes: [] };

const named = ({ host }: ProxyEvidence): string => (host === '' ? l10n.t('(unknown address)') : host);

const bypass = (): string => l10n.t('If this host needs no proxy, add it to VS Code’s setting http.noProxy.');

/** The proxy wants to know who asks. VS Code's own sign-in has been tried by then. */
export function proxyAuthentication(host: string, proxy = unknown): Text {
  return proxy.schemes.length === 0 || proxy.schemes.includes('Basic')
    ? passwordWanted(host, proxy)
    : unsupportedSignIn(host, proxy);
}

function passwordWanted(host: string, proxy: ProxyEvidence): Text {
  return {
    title: proxy.credentials
      ? l10n.t('The proxy {0} does not accept the user name and password of the setting http.proxy.', named(proxy))
      : l10n.t('The proxy {0} asks for a user name and password.', named(proxy)),
    explanation: l10n.t('Without them it lets nothing through to {0} (HTTP 407).', host),
    remedies: [
      {
        text: l10n.t(
          'Sign in when VS Code asks for the proxy’s user name and password, and run the verification again.',
        ),
      },
      {
        text: l10n.t(
          'If VS Code does not ask, set http.proxy to http://user:password@proxy:port, with %40 for @ and %3A for : in the password. Settings are kept unencrypted.',
        ),
      },
      { text: l10n.t('Or ask for {0} to be let through without a sign-in from this machine.', host) },
    ],
  };
}

function unsupportedSignIn(host: string, proxy: ProxyEvidence): Text {
  const kerberos = proxy.schemes.includes('Negotiate') || proxy.schemes.includes('Kerberos');
  return {
    title: l10n.t(
      'The proxy {0} asks for a kind of sign-in that failed or is not supported: {1}.',
      named(proxy),
      proxy.schemes.join(', '),
    ),
    explanation: l10n.t(
      'VS Code signs in to a proxy with a user name and password (Basic) or this machine’s Kerberos ticket. Proxies that want NTLM are not supported.',
    ),
    remedies: [
      { text: l10n.t('Ask for {0} to be let through without a sign-in from this machine.', host) },
      { text: l10n.t('Or run a proxy on this machine that signs in to the other, and set http.proxy to its address.') },
      ...(kerberos
        ? [
            {
              text: l10n.t(
                'If the proxy takes Kerberos, sign this machine in to its domain; the setting http.proxyKerberosServicePrincipal names the proxy’s principal.',
              ),
            },
          ]
        : []),
    ],
  };
}

/** The proxy answered in the server's place, and not about a sign-in. */
export function proxyRefused(host: string, proxy = unknown): Text {
  const status = proxy.status ?? 0;
  return {
    title: l10n.t('The proxy {0} did not connect to {1} (HTTP {2}).', named(proxy), host, status),
    explanation:
      status >= 500
        ? l10n.t('The proxy could not reach the host, or is out of order.')
        : l10n.t('The proxy’s rules do not allow this host from this machine.'),
    remedies: [
      { text: l10n.t('Ask whoever runs the proxy to allow HTTPS (CONNECT, port 443) to {0}.', host) },
      { text: bypass() },
    ],
  };
}

/** Not even the proxy was reached. */
export function proxyUnreachable(host: string, code: string, proxy = unknown): Text {
  return {
    title: l10n.t('The proxy {0} cannot be used ({1}).', named(proxy), code === '' ? l10n.t('no answer') : code),
    explanation: l10n.t('Requests to {0} go through it, so none was sent.', host),
    remedies: [
      {
        text: l10n.t(
          'Check VS Code’s setting http.proxy, or the environment variable HTTPS_PROXY if the setting is empty.',
        ),
      },
      { text: bypass() },
    ],
  };
}
