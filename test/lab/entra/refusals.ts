import type { LabApp, LabUser, Tenant } from '../tenant.ts';
import { EntraError } from './errors.ts';
import { exchangeAppId } from './resources.ts';

const invalidGrant = (code: number, text: string, suberror?: string): EntraError =>
  new EntraError(code, 'invalid_grant', text, suberror);
const accessDenied = (code: number, text: string): EntraError => new EntraError(code, 'access_denied', text);

export const unknownUser = (username: string, tenant: Tenant): EntraError =>
  invalidGrant(
    50034,
    `The user account ${username} does not exist in the ${tenant.id} directory. To sign into this application, the account must be added to the directory.`,
  );

export const wrongPassword = (): EntraError =>
  invalidGrant(50126, 'Error validating credentials due to invalid username or password.');

export const secondFactorNeeded = (): EntraError =>
  invalidGrant(
    50076,
    `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${exchangeAppId}'.`,
    'basic_action',
  );

export const secondFactorDenied = (): EntraError =>
  accessDenied(500121, 'Authentication failed during strong authentication request.');

const policyText =
  'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.';

/** The token endpoint's answer; the browser's page has {@link blockedInBrowser}. */
export const blockedByPolicy = (): EntraError => invalidGrant(53003, policyText, 'message_only');
export const blockedInBrowser = (): EntraError => accessDenied(53003, policyText);

export const consentMissing = (app: LabApp): EntraError =>
  invalidGrant(
    65001,
    `The user or administrator has not consented to use the application with ID '${app.clientId}' named '${app.name}'. Send an interactive authorization request for this user and resource.`,
    'consent_required',
  );

/** Also what a client is told of a user who cancels before signing in. */
export const declined = (app: LabApp): EntraError =>
  accessDenied(65004, `User declined to consent to access the app '${app.name}'.`);

export const adminMustConsent = (app: LabApp, user: LabUser): EntraError =>
  accessDenied(
    90094,
    `The grant requires admin permission: '${app.name}' needs permission to access resources in your organization that only an admin can grant, and ${user.email} is none.`,
  );
