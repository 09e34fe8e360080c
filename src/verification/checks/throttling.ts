import * as l10n from '@vscode/l10n';
import type { CheckSuccess } from '../checkRunner.ts';
import { budgetNearlyUsed, throttledNow } from '../findings/throttling.ts';
import type { CheckResult } from '../verification.ts';

/** Where to begin, and where to end, with connections to one mailbox [facts: EWSMaxConcurrency is 27]. */
const connections = { first: 4, most: 10, whenThrottled: 2 };

/**
 * Reads off the other checks whether Exchange slows the app down, and advises how many connections to use. Asks nothing.
 * @param results of the checks that have asked Exchange
 */
export function checkThrottling(results: readonly CheckResult[]): CheckSuccess<undefined> {
  const busy = results.some(
    ({ findings, exchanges }) =>
      findings.some(({ code }) => code === 'ews-busy') ||
      exchanges.some(({ status, operation }) => operation !== 'Token' && (status === 429 || status === 503)),
  );
  const waits = results.flatMap(({ exchanges }) => exchanges.map(({ headers }) => headers['retry-after'] ?? ''));
  // Seconds; a date, which it may be too, is soon over.
  const wait = Math.max(0, ...waits.filter((text) => /^\d{1,9}$/.test(text)).map(Number));
  const used = usedBudget(results);
  if (busy) {
    return {
      value: undefined,
      detail: l10n.t('Throttled. Begin with {0} connections to a mailbox.', connections.whenThrottled),
      findings: [throttledNow(wait)],
    };
  }
  if (used !== undefined) {
    return {
      value: undefined,
      detail: l10n.t('Nearly throttled. Begin with {0} connections to a mailbox.', connections.whenThrottled),
      findings: [budgetNearlyUsed(Math.round(used * 100))],
    };
  }
  return {
    value: undefined,
    detail: l10n.t(
      'Not throttled. Begin with {0} connections to a mailbox, {1} at most; more mailboxes at once bring more.',
      connections.first,
      connections.most,
    ),
  };
}

/**
 * How much of its budget the app has used, from 0.8 on, as Microsoft Graph tells then; undefined: less, or not told. EWS
 * has no such header. Source: learn.microsoft.com/graph/throttling-limits, identity and access.
 */
function usedBudget(results: readonly CheckResult[]): number | undefined {
  const told = results.flatMap(({ exchanges }) =>
    exchanges.map(({ headers }) => Number(headers['x-ms-throttle-limit-percentage'] ?? NaN)),
  );
  const most = Math.max(0, ...told.filter((share) => share <= 10));
  return most >= 0.8 ? most : undefined;
}
