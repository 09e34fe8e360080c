import * as l10n from '@vscode/l10n';
import { psQuote } from '../../../identity/registration/quote.ts';
import type { Finding } from '../../verification.ts';
import type { TargetContext } from '../targetContext.ts';

/** The server answers, and not as EWS does. @param status of its answer */
export function notExchange(status: number, { host, ewsUrl }: TargetContext): Finding {
  return {
    code: 'target-not-exchange',
    severity: 'error',
    title: l10n.t('What {0} answers at this address is not EWS (HTTP {1}).', host, status),
    explanation: l10n.t('EWS asks everybody to sign in. Nothing was sent that has to be kept secret.'),
    remedies: [
      {
        text: l10n.t('See the address of EWS (Exchange Management Shell).'),
        command: 'Get-WebServicesVirtualDirectory | Format-List Server,InternalUrl,ExternalUrl',
      },
      { text: l10n.t('Open {0} in a browser on this machine: EWS asks for a password there.', ewsUrl), link: ewsUrl },
    ],
  };
}

/** @param offered ways to sign in that the server names */
export function notOffered(offered: readonly string[], { host, method }: TargetContext): Finding {
  const wanted = method === 'basic' ? 'Basic' : 'NTLM';
  const setting = method === 'basic' ? '-BasicAuthentication' : '-WindowsAuthentication';
  return {
    code: 'authentication-not-offered',
    severity: 'error',
    title: l10n.t('{0} does not offer to sign in by {1}.', host, wanted),
    explanation:
      offered.length === 0
        ? l10n.t('It offers no way at all. No password was sent.')
        : l10n.t('It offers {0}. No password was sent.', offered.join(', ')),
    remedies: [
      { text: l10n.t('Choose a way to sign in that it offers, under Admin credentials.') },
      {
        text: l10n.t('Or have it offer this one (Exchange Management Shell, then iisreset on each server).'),
        command: `Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory ${setting} $true`,
      },
    ],
  };
}

/** The server has seen the password, or a proof of it, and says no. IIS does not say why. */
export function credentialsRefused({ userName, method }: TargetContext): Finding {
  const account = userName.slice(userName.indexOf('\\') + 1);
  const filter = userName.includes('\\')
    ? psQuote(account)
    : `-Filter ${psQuote(`UserPrincipalName -eq '${account.replaceAll("'", "''")}'`)}`;
  return {
    code: 'credentials-refused',
    severity: 'error',
    title: l10n.t('The server does not accept user name and password of {0}.', userName),
    explanation:
      method === 'basic'
        ? l10n.t('It does not say why: a wrong password, an account that is locked, disabled or expired look alike.')
        : l10n.t(
            'It does not say why: a wrong password, an account that is locked, disabled, expired or may not use NTLM look alike.',
          ),
    remedies: [
      { text: l10n.t('Type the password again. Forms of the user name: DOMAIN\\user, or user@domain.') },
      {
        text: l10n.t('See what is wrong with the account (Active Directory PowerShell).'),
        command: `Get-ADUser ${filter} -Properties LockedOut,PasswordExpired,AccountExpirationDate,LogonWorkstations,MemberOf | Format-List Enabled,LockedOut,PasswordExpired,AccountExpirationDate,LogonWorkstations,MemberOf`,
      },
      ...(method === 'basic'
        ? []
        : [{ text: l10n.t('Members of “Protected Users” cannot use NTLM: take an account that is none.') }]),
    ],
  };
}

/** The password is right, and the server has seen another certificate than this machine. */
export function bindingRefused({ host }: TargetContext): Finding {
  return {
    code: 'channel-binding-refused',
    severity: 'error',
    title: l10n.t('Something between this machine and {0} opens the TLS connection.', host),
    explanation: l10n.t(
      'User name and password are right, but the server refuses the binding to the certificate that is seen here: its own is another one (Extended Protection).',
    ),
    remedies: [
      { text: l10n.t('If a proxy inspects TLS on the way: have it leave this host alone.') },
      {
        text: l10n.t(
          'If a load balancer ends TLS: give it the same certificate as the servers, or let it pass TLS through. Microsoft supports Extended Protection with nothing else.',
        ),
        link: 'https://learn.microsoft.com/exchange/plan-and-deploy/post-installation-tasks/security-best-practices/exchange-extended-protection',
      },
      { text: l10n.t('Or use the address of a server behind it, or Basic.') },
    ],
  };
}

/** NTLM signs a connection in, and this one was ended half-way. */
export function connectionNotKept({ host }: TargetContext): Finding {
  return {
    code: 'ntlm-connection-ended',
    severity: 'error',
    title: l10n.t('Something ends the connection to {0} in the middle of the sign-in.', host),
    explanation: l10n.t(
      'NTLM signs a connection in by two requests, so both have to go by the same one. A proxy or load balancer that ends it after each request makes NTLM impossible.',
    ),
    remedies: [
      { text: l10n.t('If VS Code uses a proxy: except this host (setting http.noProxy).') },
      {
        text: l10n.t(
          'If there is a load balancer: have it keep connections open, or use the address of a server behind it.',
        ),
      },
      { text: l10n.t('Or choose Basic, if the server offers it.') },
    ],
  };
}

/** @param days left */
export function serverCertificateEnds(days: number, end: Date, { host }: TargetContext): Finding {
  return {
    code: 'server-certificate-ends-soon',
    severity: 'warning',
    title: l10n.t('The certificate of {0} ends on {1}, in {2} days.', host, end.toISOString().slice(0, 10), days),
    explanation: l10n.t('From then on a migration that runs stops.'),
    remedies: [
      {
        text: l10n.t('See the certificates of the server (Exchange Management Shell) and renew it in time.'),
        command: 'Get-ExchangeCertificate | Format-Table Thumbprint,NotAfter,Services,Subject',
      },
    ],
  };
}
