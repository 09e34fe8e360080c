import * as l10n from '@vscode/l10n';
import { psQuote } from '../../identity/registration/quote.ts';
import { busyCodes } from '../../ews/ewsError.ts';
import type { Diagnostics, EwsEvidence } from '../../ews/ewsError.ts';
import { isDelegated } from '../../connections/sourceConnection.ts';
import type { Finding } from '../verification.ts';
import { grantRemedy } from './grantRemedy.ts';
import { consentUrl } from './context.ts';
import type { FindingContext } from './context.ts';
import { explainMailbox } from './mailbox.ts';
import { isRetired } from '../retirement.ts';
import { ewsRetired } from './retirement.ts';
import { scopedRoleMissing } from './scopedAccess.ts';

/** Values of X-EWS-Policy-Reason [facts]. Judged by its words: the header has no codes. */
const disabled = 'EWS is disabled';
const blocked = 'EWS is blocked by policy';

/** Says why Exchange refused. */
export function explainEws(evidence: EwsEvidence, context: FindingContext): Finding {
  if (evidence.kind === 'http') return explainStatus(evidence, context);
  return explainThrottling(evidence) ?? explainMailbox(evidence, context) ?? unknownCode(evidence);
}

function explainStatus(evidence: Extract<EwsEvidence, { kind: 'http' }>, context: FindingContext): Finding {
  const { status, policyReason, diagnostics } = evidence;
  const refused = policyReason !== '' || [403, 404, 410].includes(status);
  if (refused && !diagnostics && isRetired(context.cloud, context.now)) return ewsRetired(context);
  if (policyReason.startsWith(disabled)) return ewsDisabled(context);
  if (policyReason.startsWith(blocked)) return ewsBlocked(context);
  if (diagnostics) return explainDiagnostics(diagnostics, context);
  if (status === 429 || status === 503) return busy(evidence.retryAfterMs);
  if (status === 401) {
    return {
      code: 'ews-unauthorized',
      severity: 'error',
      title: l10n.t('Exchange does not accept the sign-in.'),
      explanation: l10n.t('A fresh token was refused as well (HTTP 401), without a reason.'),
      remedies: [
        { text: l10n.t('Run again in a few minutes: Exchange Online also answers like this when it is overloaded.') },
      ],
    };
  }
  if (status === 403 || status === 404 || status === 410) return ewsGone(status, context);
  return {
    code: 'ews-status',
    severity: 'error',
    title: l10n.t('Exchange answered with HTTP {0}.', status),
    explanation: l10n.t('The answer gives no further reason.'),
    remedies: [{ text: l10n.t('Run it again. If it stays, copy the report and open an issue with it.') }],
  };
}

function ewsDisabled({ mailbox }: FindingContext): Finding {
  return {
    code: 'ews-disabled',
    severity: 'error',
    title: l10n.t('EWS is switched off for this tenant or mailbox.'),
    explanation: l10n.t(
      'Microsoft switches EWS off tenant by tenant until 1 April 2027. Until then an administrator can allow it again.',
    ),
    effect: l10n.t('It takes about an hour to take effect.'),
    remedies: [
      {
        text: l10n.t('See what the tenant and the mailbox allow (Exchange Online PowerShell, Exchange Administrator).'),
        command: [
          'Connect-ExchangeOnline',
          'Get-OrganizationConfig | Format-List EwsEnabled,EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList',
          `Get-CASMailbox -Identity ${psQuote(mailbox)} | Format-List EwsEnabled`,
        ].join('\n'),
      },
      { text: l10n.t('Fastest way back for the tenant:'), command: 'Set-OrganizationConfig -EwsEnabled $null' },
      {
        text: l10n.t('If only the mailbox is off:'),
        command: `Set-CASMailbox -Identity ${psQuote(mailbox)} -EwsEnabled $true`,
      },
    ],
  };
}

