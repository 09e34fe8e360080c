import * as l10n from '@vscode/l10n';
import { psQuote } from '../../../identity/registration/quote.ts';
import type { Finding } from '../../verification.ts';
import { chargesAccount, is2010 } from '../exchangeVersion.ts';
import type { TargetContext } from '../targetContext.ts';

const policy = 'Exchange Migration';

/** Whose policy counts, and how it is made wider for the migration. @param version of the server, if known */
export function throttlingPolicyAdvice(version: string | undefined, { userName, mailbox }: TargetContext): Finding {
  const onAccount = chargesAccount(version);
  return {
    code: 'throttling-policy-advice',
    severity: 'info',
    title: l10n.t('A throttling policy of its own makes a migration to this server faster.'),
    explanation: onAccount
      ? l10n.t('This version charges all that is done as others to the account that signs in.')
      : l10n.t('This version charges what is done on behalf of a mailbox to that mailbox.'),
    remedies: [
      {
        text: l10n.t('Create a policy without limits for EWS (Exchange Management Shell).'),
        command: is2010(version) ? create2010() : create(),
      },
      {
        text: onAccount
          ? l10n.t('Give it to the account.')
          : l10n.t('Give it to each mailbox that is migrated, such as the test mailbox.'),
        command: associate(onAccount ? userName : mailbox, psQuote(policy)),
      },
      {
        text: l10n.t('Take both back after the migration.'),
        command: `${associate(onAccount ? userName : mailbox, '$null')}\nRemove-ThrottlingPolicy -Identity ${psQuote(policy)}`,
      },
    ],
    effect: l10n.t('Restarting the application pool MSExchangeServicesAppPool makes it take effect at once.'),
  };
}

/** Since Exchange 2013 budgets are given in milliseconds. */
function create(): string {
  return (
    `New-ThrottlingPolicy -Name ${psQuote(policy)} -ThrottlingPolicyScope Regular -EwsMaxConcurrency Unlimited ` +
    '-EwsMaxBurst Unlimited -EwsRechargeRate Unlimited -EwsCutoffBalance Unlimited'
  );
}

/** Exchange 2010 gives them in shares of time; $null stands for no limit. */
function create2010(): string {
  return (
    `New-ThrottlingPolicy -Name ${psQuote(policy)} -EWSMaxConcurrency $null -EWSPercentTimeInAD $null ` +
    '-EWSPercentTimeInCAS $null -EWSPercentTimeInMailboxRPC $null -EWSFindCountLimit $null'
  );
}

function associate(identity: string, name: string): string {
  return `Set-ThrottlingPolicyAssociation -Identity ${psQuote(identity)} -ThrottlingPolicy ${name}`;
}
