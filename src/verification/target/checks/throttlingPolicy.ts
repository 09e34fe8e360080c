import * as l10n from '@vscode/l10n';
import type { CheckSuccess } from '../../checkRunner.ts';
import { is2010 } from '../exchangeVersion.ts';
import { throttlingPolicyAdvice } from '../findings/throttlingPolicy.ts';
import type { TargetContext } from '../targetContext.ts';
import type { UsableServer } from './version.ts';

/** EWSMaxConcurrency where nobody has changed it. */
const concurrency = { in2010: 10, later: 27 };

/** Advises on the server's throttling policy, which EWS does not show. Asks nothing. */
export function checkThrottlingPolicy(
  context: TargetContext,
  { version }: UsableServer,
): Promise<CheckSuccess<undefined>> {
  const most = is2010(version) ? concurrency.in2010 : concurrency.later;
  return Promise.resolve({
    value: undefined,
    detail: l10n.t('The default policy allows {0} connections at once and limits the work of each.', most),
    findings: [throttlingPolicyAdvice(version, context)],
  });
}
