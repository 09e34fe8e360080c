import type { LabApp, LabUser } from '../tenant.ts';
import { EntraError } from './errors.ts';
import type { EntraContext } from './entra.ts';
import { exchangeAppId } from './resources.ts';

const invalidGrant = (code: number, text: string, suberror?: string): EntraError =>
  new EntraError(code, 'invalid_grant', text, suberror);

/**
 * Checks e-mail and password of the resource owner password flow.
 * @throws EntraError in the order of the real service: the user, the password, MFA, Conditional Access, consent
 */
export function authenticateUser(form: URLSearchParams, app: LabApp, context: EntraContext): LabUser {
  const { tenant, state } = context;
  const username = form.get('username');
  const password = form.get('password');
  if (!username || !password) {
    const missing = username ? 'password' : 'username';
    throw new EntraError(
      900144,
      'invalid_request',
      `The request body must contain the following parameter: '${missing}'.`,
    );
  }
  const user = tenant.users.find((known) => known.email === username.toLowerCase());
  if (!user) {
    throw invalidGrant(
      50034,
      `The user account ${username} does not exist in the ${tenant.id} directory. To sign into this application, the account must be added to the directory.`,
    );
  }
  if (user.password !== password)
    throw invalidGrant(50126, 'Error validating credentials due to invalid username or password.');
  if (user.mfa || state.entra.mfaRequired) {
    throw invalidGrant(
      50076,
      `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${exchangeAppId}'.`,
      'basic_action',
    );
  }
  if (state.entra.conditionalAccess === 'blocked') {
    throw invalidGrant(
      53003,
      'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
      'message_only',
    );
  }
  if (!state.entra.consentGranted) {
    throw invalidGrant(
      65001,
      `The user or administrator has not consented to use the application with ID '${app.clientId}' named '${app.name}'. Send an interactive authorization request for this user and resource.`,
      'consent_required',
    );
  }
  return user;
}
