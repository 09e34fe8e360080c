import * as l10n from '@vscode/l10n';
import type { ExchangeRecord } from '../ews/transport/exchangeRecord.ts';
import { checkTitle } from '../verification/checkTitles.ts';
import type { AnyCheckId, CheckProgress, CheckResult, VerificationRecord } from '../verification/verification.ts';
import type { CheckView, ExchangeView, RunState, WizardView } from './protocol.ts';

/** The checks before anything ran: the page shows what will be done. @param ids of a connection of that kind */
export function notStarted(ids: readonly AnyCheckId[]): WizardView['run'] {
  return { state: 'notStarted', summary: '', checks: ids.map(pending) };
}

export function running(ids: readonly AnyCheckId[], progress: ReadonlyMap<string, CheckProgress>): WizardView['run'] {
  return { state: 'running', summary: '', checks: ids.map((id) => checkView(id, progress.get(id))) };
}

export function ended(ids: readonly AnyCheckId[], record: VerificationRecord): WizardView['run'] {
  const done = new Map(record.checks.map((result) => [result.id, { id: result.id, state: 'done' as const, result }]));
  return {
    state: runState(record.outcome),
    summary: summary(record),
    checks: ids.map((id) => checkView(id, done.get(id))),
  };
}

function runState(outcome: VerificationRecord['outcome']): RunState {
  return outcome === 'warning' ? 'passedWithWarnings' : outcome;
}

function summary({ outcome, checks }: VerificationRecord): string {
  const passed = checks.filter((check) => check.outcome === 'passed' || check.outcome === 'warning').length;
  switch (outcome) {
    case 'passed':
      return l10n.t('All {0} checks passed.', checks.length);
    case 'warning':
      return l10n.t('All {0} checks passed, with warnings.', checks.length);
    case 'failed':
      return l10n.t('{0} of {1} checks passed. Follow the steps below, then run again.', passed, checks.length);
    case 'cancelled':
      return l10n.t('Cancelled. {0} of {1} checks had passed.', passed, checks.length);
  }
}

function pending(id: AnyCheckId): CheckView {
  return { id, title: checkTitle(id), outcome: 'pending', findings: [], exchanges: [] };
}

function checkView(id: AnyCheckId, progress: CheckProgress | undefined): CheckView {
  if (progress === undefined) return pending(id);
  return progress.state === 'running' ? { ...pending(id), outcome: 'running' } : resultView(progress.result);
}

function resultView({ id, outcome, durationMs, detail, findings, exchanges }: CheckResult): CheckView {
  const ran = outcome !== 'skipped' && (outcome !== 'cancelled' || durationMs > 0);
  return {
    id,
    title: checkTitle(id),
    outcome,
    ...(ran && durationMs > 0 && { durationMs }),
    ...(detail !== '' && { detail }),
    findings,
    exchanges: exchanges.map(exchangeView),
  };
}

function exchangeView({ method, url, operation, status, failure, durationMs, headers }: ExchangeRecord): ExchangeView {
  const answer = [status === undefined ? '' : `HTTP ${status}`, failure ?? ''].filter((part) => part !== '');
  return {
    request: [operation, method, url].filter((part) => part !== '').join(' '),
    response: answer.join(', '),
    durationMs,
    ids: Object.entries(headers).map(([name, value]) => ({ name, value })),
  };
}
