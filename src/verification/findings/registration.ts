import * as l10n from '@vscode/l10n';
import type { ConnectionSettings } from '../../connections/sourceConnection.ts';
import { StoreError } from '../../connections/storeError.ts';
import { storeErrorText } from '../../connections/storeErrorText.ts';
import { GraphError } from '../../identity/graph/graphError.ts';
import type { GraphEvidence } from '../../identity/graph/graphError.ts';
import { exchangeApi } from '../../identity/registration/appPlan.ts';
import { NoSuchApiError } from '../../identity/registration/permissionGrants.ts';
import { LeftBehindError } from '../../identity/registration/renewal.ts';
import { NoSuchAppError } from '../../identity/registration/tenantApps.ts';
import { NotSpreadError } from '../../identity/registration/spreading.ts';
import { Redaction } from '../redaction.ts';
import type { Finding } from '../verification.ts';
import { explainAccountSignIn } from './account.ts';

/** The administrator's token is no longer good: only another sign-in helps. */
export const administratorExpired = 'administrator-sign-in-expired';

const [consentNotAllowed, registrationNotAllowed] = ['consent-not-allowed', 'registration-not-allowed'];

/** Whether somebody else could do what this account may not. */
export function lacksRights({ code }: Finding): boolean {
  return code === consentNotAllowed || code === registrationNotAllowed;
}

/** Says why an app could not be registered, changed or removed. A token that a server repeated is not told on. */
export function explainRegistration(error: unknown, settings: ConnectionSettings): Finding {
  return new Redaction().cleanFinding(explainAttempt(error, settings));
}

function explainAttempt(error: unknown, settings: ConnectionSettings): Finding {
  if (error instanceof GraphError) return explainGraph(error.evidence);
  if (error instanceof NoSuchApiError) return noSuchApi(error.appId, settings.tenant);
  if (error instanceof NotSpreadError) {
    return {
      code: 'registration-not-spread',
      severity: 'error',
      title: l10n.t('What was created cannot be used yet.'),
      explanation: l10n.t('Microsoft takes a minute or so to spread a new app; this time it took more than three.'),
      remedies: [{ text: l10n.t('Wait a few minutes, then try again: it goes on from here.') }],
    };
  }
  if (error instanceof NoSuchAppError) {
    return {
      code: 'app-not-in-tenant',
      severity: 'error',
      title: l10n.t('The tenant {0} has no app registration {1}.', settings.tenant, error.clientId),
      explanation: l10n.t('The registration belongs to another tenant, or was deleted.'),
      remedies: [{ text: l10n.t('Renew the certificate where the app is registered.') }],
    };
  }
  if (error instanceof LeftBehindError) {
    const finding = explainRegistration(error.cause, settings);
    const left = l10n.t(
      'The new certificate with the thumbprint {0}… stayed in the app registration: remove it there.',
      error.thumbprint.slice(0, 16),
    );
    return { ...finding, remedies: [{ text: left }, ...finding.remedies] };
  }
  if (error instanceof StoreError) {
    return {
      code: 'not-saved',
      severity: 'error',
      title: storeErrorText(error),
      explanation: l10n.t('The old certificate stays in use.'),
      remedies: [{ text: l10n.t('Put that right, then renew again.') }],
    };
  }
  return explainAccountSignIn(error, settings);
}

function explainGraph(evidence: GraphEvidence): Finding {
  const { status } = evidence;
  if (status === 401) {
    return {
      code: administratorExpired,
      severity: 'error',
      title: l10n.t('The administrator’s sign-in is no longer valid.'),
      explanation: l10n.t('It is good for an hour or so, and was made for registering only.'),
      remedies: [{ text: l10n.t('Sign in again; what was created is found again.') }],
    };
  }
  if (status === 403) return refused(evidence);
  if (status === 429 || status >= 500) {
    return {
      code: status === 429 ? 'graph-throttled' : 'graph-unavailable',
      severity: 'error',
      title: l10n.t('Microsoft Graph has no time for this now (HTTP {0}).', status),
      explanation: whatWasAsked(evidence),
      remedies: [{ text: l10n.t('Wait a few minutes, then try again.') }],
    };
  }
  return {
    code: 'graph-refused',
    severity: 'error',
    title: l10n.t('Microsoft Graph refused: {0}', evidence.message === '' ? `HTTP ${status}` : evidence.message),
    explanation: whatWasAsked(evidence),
    remedies: [{ text: l10n.t('Try again. If it stays, run the script instead: “Copy as PowerShell”.') }],
  };
}

/** Who may not do this, or whom a policy does not let. */
function refused(evidence: GraphEvidence): Finding {
  const consenting = evidence.operation === 'assignAppRole';
  return {
    code: consenting ? consentNotAllowed : registrationNotAllowed,
    severity: 'error',
    title: consenting
      ? l10n.t('This account may not consent to the app’s permissions.')
      : l10n.t('This account may not register or change the app.'),
    explanation: whatWasAsked(evidence),
    remedies: [
      {
        text: consenting
          ? l10n.t('Sign in as a Global Administrator or Privileged Role Administrator, or have one activate the role.')
          : l10n.t('Sign in as an Application Administrator or Global Administrator.'),
      },
      { text: l10n.t('Or give the script to somebody who may: “Copy as PowerShell” or “Copy as Azure CLI”.') },
    ],
  };
}

function noSuchApi(api: string, tenant: string): Finding {
  const exchange = api === exchangeApi;
  return {
    code: exchange ? 'exchange-not-in-tenant' : 'api-not-in-tenant',
    severity: 'error',
    title: exchange
      ? l10n.t('The tenant {0} has no Exchange Online.', tenant)
      : l10n.t('The tenant {0} lacks the API {1}.', tenant, api),
    explanation: l10n.t('Its service principal, {0}, is not there, so there is nothing to be granted.', api),
    remedies: [{ text: l10n.t('Check the tenant and the cloud, and that the tenant has Exchange Online licences.') }],
  };
}

function whatWasAsked({ operation, status, codes, requestId }: GraphEvidence): string {
  return l10n.t('Asked for {0}: HTTP {1}, {2}, request {3}.', operation, status, codes.join(', '), requestId);
}
