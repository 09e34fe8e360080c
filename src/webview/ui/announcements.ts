import * as l10n from '@vscode/l10n';
import { outcomeWord } from './outcome.ts';
import type { CheckOutcome, CheckView, WizardView } from '../protocol.ts';

type Run = WizardView['run'];

const ended: ReadonlySet<CheckOutcome> = new Set(['passed', 'warning', 'failed', 'skipped', 'cancelled']);

/** What has happened between two views of a run, in sentences for the live region: the checks that ended, and the end. */
export function announcements(before: Run, after: Run): readonly string[] {
  const earlier = new Map(before.checks.map(({ id, outcome }) => [id, outcome]));
  const sentences = after.checks
    .filter(({ id, outcome }) => ended.has(outcome) && earlier.get(id) !== outcome)
    .map(describeEnd);
  if (before.state === 'running' && after.state !== 'running' && after.summary !== '') sentences.push(after.summary);
  return sentences;
}

function describeEnd({ title, outcome, findings }: CheckView): string {
  const [finding] = findings;
  const end = l10n.t('{0}: {1}', title, outcomeWord(outcome));
  return finding ? l10n.t('{0}. {1}', end, finding.title) : end;
}
