import * as l10n from '@vscode/l10n';
import type { Finding } from '../verification.ts';

/** @param median of the round trips, in milliseconds */
export function slowNetwork(median: number): Finding {
  return {
    code: 'network-slow',
    severity: 'info', // It was so for a moment; whether a migration suffers is seen when it runs.
    title: l10n.t('The way to Exchange Online is slow: {0} ms for a round trip.', median),
    explanation: l10n.t('A migration makes many small requests, so the round trip counts more than the bandwidth.'),
    remedies: [
      { text: l10n.t('Run the migration from a machine near the tenant’s region or near your internet access.') },
      { text: l10n.t('Let Exchange Online’s addresses bypass VPN and proxy; Microsoft advises that for Office 365.') },
    ],
  };
}
