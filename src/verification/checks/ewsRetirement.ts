import * as l10n from '@vscode/l10n';
import type { CheckSuccess } from '../checkRunner.ts';
import { cloudName } from '../../connections/settingNames.ts';
import { ewsEnds, ewsOffForNow } from '../findings/retirement.ts';
import { daysOfEws } from '../retirement.ts';
import type { CheckResult } from '../verification.ts';
import type { CheckInput } from './checkInput.ts';

/** How far EWS is in its retirement, as the answers of Exchange show it. Asks nothing. */
export function checkRetirement({ context }: CheckInput, results: readonly CheckResult[]): CheckSuccess<undefined> {
  const days = daysOfEws(context.cloud, context.now);
  const success = (detail: string, findings: CheckSuccess<undefined>['findings'] = []): CheckSuccess<undefined> => ({
    value: undefined,
    detail,
    findings,
  });
  if (days === undefined) {
    return success(l10n.t('For the cloud {0} no date of EWS’s end is known.', cloudName(context.cloud)));
  }
  if (days <= 0) return success(l10n.t('EWS has ended on 1 April 2027.')); // A check that failed says so.
  const codes = new Set(results.flatMap(({ findings }) => findings.map(({ code }) => code)));
  const daysLeft = l10n.t('{0} days left.', days);
  if (codes.has('ews-disabled')) {
    return success(`${daysLeft} ${l10n.t('EWS is switched off for this tenant or mailbox.')}`, [ewsOffForNow(days)]);
  }
  if (codes.has('ews-blocked-by-policy')) {
    return success(`${daysLeft} ${l10n.t('A policy of the tenant blocks this app from EWS.')}`, [ewsOffForNow(days)]);
  }
  if (codes.has('ews-refused')) {
    return success(
      `${daysLeft} ${l10n.t('Exchange refuses EWS without a reason, which a licence without EWS does too.')}`,
    );
  }
  const works = results.some(({ outcome }) => outcome === 'passed' || outcome === 'warning');
  return works
    ? success(`${daysLeft} ${l10n.t('EWS is allowed here.')}`, [ewsEnds(days)])
    : success(`${daysLeft} ${l10n.t('Whether EWS is allowed here did not show.')}`);
}
