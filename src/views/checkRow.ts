import { checkTitle } from '../verification/checkTitles.ts';
import { outcomeText } from '../verification/outcomeText.ts';
import type { CheckResult } from '../verification/verification.ts';
import { durationText } from '../verification/durationText.ts';
import type { Row } from './connectionRow.ts';
import { escapeMarkdown } from './escapeMarkdown.ts';

const looks: { readonly [outcome in CheckResult['outcome']]: { readonly icon: string; readonly color?: string } } = {
  passed: { icon: 'pass', color: 'testing.iconPassed' },
  warning: { icon: 'warning', color: 'list.warningForeground' },
  failed: { icon: 'error', color: 'list.errorForeground' },
  skipped: { icon: 'debug-step-over' },
  cancelled: { icon: 'circle-slash' },
};

/** A check of the last verification, below its connection. */
export function checkRow(check: CheckResult): Row {
  const outcome = outcomeText(check.outcome);
  const took = check.durationMs > 0 ? ` · ${durationText(check.durationMs)}` : '';
  const told = [check.detail, ...check.findings.map(({ title }) => title)].filter((line) => line !== '');
  return {
    label: checkTitle(check.id),
    description: outcome + took,
    ...looks[check.outcome],
    contextValue: 'check',
    tooltip: told.map(escapeMarkdown).join('\n\n'),
    spoken: [checkTitle(check.id), outcome, ...told].join(', '),
  };
}
