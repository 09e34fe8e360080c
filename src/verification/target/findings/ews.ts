import * as l10n from '@vscode/l10n';
import { psQuote } from '../../../identity/registration/quote.ts';
import type { EwsEvidence } from '../../../ews/ewsError.ts';
import { busy, explainThrottling, unknownCode } from '../../findings/ews.ts';
import type { Finding } from '../../verification.ts';
import type { TargetContext } from '../targetContext.ts';
import { explainTargetMailbox } from './mailbox.ts';
import { credentialsRefused, notExchange } from './server.ts';

/** Says why a server of one's own refused. */
export function explainTargetEws(evidence: EwsEvidence, context: TargetContext): Finding {
  if (evidence.kind !== 'http') {
    return explainThrottling(evidence) ?? explainTargetMailbox(evidence, context) ?? unknownCode(evidence);
  }
  const { status, retryAfterMs } = evidence;
  if (status === 401) return credentialsRefused(context);
  if (status === 403) return refused(context);
  if (status === 429 || (status === 503 && retryAfterMs !== undefined)) return busy(retryAfterMs);
  if (status >= 500) return serviceDown(status, context);
  return notExchange(status, context);
}

/** 403 comes of EWS that is switched off, and of rules of IIS or of what stands before it. */
function refused({ host, mailbox }: TargetContext): Finding {
  return {
    code: 'target-refused',
    severity: 'error',
    title: l10n.t('{0} refuses EWS (HTTP 403).', host),
    explanation: l10n.t(
      'EWS is switched off for the organisation or the mailbox, or a rule of IIS or of a proxy before it refuses this machine.',
    ),
    remedies: [
      {
        text: l10n.t('See which it is (Exchange Management Shell): empty values allow EWS.'),
        command: [
          'Get-OrganizationConfig | Format-List EwsEnabled,EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList',
          `Get-CASMailbox -Identity ${psQuote(mailbox)} | Format-List EwsEnabled`,
        ].join('\n'),
      },
      {
        text: l10n.t('If the mailbox has it switched off:'),
        command: `Set-CASMailbox -Identity ${psQuote(mailbox)} -EwsEnabled $true`,
      },
      { text: l10n.t('If both allow it: ask whether IIS or a proxy lets only certain addresses in.') },
    ],
  };
}

/** 500 without a fault, 502, 503, 504: IIS or a load balancer speaks, and Exchange does not. */
function serviceDown(status: number, { host }: TargetContext): Finding {
  return {
    code: 'target-service-down',
    severity: 'error',
    title: l10n.t('The web services of {0} do not run (HTTP {1}).', host, status),
    explanation: l10n.t('The web server or a load balancer answers, and Exchange behind it does not.'),
    remedies: [
      {
        text: l10n.t(
          'See whether they are meant to run, and whether they do (Exchange Management Shell, on the server).',
        ),
        command: 'Get-ServerComponentState -Identity $env:COMPUTERNAME -Component EwsProxy\nTest-ServiceHealth',
      },
      {
        text: l10n.t('If they should: start their application pool again.'),
        command: 'Restart-WebAppPool -Name MSExchangeServicesAppPool',
      },
    ],
  };
}
