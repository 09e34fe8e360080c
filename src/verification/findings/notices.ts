import * as l10n from '@vscode/l10n';
import type { MissingEndpoint } from '../../identity/endpoints.ts';
import type { Finding } from '../verification.ts';
import { grantRemedy } from './grantRemedy.ts';
import { consentUrl } from './context.ts';
import type { FindingContext } from './context.ts';

/** The token of an app carries no EWS permission. Not an error by itself: RBAC for Applications works without. */
export function roleNotInToken(context: FindingContext): Finding {
  return {
    code: 'role-not-in-token',
    severity: 'warning',
    title: l10n.t('The token does not carry full_access_as_app.'),
    explanation: l10n.t(
      'That is right for an app with scoped access (RBAC for Applications). Otherwise the permission or the consent is missing, and Exchange will refuse the app.',
    ),
    remedies: [
      grantRemedy(),
      {
        text: l10n.t('Without RBAC for Applications: add the permission full_access_as_app, then consent.'),
        link: consentUrl(context),
      },
      { text: l10n.t('With it: tick “The app has scoped access” under Admin credentials.') },
    ],
  };
}

export function scopeNotInToken(context: FindingContext): Finding {
  return {
    code: 'scope-not-in-token',
    severity: 'warning',
    title: l10n.t('The token does not carry EWS.AccessAsUser.All.'),
    explanation: l10n.t('The delegated permission or the consent is missing.'),
    remedies: [
      { text: l10n.t('Add the delegated permission EWS.AccessAsUser.All, then consent.'), link: consentUrl(context) },
    ],
  };
}

/** An account opens single mailboxes only; said when it has succeeded, since the next mailbox may refuse. */
export function delegatedOnly({ userName }: FindingContext): Finding {
  return {
    code: 'delegated-access',
    severity: 'info',
    title: l10n.t('{0} opens only mailboxes to which it has Full Access.', userName),
    explanation: l10n.t(
      'Exchange Online no longer knows ApplicationImpersonation. An app registration opens all mailboxes.',
    ),
    remedies: [],
  };
}

/** Autodiscover gave no usable address; the default is used. */
export function autodiscoverFellBack(cause: Finding, used: string): Finding {
  return {
    code: 'autodiscover-failed',
    severity: 'warning',
    title: l10n.t('Autodiscover did not tell the EWS address, so the cloud’s own is used: {0}', used),
    explanation: cause.title,
    remedies: cause.remedies,
  };
}

/** Autodiscover named a host outside the cloud; no token is sent there. */
export function foreignAddress(url: string): Finding {
  return {
    code: 'autodiscover-foreign',
    severity: 'error',
    title: l10n.t('Autodiscover names an address outside this cloud: {0}', url),
    explanation: l10n.t('No credentials are sent there.'),
    remedies: [
      {
        text: l10n.t(
          'If the mailbox lives in another cloud, go back and choose that cloud. If the address is right, enter it under Advanced, EWS address.',
        ),
      },
    ],
  };
}

export function foreignTokenEndpoint(origin: string): Finding {
  return {
    code: 'sign-in-foreign-endpoint',
    severity: 'error',
    title: l10n.t('The sign-in service wants the credentials sent to another host: {0}', origin),
    explanation: l10n.t('They are sent only to the sign-in service that the connection names.'),
    remedies: [{ text: l10n.t('Check the cloud, and the authority under Advanced.') }],
  };
}

export function truncatedExport(): Finding {
  return {
    code: 'export-truncated',
    severity: 'error',
    title: l10n.t('Exchange broke the export off in the middle of the item.'),
    explanation: l10n.t('This is a passing fault of Exchange; the incomplete data was thrown away.'),
    remedies: [{ text: l10n.t('Run again in a few minutes.') }],
  };
}

export function unreadableAnswer(): Finding {
  return {
    code: 'ews-unreadable',
    severity: 'error',
    title: l10n.t('The answer of Exchange could not be understood.'),
    explanation: l10n.t('It is not the answer that the EWS protocol describes.'),
    remedies: [
      { text: l10n.t('Check the EWS address under Advanced; otherwise copy the report and open an issue with it.') },
    ],
  };
}

export function missingEndpoint(endpoint: MissingEndpoint): Finding {
  const titles: Readonly<Record<MissingEndpoint, string>> = {
    authority: l10n.t('A custom cloud needs the address of its sign-in service.'),
    ews: l10n.t('A custom cloud needs an EWS address.'),
    graph: l10n.t('A custom cloud needs the address of Microsoft Graph to list its mailboxes.'),
  };
  return {
    code: 'endpoint-missing',
    severity: 'error',
    title: titles[endpoint],
    explanation: l10n.t('Nothing else tells it.'),
    remedies: [{ text: l10n.t('Enter it under Advanced.') }],
  };
}

export function unusableSecret(): Finding {
  return {
    code: 'secret-unusable',
    severity: 'error',
    title: l10n.t('The stored certificate or secret cannot be used to sign in.'),
    explanation: l10n.t('It does not fit the sign-in method, or its key cannot sign.'),
    remedies: [{ text: l10n.t('Open Settings and choose the certificate or type the secret again.') }],
  };
}

/** The certificate still signs in. @param days left */
export function certificateEnds(days: number, end: Date): Finding {
  return {
    code: 'certificate-ends-soon',
    severity: 'warning',
    title: l10n.t('The certificate ends on {0}, in {1} days.', end.toLocaleDateString(), days),
    explanation: l10n.t('From then on the app cannot sign in, and a migration that runs stops.'),
    remedies: [
      { text: l10n.t('Choose “Renew Certificate…” in the connection’s menu: it does all that follows.') },
      {
        text: l10n.t(
          'Or upload a new certificate beside the old one (Certificates & secrets), choose its file in the settings of this connection, verify, and then remove the old one.',
        ),
      },
    ],
  };
}

/** The client secret still signs in. @param days left */
export function secretEnds(days: number, end: Date): Finding {
  return {
    code: 'secret-ends-soon',
    severity: 'warning',
    title: l10n.t('The client secret ends on {0}, in {1} days.', end.toLocaleDateString(), days),
    explanation: l10n.t('From then on the app cannot sign in, and a migration that runs stops.'),
    remedies: [
      {
        text: l10n.t(
          'Create a new client secret beside the old one (Certificates & secrets), paste its Value in the settings of this connection, verify, and then delete the old one; or change to a certificate.',
        ),
      },
    ],
  };
}
