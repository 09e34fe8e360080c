import * as l10n from '@vscode/l10n';
import type { Finding } from '../verification.ts';

/** @param aheadMs by how much this machine is ahead of the service, in milliseconds; negative: behind */
export function clockOff(aheadMs: number, severity: 'error' | 'warning'): Finding {
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  return {
    code: severity === 'error' ? 'clock-wrong' : 'clock-drifts',
    severity,
    title:
      aheadMs > 0
        ? l10n.t('This machine’s clock is {0} minutes ahead.', minutes)
        : l10n.t('This machine’s clock is {0} minutes behind.', minutes),
    explanation: l10n.t(
      'Sign-ins and tokens carry times; more than five minutes are not accepted, and errors of the sign-in may come from that.',
    ),
    remedies: [
      {
        text: l10n.t('Set the time automatically. On Windows, as administrator:'),
        command: 'w32tm /resync /force',
      },
      { text: l10n.t('On Linux:'), command: 'timedatectl set-ntp true' },
      { text: l10n.t('On macOS: System Settings, General, Date & Time, Set time automatically.') },
    ],
  };
}