function ewsBlocked({ clientId, userAgent }: FindingContext): Finding {
  return {
    code: 'ews-blocked-by-policy',
    severity: 'error',
    title: l10n.t('A policy of the tenant blocks this app from EWS.'),
    explanation: l10n.t(
      'Either the app is not in EwsAllowedAppIDs, or the user-agent policy refuses “{0}”; Exchange does not say which.',
      userAgent,
    ),
    effect: l10n.t('The list of apps takes up to 24 hours to take effect, EwsEnabled about an hour.'),
    remedies: [
      {
        text: l10n.t('See which of the two it is.'),
        command: [
          'Connect-ExchangeOnline',
          'Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | Format-List EwsAllowedAppIDs',
          'Get-OrganizationConfig | Format-List EwsEnabled,EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList',
        ].join('\n'),
      },
      {
        text: l10n.t('Add the app to the list; what is listed already is kept.'),
        command: [
          '$list = (Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy).EwsAllowedAppIDs',
          `$ids = @(([string]$list).Split(',') | Where-Object { $_ }) + ${psQuote(clientId)} | Select-Object -Unique`,
          "Set-OrganizationConfig -EwsAllowedAppIDs ($ids -join ',')",
          'Set-OrganizationConfig -EwsEnabled $true',
        ].join('\n'),
      },
    ],
  };
}

/** 403, 404 or 410 without a reason: after EWS's end Exchange Online's answer is not documented. */
function ewsGone(status: number, { cloud, clientId, mailbox }: FindingContext): Finding {
  return {
    code: 'ews-refused',
    severity: 'error',
    title: l10n.t('Exchange refuses EWS (HTTP {0}) without giving a reason.', status),
    explanation:
      cloud === 'worldwide'
        ? l10n.t(
            'Possible causes: the mailbox has only a Kiosk, F1 or F3 licence; an application access policy excludes it; or EWS is retired (1 April 2027).',
          )
        : l10n.t(
            'Possible causes: the EWS address is wrong; the mailbox’s licence or an application access policy excludes it.',
          ),
    remedies: [
      {
        text: l10n.t('See whether it is a policy (Exchange Online PowerShell): it says “Denied” then.'),
        command: `Test-ApplicationAccessPolicy -AppId ${psQuote(clientId)} -Identity ${psQuote(mailbox)}`,
      },
      {
        text: l10n.t(
          'See whether it is the licence: with a mailbox that has a full Exchange licence as the test mailbox it works then.',
        ),
      },
      { text: l10n.t('Check the EWS address under Advanced.') },
    ],
  };
}

/** Numbers of x-ms-diagnostics [facts]. The category beside them is for people: the number decides. */
function explainDiagnostics({ code, reason }: Diagnostics, context: FindingContext): Finding {
  if (code === 2000008) return permissionMissing(context);
  const known = diagnosticsText(code, context);
  return {
    code: known?.code ?? 'token-refused',
    severity: 'error',
    title: known?.title ?? l10n.t('Exchange refuses the token (x-ms-diagnostics {0}).', code),
    explanation: reason,
    remedies: [
      { text: known?.remedy ?? l10n.t('Run it again. If it stays, copy the report and open an issue with it.') },
    ],
  };
}

interface DiagnosticsText {
  readonly code: string;
  readonly title: string;
  readonly remedy: string;
}

