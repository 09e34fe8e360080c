import * as l10n from '@vscode/l10n';
import type { CheckOutcome, RunState } from '../protocol.ts';

/** The word that a screen reader reads for an outcome. */
export function outcomeWord(outcome: CheckOutcome): string {
  switch (outcome) {
    case 'pending':
      return l10n.t('not started');
    case 'running':
      return l10n.t('running');
    case 'passed':
      return l10n.t('passed');
    case 'warning':
      return l10n.t('passed with a warning');
    case 'failed':
      return l10n.t('failed');
    case 'skipped':
      return l10n.t('skipped');
    case 'cancelled':
      return l10n.t('cancelled');
  }
}

/** Icon of each outcome. They differ by shape, not by colour alone. */
export const outcomeIcons: Readonly<Record<CheckOutcome, string>> = {
  pending: 'circle-outline',
  // Stands in for the spinner where motion is not wanted.
  running: 'loading',
  passed: 'pass-filled',
  warning: 'warning',
  failed: 'error',
  skipped: 'circle-slash',
  cancelled: 'circle-slash',
};

/** The outcome whose icon stands before the summary; none before and during a run. */
export function runOutcome(state: RunState): CheckOutcome | undefined {
  switch (state) {
    case 'notStarted':
    case 'running':
      return undefined;
    case 'passed':
      return 'passed';
    case 'passedWithWarnings':
      return 'warning';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
  }
}
