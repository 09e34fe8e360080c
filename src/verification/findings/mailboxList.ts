import * as l10n from '@vscode/l10n';
import { GraphError } from '../../identity/graph/graphError.ts';
import type { GraphPermissionError } from '../../identity/graph/graphError.ts';
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

/** What Graph said, in short. */
export function graphText({ evidence: { status, codes, requestId } }: GraphError): string {
  return l10n.t('HTTP {0}, {1}, request {2}.', status, codes.join(', '), requestId);
}

/** The directory was asked for its mailboxes by somebody who needs them, and gave none. */
export function explainGraph(error: GraphError | GraphPermissionError): Finding {
  if (error instanceof GraphError) return { ...mailboxesNotListed(graphText(error)), severity: 'error' };
  const [permission = ''] = error.anyOf;
  return {
    ...mailboxesNotListed(l10n.t('The sign-in has no permission for it, such as {0}.', permission)),
    severity: 'error',
    remedies: [
      { text: l10n.t('Grant {0} of Microsoft Graph to the app in Microsoft Entra, and consent to it.', permission) },
      { text: l10n.t('Or type, paste or import the mailboxes.') },
    ],
  };
}
