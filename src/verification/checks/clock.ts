import * as l10n from '@vscode/l10n';
import type { CheckSuccess } from '../checkRunner.ts';
import { clockOff } from '../findings/clock.ts';
import type { ReachedService } from './signInService.ts';

/** Tokens and assertions carry times; Entra ID and Exchange accept five minutes. In milliseconds. */
const tolerance = 5 * 60_000;
/** Worth a word before it becomes an error. */
const suspicious = 2 * 60_000;

/** Thrown for a clock by which no sign-in can succeed. */
export class ClockError extends Error {
  /** By how much this machine is ahead of the service, in milliseconds; negative: behind. */
  readonly aheadMs: number;

  constructor(aheadMs: number) {
    super(`The clock is off by ${aheadMs} ms`);
    this.name = 'ClockError';
    this.aheadMs = aheadMs;
  }
}

/** Compares this machine's clock with the sign-in service's, by the Date of its answer. Asks nothing. */
export function checkClock({ aheadMs }: ReachedService): Promise<CheckSuccess<undefined>> {
  if (aheadMs === undefined) {
    return Promise.resolve({ value: undefined, detail: l10n.t('The sign-in service did not tell its time.') });
  }
  if (Math.abs(aheadMs) > tolerance) return Promise.reject(new ClockError(aheadMs));
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const detail =
    seconds <= 2
      ? l10n.t('This machine’s clock agrees with the sign-in service’s.')
      : aheadMs > 0
        ? l10n.t('This machine’s clock is {0} seconds ahead.', seconds)
        : l10n.t('This machine’s clock is {0} seconds behind.', seconds);
  const findings = Math.abs(aheadMs) > suspicious ? [clockOff(aheadMs, 'warning')] : [];
  return Promise.resolve({ value: undefined, detail, findings });
}
