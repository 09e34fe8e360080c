import * as l10n from '@vscode/l10n';
import { psQuote } from '../../identity/registration/quote.ts';
import type { Finding } from '../verification.ts';
import type { FindingContext } from './context.ts';

/** Exchange's role for an app that uses EWS in a scope: learn.microsoft.com/exchange/permissions-exo/application-rbac */
const role = 'Application EWS.AccessAsApp';

/**
 * What an administrator runs once, in Exchange Online PowerShell, so that the app opens the mailboxes of one group only.
 * @param clientId of the app
 * @param mailbox one to test with; may be empty
 */
export function scopedAccessCommands({ clientId, mailbox }: Pick<FindingContext, 'clientId' | 'mailbox'>): string {
  const app = psQuote(clientId);
  return [
    'Connect-ExchangeOnline',
    "$group = Get-Group -Identity 'Mailboxes to migrate'   # a mail-enabled security group of yours",
    "$objectId = '<object ID>'   # of the app under Entra ID, Enterprise applications; not of its registration",
    `New-ServicePrincipal -AppId ${app} -ObjectId $objectId -DisplayName 'Exchange Migration'`,
    `New-ManagementScope -Name 'Exchange Migration' -RecipientRestrictionFilter "MemberOfGroup -eq '$($group.DistinguishedName)'"`,
    `New-ManagementRoleAssignment -App $objectId -Role '${role}' -CustomResourceScope 'Exchange Migration'`,
    ...(mailbox === ''
      ? []
      : [`Test-ServicePrincipalAuthorization -Identity $objectId -Resource ${psQuote(mailbox)} | Format-Table`]),
  ].join('\n');
}

/** The app was meant to be held in a scope, and a grant for the whole tenant makes that void. */
export function scopeVoid({ clientId }: FindingContext): Finding {
  return {
    code: 'scope-void',
    severity: 'warning',
    title: l10n.t('The app may open every mailbox: full_access_as_app is still granted.'),
    explanation: l10n.t('A permission for the whole tenant makes the scope of RBAC for Applications void.'),
    remedies: [
      {
        text: l10n.t(
          'In Entra ID under Enterprise applications, Permissions, revoke full_access_as_app of the app {0}, and remove it from the registration’s API permissions.',
          clientId,
        ),
      },
    ],
  };
}

/** Exchange does not know of any scoped role of the app, or not yet. */
export function scopedRoleMissing(context: FindingContext): Finding {
  return {
    code: 'scoped-role-missing',
    severity: 'error',
    title: l10n.t('Exchange gives the app no scoped access.'),
    explanation: l10n.t('The role {0} is not assigned to the app, or the assignment is not in force yet.', role),
    remedies: [
      {
        text: l10n.t('See which it is (Exchange Online PowerShell): an assignment that is listed is not in force yet.'),
        command: `Test-ServicePrincipalAuthorization -Identity ${psQuote(context.clientId)} | Format-Table`,
      },
      { text: l10n.t('Otherwise assign the role in a scope.'), command: scopedAccessCommands(context) },
    ],
    effect: l10n.t('It takes up to two hours to take effect.'),
  };
}
