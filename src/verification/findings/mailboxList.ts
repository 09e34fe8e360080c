import * as l10n from '@vscode/l10n';
import type { Finding } from '../verification.ts';

/** The app may list the tenant's users, and it did not work. @param cause what Graph or the way to it said */
export function mailboxesNotListed(cause: string): Finding {
  return {
    code: 'mailboxes-not-listed',
    severity: 'warning',
    title: l10n.t('Microsoft Graph did not list the mailboxes.'),
    explanation: cause,
    remedies: [
      { text: l10n.t('Run again. If it stays, mailboxes can still be typed, pasted or imported.') },
      { text: l10n.t('Check that this machine reaches Microsoft Graph, and the Graph address under Advanced.') },
    ],
  };
}
