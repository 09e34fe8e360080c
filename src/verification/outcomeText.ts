import * as l10n from '@vscode/l10n';
import type { CheckResult } from './verification.ts';

/** An outcome in words: never told by colour alone. */
export function outcomeText(outcome: CheckResult['outcome']): string {
  switch (outcome) {
    case 'passed':
      return l10n.t('Passed');
    case 'warning':
      return l10n.t('Passed with warnings');
    case 'failed':
      return l10n.t('Failed');
    case 'skipped':
      return l10n.t('Skipped');
    case 'cancelled':
      return l10n.t('Cancelled');
  }
}
