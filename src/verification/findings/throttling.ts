import * as l10n from '@vscode/l10n';
import type { Finding } from '../verification.ts';

/** Exchange slowed some request down. @param seconds that it asked to wait; 0: it did not tell */
export function throttledNow(seconds: number): Finding {
  return {
    code: 'throttled',
    severity: 'warning',
    title: l10n.t('Exchange slows this app down already.'),
    explanation: l10n.t(
      'Each mailbox has a budget of its own, and other programs that use the same app or mailbox share it. A migration would be slow now.',
    ),
    remedies: [
      {
        text:
          seconds > 0
            ? l10n.t('Wait {0} seconds, then run again.', seconds)
            : l10n.t('Wait a few minutes, then run again.'),
      },
      { text: l10n.t('See whether a backup or another migration uses EWS at the same time, and move one of them.') },
      {
        text: l10n.t(
          'Microsoft can lift the tenant’s EWS throttling for some weeks: Microsoft 365 admin center, Support, “Increase EWS usage limits”.',
        ),
      },
    ],
  };
}

/** Nothing was refused yet. @param percent of the budget, 80 or more */
export function budgetNearlyUsed(percent: number): Finding {
  return {
    code: 'budget-nearly-used',
    severity: 'warning',
    title: l10n.t('{0} % of what this app may ask Microsoft Graph are used up.', percent),
    explanation: l10n.t('Beyond the limit requests are refused for a while; programs that use the same app share it.'),
    remedies: [
      { text: l10n.t('See what else uses this app, and give the migration one of its own.') },
      { text: l10n.t('Run again in a few minutes: the budget fills up again.') },
    ],
  };
}
