import * as l10n from '@vscode/l10n';
import type { StoreError } from '../connections/storeError.ts';
import { storeErrorText } from '../connections/storeErrorText.ts';
import type { History, RunEntry } from '../verification/history.ts';
import type { RunOutcome } from '../verification/runOutcome.ts';
import type { AnyCheckId, CheckProgress, VerificationRecord } from '../verification/verification.ts';
import { durationText } from '../verification/durationText.ts';
import { statusOf, statusText } from '../views/connectionRow.ts';
import type { ConnectionModel, ConnectionStatus } from '../views/connectionRow.ts';
import type { AnyConnection } from '../views/room.ts';
import type { DetailsView, RunView } from './detailsProtocol.ts';
import type { CheckOutcome, CheckView, RemedyView, WizardView } from './protocol.ts';
import { ended, notStarted, running } from './runView.ts';

export interface DetailsModel extends ConnectionModel<AnyConnection> {
  /** In the order in which they are shown. */
  readonly checkIds: readonly AnyCheckId[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly history: History;
  /** Of the run that is under way, if somebody asked for one. */
  readonly progress: ReadonlyMap<string, CheckProgress> | undefined;
}

export function detailsView(model: DetailsModel): DetailsView {
  const { connection, record, history, progress, checkIds } = model;
  const status = statusOf(model);
  const notice = noticeOf(status, record);
  return {
    heading: connection.name,
    ...(notice && { notice }),
    status: { outcome: statusOutcomes[status], text: statusText(status, connection.signIn.method) },
    facts: model.facts.map(([name, value]) => ({ name, value })),
    actions: { run: progress === undefined ? 'verify' : 'cancel', copyReport: record !== undefined },
    run: shown(checkIds, progress, record),
    history: history.runs.map(runView),
  };
}

/** Where the definition cannot be read. @param heading the name that the connection had */
export function unreadableView(heading: string, error: StoreError): DetailsView {
  const isGone = error.reason === 'missing';
  return {
    heading,
    notice: isGone
      ? { severity: 'warning', text: l10n.t('This connection was deleted. Close this page.') }
      : { severity: 'error', text: storeErrorText(error) },
    facts: [],
    actions: { run: 'none', copyReport: false },
    run: notStarted([]),
    history: [],
  };
}

const statusOutcomes: Readonly<Record<ConnectionStatus, CheckOutcome>> = {
  notVerified: 'pending',
  verifying: 'running',
  verified: 'passed',
  warnings: 'warning',
  failed: 'failed',
  secretMissing: 'warning',
};

function noticeOf(status: ConnectionStatus, record: VerificationRecord | undefined): WizardView['notice'] {
  if (status !== 'notVerified' || record === undefined) return undefined;
  return {
    severity: 'info',
    text: l10n.t('The connection was changed since the checks below ran. Verify it again.'),
  };
}

function shown(
  checkIds: readonly AnyCheckId[],
  progress: DetailsModel['progress'],
  record: VerificationRecord | undefined,
): WizardView['run'] {
  if (progress !== undefined) return running(checkIds, progress);
  const run = record === undefined ? notStarted(checkIds) : ended(checkIds, record);
  return { ...run, checks: run.checks.map(withoutChoices) };
}

/** A choice is of the wizard's form; here it is a step to take under Settings. */
function withoutChoices(check: CheckView): CheckView {
  const asStep = ({ action, ...step }: RemedyView): RemedyView =>
    action === undefined || action.kind === 'chooseCloud' ? step : { ...step, action };
  return {
    ...check,
    findings: check.findings.map((finding) => ({ ...finding, remedies: finding.remedies.map(asStep) })),
  };
}

function runView({ startedAt, outcome, durationMs, quiet, errors }: RunEntry): RunView {
  const when = new Date(startedAt);
  const started = when.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const [word, took] = [runOutcomeText(outcome), durationText(durationMs)];
  return {
    started,
    day: when.toLocaleDateString(undefined, { dateStyle: 'medium' }),
    outcome,
    outcomeText: word,
    durationMs,
    durationText: took,
    startedBy: quiet ? l10n.t('by itself') : l10n.t('by hand'),
    errors: errors.join(', '),
    label: l10n.t('{0}, {1}, {2}', started, word, took),
  };
}

function runOutcomeText(outcome: RunOutcome): string {
  switch (outcome) {
    case 'passed':
      return l10n.t('verified');
    case 'warning':
      return l10n.t('verified with warnings');
    case 'failed':
      return l10n.t('failed');
    case 'offline':
      return l10n.t('not checked: this machine was offline');
    case 'throttled':
      return l10n.t('not checked: the service was busy');
  }
}
