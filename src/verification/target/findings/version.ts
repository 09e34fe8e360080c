import * as l10n from '@vscode/l10n';
import type { Finding } from '../../verification.ts';
import type { TargetContext } from '../targetContext.ts';

/** @param version undefined: it does not even understand the question */
export function tooOld(version: string | undefined): Finding {
  return {
    code: 'exchange-too-old',
    severity: 'error',
    title: l10n.t('This Exchange Server is too old to migrate to.'),
    explanation:
      version === undefined
        ? l10n.t('It does not understand requests for Exchange 2010 SP1, which was the first to take whole items.')
        : l10n.t('It is version {0}. Exchange 2010 SP1 (14.1) was the first to take whole items.', version),
    remedies: [
      {
        text: l10n.t('See which version it is (Exchange Management Shell).'),
        command: 'Get-ExchangeServer | Format-Table Name,AdminDisplayVersion,ServerRole',
      },
      { text: l10n.t('Use a server of Exchange 2010 SP1 or later, or update this one.') },
    ],
  };
}

/** @param name of the release. @param ended ISO 8601, day of its end of support */
export function outOfSupport(name: string, ended: string): Finding {
  return {
    code: 'exchange-out-of-support',
    severity: 'warning',
    title: l10n.t('Microsoft has not supported {0} since {1}.', name, ended),
    explanation: l10n.t('A migration to it works. It gets no security updates, and nobody helps if it fails.'),
    remedies: [
      {
        text: l10n.t('Plan the step to Exchange Server Subscription Edition; Microsoft shows the ways.'),
        link: 'https://learn.microsoft.com/exchange/plan-and-deploy/supportability-matrix',
      },
    ],
  };
}

/** The address is of a tenant, which has other ways to sign in. */
export function exchangeOnline({ host }: TargetContext): Finding {
  return {
    code: 'target-is-exchange-online',
    severity: 'error',
    title: l10n.t('{0} is Exchange Online and no server of your own.', host),
    explanation: l10n.t('A target connection leads to an Exchange Server on premises.'),
    remedies: [
      {
        text: l10n.t('Enter the address of the server; this shows it (Exchange Management Shell).'),
        command: 'Get-WebServicesVirtualDirectory | Format-List Server,InternalUrl,ExternalUrl',
      },
    ],
  };
}
