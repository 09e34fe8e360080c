import type { CheckResult, Finding, VerificationRecord } from './verification.ts';

/**
 * What a run says of the connection. `offline` and `throttled` say nothing of it: this machine reached nobody, or a
 * service asked for patience. Whoever looks quietly waits then, and what was known before stays.
 */
export const runOutcomes = ['passed', 'warning', 'failed', 'offline', 'throttled'] as const;
export type RunOutcome = (typeof runOutcomes)[number];

/** Findings of a machine without a network. A refused connection is none: somebody answered. */
const offlineCodes = ['transport-dns', 'transport-unreachable', 'transport-proxyUnreachable'];

/** By the ending, which codes of throttling have in common: ews-busy, sign-in-throttled, graph-throttled. */
const throttlingCode = /-(busy|throttled)$/;

/** @param record of a run that was not cancelled. */
export function runOutcomeOf({ outcome, checks }: VerificationRecord): RunOutcome {
  if (outcome !== 'failed') return outcome === 'warning' ? 'warning' : 'passed';
  const codes = errorCodes(checks);
  if (codes.length === 0) return 'failed';
  if (codes.every((code) => offlineCodes.includes(code)) && !somebodyAnswered(checks)) return 'offline';
  return codes.every(isThrottling) ? 'throttled' : 'failed';
}

/** Whether the outcome speaks of the connection, rather than of the moment. */
export function saysSomething(outcome: RunOutcome): boolean {
  return outcome !== 'offline' && outcome !== 'throttled';
}

export function isThrottling(code: string): boolean {
  return throttlingCode.test(code);
}

/** Each code once, in the order of the checks. */
export function errorCodes(checks: readonly CheckResult[]): string[] {
  return [...new Set(errorsOf(checks).map(({ code }) => code))];
}

/** The first thing that is wrong, which is what a notification tells. */
export function worstFinding({ checks }: VerificationRecord): Finding | undefined {
  const [error] = errorsOf(checks);
  return error ?? checks.flatMap(({ findings }) => findings).find(({ severity }) => severity === 'warning');
}

/** For how long (ms) the services asked not to be asked again, as far as their answers told it. */
export function askedToWait({ checks, startedAt }: VerificationRecord): number | undefined {
  const waits = checks
    .flatMap(({ exchanges }) => exchanges)
    .filter(({ status }) => status === 429 || status === 503)
    .map(({ headers }) => retryAfterMs(headers['retry-after'], Date.parse(startedAt)))
    .filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | undefined, from: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - from;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

function errorsOf(checks: readonly CheckResult[]): Finding[] {
  return checks.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error');
}

function somebodyAnswered(checks: readonly CheckResult[]): boolean {
  return checks.some(({ exchanges }) => exchanges.some(({ status }) => status !== undefined));
}