function diagnosticsText(number: number, { mailbox }: FindingContext): DiagnosticsText | undefined {
  switch (number) {
    case 2000000:
    case 2000001:
      return {
        code: number === 2000000 ? 'token-invalid_signature' : 'token-invalid_token',
        title: l10n.t('Exchange takes the token for invalid.'),
        remedy: l10n.t('Check that sign-in service and EWS address belong to the same cloud.'),
      };
    case 2000002:
      return {
        code: 'token-token_expired',
        title: l10n.t('Exchange says that the token has expired.'),
        remedy: l10n.t('The token is new, so a clock is wrong: set this machine’s date and time.'),
      };
    case 2000003:
      return {
        code: 'token-invalid_resource',
        title: l10n.t('The token is meant for another service.'),
        remedy: l10n.t('Check the cloud and the EWS address under Advanced: both must be of the same cloud.'),
      };
    case 2000004:
      return {
        code: 'token-invalid_tenant',
        title: l10n.t('Exchange does not accept tokens of this tenant.'),
        remedy: l10n.t('Check that the tenant has Exchange Online and that the cloud is right.'),
      };
    case 2000005:
      return {
        code: 'token-invalid_user',
        title: l10n.t('Exchange does not know the user of the token or the mailbox {0}.', mailbox),
        remedy: l10n.t('Check the spelling of the test mailbox and that it has a licence.'),
      };
    case 2000006:
      return {
        code: 'token-invalid_client',
        title: l10n.t('Exchange does not accept this app.'),
        remedy: l10n.t('Check that the app is enabled in the tenant (Entra ID, Enterprise applications).'),
      };
    case 2000007:
      return {
        code: 'token-internal_error',
        title: l10n.t('Exchange failed while it checked the token.'),
        remedy: l10n.t('Run again in a few minutes.'),
      };
    case 2000020:
      return {
        code: 'token-insufficient_claims',
        title: l10n.t('Tenant restrictions or a Conditional Access policy refuse the token.'),
        remedy: l10n.t(
          'See which it is: the tenant’s sign-in logs name a policy. Where they name none, ask the network’s administrator about tenant restrictions.',
        ),
      };
    default:
      return undefined;
  }
}

function permissionMissing(context: FindingContext): Finding {
  if (context.scopedAccess) return scopedRoleMissing(context);
  const app = !isDelegated(context.method);
  return {
    code: 'permission-missing',
    severity: 'error',
    title: app ? l10n.t('The app has no permission to use EWS.') : l10n.t('The sign-in has no permission to use EWS.'),
    explanation: app
      ? l10n.t(
          'The application permission full_access_as_app is missing or not consented, and no scoped role gives access either.',
        )
      : l10n.t('The delegated permission EWS.AccessAsUser.All is missing or not consented.'),
    remedies: [
      ...(app ? [grantRemedy()] : []),
      {
        text: app
          ? l10n.t(
              'In the app registration under API permissions, add “Office 365 Exchange Online” → Application permissions → full_access_as_app.',
            )
          : l10n.t(
              'In the app registration under API permissions, add “Office 365 Exchange Online” → Delegated permissions → EWS.AccessAsUser.All.',
            ),
      },
      { text: l10n.t('Then consent as a Global Administrator and run again.'), link: consentUrl(context) },
    ],
    effect: l10n.t('It takes a few minutes to take effect.'),
  };
}

export function explainThrottling(evidence: Exclude<EwsEvidence, { kind: 'http' }>): Finding | undefined {
  return busyCodes.includes(evidence.code) ? busy(evidence.backOffMs) : undefined;
}

export function busy(waitMs: number | undefined): Finding {
  return {
    code: 'ews-busy',
    severity: 'error',
    title: l10n.t('Exchange is slowing this app down.'),
    explanation: l10n.t('This is throttling, not a fault of the connection, and passes by itself.'),
    remedies: [
      {
        text: waitMs
          ? l10n.t('Wait {0} seconds, then run again.', Math.ceil(waitMs / 1000))
          : l10n.t('Wait a few minutes, then run again.'),
      },
    ],
  };
}

export function unknownCode(evidence: Exclude<EwsEvidence, { kind: 'http' }>): Finding {
  return {
    code: 'ews-error',
    severity: 'error',
    title: l10n.t('Exchange refused with {0}.', evidence.code || l10n.t('an unnamed error')),
    explanation: evidence.message,
    remedies: [{ text: l10n.t('Run it again. If it stays, copy the report and open an issue with it.') }],
  };
}
