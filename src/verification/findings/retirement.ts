import * as l10n from '@vscode/l10n';
import type { Finding } from '../verification.ts';
import type { FindingContext } from './context.ts';

/** From this many days before the end on it is a warning. */
const warnDays = 60;

/** EWS has ended in Exchange Online: no setting brings it back. */
export function ewsRetired({ tenant }: FindingContext): Finding {
  return {
    code: 'ews-retired',
    severity: 'error',
    title: l10n.t('EWS has ended in Exchange Online (1 April 2027).'),
    explanation: l10n.t(
      'No setting of the tenant {0} brings it back, so mailboxes cannot be read this way any more.',
      tenant,
    ),
    remedies: [
      {
        text: l10n.t(
          'Export through Microsoft Graph needs the permission MailboxItem.Export.All; registering the app can grant it (“Also let it export through Microsoft Graph”).',
        ),
      },
      {
        text: l10n.t(
          'Until this program moves mailboxes through Graph, export them with Microsoft Purview eDiscovery.',
        ),
      },
    ],
  };
}

/** EWS still works. @param days until it ends */
export function ewsEnds(days: number): Finding {
  return {
    code: 'ews-ends',
    severity: days <= warnDays ? 'warning' : 'info',
    title: l10n.t('EWS ends in Exchange Online on 1 April 2027, in {0} days.', days),
    explanation: l10n.t(
      'Until then Microsoft switches it off tenant by tenant, with seven days’ notice in the message center; an administrator can switch it on again.',
    ),
    remedies: [
      { text: l10n.t('Finish the migration before that, with some weeks to spare.') },
      {
        text: l10n.t('See what the tenant allows now (Exchange Online PowerShell).'),
        command: [
          'Connect-ExchangeOnline',
          'Get-OrganizationConfig | Format-List EwsEnabled,EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList',
          'Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | Format-List EwsAllowedAppIDs',
        ].join('\n'),
      },
    ],
  };
}

/** A setting keeps EWS off; what was changed shows late. @param days until EWS ends anyway */
export function ewsOffForNow(days: number): Finding {
  return {
    code: 'ews-off-for-now',
    severity: 'info',
    title: l10n.t('EWS is off here, and can be switched on again for {0} more days.', days),
    explanation: l10n.t(
      'The steps are under “EWS access”. First the list of allowed apps, if there is one, then EwsEnabled, then the mailbox.',
    ),
    remedies: [{ text: l10n.t('Check again in an hour'), action: { kind: 'checkAgain' } }],
    effect: l10n.t('EwsEnabled takes about an hour to take effect, the list of apps up to 24 hours.'),
  };
}
