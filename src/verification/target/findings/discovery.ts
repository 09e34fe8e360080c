import * as l10n from '@vscode/l10n';
import type { DiscoveryReason } from '../../../ews/onPremisesAutodiscover/discoverServer.ts';
import type { Finding, Remedy } from '../../verification.ts';

const byHand = (): Remedy => ({
  text: l10n.t('Enter the server’s name, or its EWS address, in the step “Server” instead.'),
});

/** Autodiscover told no address. @param asked the addresses that were tried */
export function notDiscovered(reason: DiscoveryReason, mailbox: string, asked: readonly string[]): Finding {
  const domain = mailbox.slice(mailbox.lastIndexOf('@') + 1);
  const tried = l10n.t('Asked: {0}', asked.join(', '));
  switch (reason) {
    case 'nobody':
      return {
        code: 'autodiscover-nobody',
        severity: 'error',
        title: l10n.t('No Autodiscover answers for {0}.', domain),
        explanation: tried,
        remedies: [
          byHand(),
          { text: l10n.t('See whether the name leads anywhere.'), command: `nslookup autodiscover.${domain}` },
        ],
      };
    case 'unknownMailbox':
      return {
        code: 'autodiscover-unknown-mailbox',
        severity: 'error',
        title: l10n.t('Autodiscover does not know the mailbox {0}.', mailbox),
        explanation: tried,
        remedies: [{ text: l10n.t('Enter the address of a mailbox on that server.') }, byHand()],
      };
    case 'nothing':
      return {
        code: 'autodiscover-nothing',
        severity: 'error',
        title: l10n.t('Autodiscover names no EWS address for {0}.', mailbox),
        explanation: tried,
        remedies: [
          {
            text: l10n.t('See the addresses that Exchange tells (Exchange Management Shell).'),
            command: 'Get-WebServicesVirtualDirectory | Format-List Server,InternalUrl,ExternalUrl',
          },
          byHand(),
        ],
      };
    case 'tooManyRedirects':
      return {
        code: 'autodiscover-redirects',
        severity: 'error',
        title: l10n.t('Autodiscover of {0} leads from one address to the next without end.', domain),
        explanation: tried,
        remedies: [byHand()],
      };
  }
}

/** The user did not want the password to be sent to this host. */
export function discoveryDeclined(host: string): Finding {
  return {
    code: 'autodiscover-declined',
    severity: 'error',
    title: l10n.t('The password was not sent to {0}.', host),
    explanation: l10n.t('Autodiscover leads there, and you declined.'),
    remedies: [byHand()],
  };
}
