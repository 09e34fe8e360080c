import * as l10n from '@vscode/l10n';
import { psQuote } from '../../../identity/registration/quote.ts';
import type { ServerDiscoveryError } from '../../../ews/onPremisesAutodiscover/discoverServer.ts';
import type { Finding, Remedy } from '../../verification.ts';

/** Autodiscover told no address of EWS. */
export function explainDiscovery({ reason, asked, mailbox }: ServerDiscoveryError): Finding {
  const byHand: Remedy = {
    text: l10n.t('Or enter the address: this shows it (Exchange Management Shell).'),
    command: 'Get-WebServicesVirtualDirectory | Format-List Server,InternalUrl,ExternalUrl',
  };
  switch (reason) {
    case 'nobody':
      return {
        code: 'autodiscover-nobody',
        severity: 'error',
        title: l10n.t('No Autodiscover was found for {0}.', mailbox),
        explanation: l10n.t(
          'Asked: {0}. The SRV record and the redirect by unencrypted HTTP are not followed: they do not prove where they lead to.',
          asked.join(', '),
        ),
        remedies: [
          { text: l10n.t('Check the address for a typo, and that this machine is in the right network.') },
          byHand,
        ],
      };
    case 'unknownMailbox':
      return {
        code: 'autodiscover-mailbox-unknown',
        severity: 'error',
        title: l10n.t('Autodiscover does not know {0}.', mailbox),
        explanation: l10n.t('The address is mistyped, or belongs to somebody without a mailbox in this organisation.'),
        remedies: [
          {
            text: l10n.t('See which it is (Exchange Management Shell).'),
            command: `Get-Recipient -Identity ${psQuote(mailbox)} | Format-List RecipientTypeDetails,PrimarySmtpAddress`,
          },
          byHand,
        ],
      };
    case 'nothing':
      return {
        code: 'autodiscover-names-nothing',
        severity: 'error',
        title: l10n.t('Autodiscover answers, and names no address of EWS.'),
        explanation: l10n.t('Neither for inside nor for outside is an https address of EWS set.'),
        remedies: [byHand],
      };
    case 'tooManyRedirects':
      return {
        code: 'autodiscover-in-circles',
        severity: 'error',
        title: l10n.t('Autodiscover leads from one address to the next without an end.'),
        explanation: l10n.t('Asked: {0}.', asked.join(', ')),
        remedies: [
          { text: l10n.t('Have its redirects put right: the last two addresses lead to each other.') },
          byHand,
        ],
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
    remedies: [{ text: l10n.t('Enter the server’s name, or its EWS address, in the step “Server” instead.') }],
  };
}
