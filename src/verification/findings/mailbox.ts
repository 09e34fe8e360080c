import * as l10n from '@vscode/l10n';
import { psQuote } from '../../identity/registration/quote.ts';
import type { EwsEvidence } from '../../ews/ewsError.ts';
import { isDelegated } from '../../connections/sourceConnection.ts';
import type { Finding } from '../verification.ts';
import type { FindingContext } from './context.ts';

/** Says what an error code of Exchange means for the test mailbox; undefined: not about the mailbox. */
export function explainMailbox(
  { code, message }: Exclude<EwsEvidence, { kind: 'http' }>,
  context: FindingContext,
): Finding | undefined {
  const { mailbox, method } = context;
  switch (code) {
    case 'ErrorNonExistentMailbox':
    case 'ErrorMissingEmailAddress':
      return {
        code: 'mailbox-not-found',
        severity: 'error',
        title: l10n.t('There is no mailbox {0}.', mailbox),
        explanation: l10n.t('The address is mistyped, has no Exchange licence, or the mailbox is not in this tenant.'),
        remedies: [
          { text: l10n.t('Check the address under Test mailbox.') },
          {
            text: l10n.t(
              'See which it is. Nothing is found: it is mistyped, or of another tenant. MailUser or MailContact: it has no mailbox here.',
            ),
            command: `Get-EXORecipient -Identity ${psQuote(mailbox)} | Format-List RecipientTypeDetails,PrimarySmtpAddress`,
          },
        ],
      };
    case 'ErrorAccessDenied':
    case 'ErrorItemNotFound':
    case 'ErrorFolderNotFound':
      return isDelegated(method) ? fullAccessMissing(context) : appMayNot(context);
    case 'ErrorImpersonateUserDenied':
    case 'ErrorImpersonationDenied':
    case 'ErrorImpersonationFailed':
      return appMayNot(context);
    case 'ErrorMailboxMoveInProgress':
    case 'ErrorMailboxStoreUnavailable':
    case 'ErrorMailboxFailover':
      return mailboxUnavailable(code, mailbox);
    case 'ErrorSchemaValidation':
      return {
        code: 'ews-schema',
        severity: 'error',
        title: l10n.t('Exchange does not understand the request.'),
        explanation: message,
        remedies: [
          {
            text: l10n.t('Check the EWS address under Advanced; otherwise copy the report and open an issue with it.'),
          },
        ],
      };
    default:
      return undefined;
  }
}

/** @param code Exchange's */
export function mailboxUnavailable(code: string, mailbox: string): Finding {
  return {
    code: 'mailbox-unavailable',
    severity: 'error',
    title: l10n.t('The mailbox {0} is not available at the moment.', mailbox),
    explanation: l10n.t('Exchange is moving it or its database ({0}).', code),
    remedies: [{ text: l10n.t('Run again in a few minutes, or test with another mailbox.') }],
  };
}

/** One of several test mailboxes does not open. @param cause what it says of this mailbox */
export function onlyThisMailbox(mailbox: string, cause: Finding): Finding {
  return {
    ...cause,
    severity: 'warning',
    explanation: [cause.explanation, l10n.t('Others open, so it is the mailbox {0} and not the sign-in.', mailbox)]
      .filter((text) => text !== '')
      .join(' '),
  };
}

function fullAccessMissing({ mailbox, userName }: FindingContext): Finding {
  return {
    code: 'full-access-missing',
    severity: 'error',
    title: l10n.t('{0} may not open the mailbox {1}.', userName, mailbox),
    explanation: l10n.t(
      'An account opens only mailboxes to which it has Full Access: the ApplicationImpersonation role no longer exists in Exchange Online.',
    ),
    remedies: [
      {
        text: l10n.t('Give the account Full Access to this mailbox.'),
        command: `Add-MailboxPermission -Identity ${psQuote(mailbox)} -User ${psQuote(userName)} -AccessRights FullAccess -AutoMapping $false`,
      },
      { text: l10n.t('For many mailboxes sign in with an app registration instead.') },
    ],
    effect: l10n.t('It takes up to an hour to take effect.'),
  };
}

function appMayNot({ mailbox, clientId }: FindingContext): Finding {
  return {
    code: 'mailbox-access-denied',
    severity: 'error',
    title: l10n.t('The sign-in may not open the mailbox {0}.', mailbox),
    explanation: l10n.t('A scope of RBAC for Applications or an application access policy leaves this mailbox out.'),
    remedies: [
      {
        text: l10n.t('See what the app may do with this mailbox (Exchange Online PowerShell).'),
        command: [
          `Test-ServicePrincipalAuthorization -Identity ${psQuote(clientId)} -Resource ${psQuote(mailbox)}`,
          `Test-ApplicationAccessPolicy -AppId ${psQuote(clientId)} -Identity ${psQuote(mailbox)}`,
        ].join('\n'),
      },
    ],
  };
}
