import * as l10n from '@vscode/l10n';

/** Findings speak of VS Code and its settings; this is what takes their place in a shell. Undefined where nothing does. */
export function commandLineHint(code: string, command: 'verify' | 'scan'): string | undefined {
  switch (code) {
    case 'timeout':
      if (command === 'scan') return undefined;
      return l10n.t('Here, without VS Code: give the checks more time with --timeout.');
    case 'transport-proxyUnreachable':
    case 'transport-proxyAuthentication':
    case 'transport-proxyRefused':
      return l10n.t(
        'Here, without VS Code: the proxy is the one in HTTPS_PROXY (http://user:password@proxy:port), except for the hosts in NO_PROXY.',
      );
    case 'transport-tlsUnknownCa':
    case 'transport-tlsSelfSigned':
      return l10n.t('Here, without VS Code: NODE_EXTRA_CA_CERTS names a PEM file of further authorities to trust.');
    default:
      return undefined;
  }
}
