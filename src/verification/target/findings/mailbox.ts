import * as l10n from '@vscode/l10n';
import { psQuote } from '../../../identity/registration/quote.ts';
import type { EwsEvidence } from '../../../ews/ewsError.ts';
import { mailboxUnavailable } from '../../findings/mailbox.ts';
import type { Finding } from '../../verification.ts';
import type { TargetContext } from '../targetContext.ts';

/** Says what an error code of Exchange means for the test mailbox; undefined: not about the mailbox. */
export function explainTargetMailbox(
  { code }: Exclude<EwsEvidence, { kind: 'http' }>,
  context: TargetContext,
): Finding | undefined {
  switch (code) {
    case 'ErrorImpersonateUserDenied':
    case 'ErrorImpersonationDenied':
    case 'ErrorImpersonationFailed':
      return impersonationMissing(context);
    case 'ErrorNonExistentMailbox':
    case 'ErrorMissingEmailAddress':
    case 'ErrorInvalidSmtpAddress':
      return mailboxMissing(context);
    case 'ErrorMailboxMoveInProgress':
    case 'ErrorMailboxStoreUnavailable':
    case 'ErrorMailboxFailover':
      return mailboxUnavailable(code, context.mailbox);
    case 'ErrorQuotaExceeded':
      return mailboxFull(context);
    case 'ErrorAccessDenied':
    case 'ErrorCreateItemAccessDenied':
      return accessDenied(code, context);
    default:
      return undefined;
  }
}

/** On premises one account impersonates all: the role is what Exchange Online no longer has. */
function impersonationMissing({ userName, mailbox }: TargetContext): Finding {
  return {
    code: 'impersonation-missing',
    severity: 'error',
    title: l10n.t('{0} may not impersonate {1}.', userName, mailbox),
    explanation: l10n.t(
      'A migration writes to each mailbox on behalf of its owner. The account lacks the role ApplicationImpersonation, or the scope of its role leaves this mailbox out.',
    ),
    remedies: [
      {
        text: l10n.t('Give the account the role (Exchange Management Shell).'),
        command: `New-ManagementRoleAssignment -Name 'Exchange Migration' -Role ApplicationImpersonation -User ${psQuote(userName)}`,
      },
      {
        text: l10n.t('If it has the role: see for which mailboxes.'),
        command:
          'Get-ManagementRoleAssignment -Role ApplicationImpersonation -GetEffectiveUsers | Format-Table Name,EffectiveUserName,CustomRecipientWriteScope,RecipientWriteScope',
      },
    ],
    effect: l10n.t('It can take some minutes to take effect.'),
  };
}

function mailboxMissing({ mailbox }: TargetContext): Finding {
  return {
    code: 'target-mailbox-not-found',
    severity: 'error',
    title: l10n.t('There is no mailbox {0} on this server.', mailbox),
    explanation: l10n.t('The address is mistyped, or belongs to somebody without a mailbox in this organisation.'),
    remedies: [
      { text: l10n.t('Check the address under Test mailbox.') },
      {
        text: l10n.t(
          'See which it is (Exchange Management Shell). Nothing is found: it is mistyped. MailUser, RemoteUserMailbox or MailContact: it has no mailbox here.',
        ),
        command: `Get-Recipient -Identity ${psQuote(mailbox)} | Format-List RecipientTypeDetails,PrimarySmtpAddress`,
      },
      { text: l10n.t('If it has none yet: create it.'), command: `Enable-Mailbox -Identity ${psQuote(mailbox)}` },
    ],
  };
}

function mailboxFull({ mailbox }: TargetContext): Finding {
  return {
    code: 'target-mailbox-full',
    severity: 'error',
    title: l10n.t('The mailbox {0} is full.', mailbox),
    explanation: l10n.t('Nothing can be migrated to it before its quota is raised.'),
    remedies: [
      {
        text: l10n.t('See its size and quotas (Exchange Management Shell).'),
        command: [
          `Get-MailboxStatistics -Identity ${psQuote(mailbox)} | Format-List TotalItemSize,StorageLimitStatus`,
          `Get-Mailbox -Identity ${psQuote(mailbox)} | Format-List UseDatabaseQuotaDefaults,ProhibitSendQuota,ProhibitSendReceiveQuota`,
        ].join('\n'),
      },
      {
        text: l10n.t('Raise them for the migration.'),
        command: `Set-Mailbox -Identity ${psQuote(mailbox)} -UseDatabaseQuotaDefaults $false -ProhibitSendQuota Unlimited -ProhibitSendReceiveQuota Unlimited`,
      },
    ],
  };
}

/** @param exchangeCode as Exchange named it */
function accessDenied(exchangeCode: string, { mailbox }: TargetContext): Finding {
  return {
    code: 'target-access-denied',
    severity: 'error',
    title: l10n.t('Exchange refuses access to the mailbox {0}.', mailbox),
    explanation: l10n.t(
      'The account may act on behalf of its owner, and what it asks for is refused all the same ({0}).',
      exchangeCode,
    ),
    remedies: [
      {
        text: l10n.t('See whether it is disabled or of a kind that takes no items (Exchange Management Shell).'),
        command: `Get-Mailbox -Identity ${psQuote(mailbox)} | Format-List RecipientTypeDetails,AccountDisabled,IsResource`,
      },
      { text: l10n.t('Test with another mailbox: if that works, it is this mailbox.') },
    ],
  };
}

/** @param folder its name. @param cause why it could not be deleted */
export function leftBehind(folder: string, cause: Finding, { mailbox }: TargetContext): Finding {
  return {
    code: 'write-test-left-behind',
    severity: 'error',
    title: l10n.t('The folder “{0}” of the write test may still be in the mailbox {1}.', folder, mailbox),
    explanation: l10n.t('It could not be deleted: {0}', cause.title),
    remedies: [
      { text: l10n.t('Run the verification again in an hour: it deletes what earlier ones have left.') },
      { text: l10n.t('Or delete the folder in Outlook; it holds test messages only.') },
    ],
  };
}
