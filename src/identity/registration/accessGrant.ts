import { SignInError } from '../signInError.ts';
import { appPlan } from './appPlan.ts';
import type { RegistrationTools } from './appRegistration.ts';
import { grantMissing, principalFor, untilInForce } from './permissionGrants.ts';
import { NotSpreadError } from './spreading.ts';
import { NoSuchAppError } from './tenantApps.ts';

/** In the order in which they are done. */
export type AccessGrantStep = 'permission' | 'signIn';

/**
 * Lets an app that is there already open mailboxes: lists full_access_as_app in its registration and grants it, then
 * waits until it is in force. Throws what TenantApps throws; NoSuchAppError; NoSuchApiError; NotSpreadError.
 * @param signIn as the app, which gives an access token for EWS; undefined: that cannot be tried
 * @returns whether it is known to be in force; if not, verifying tells why
 */
export async function grantAccess(
  clientId: string,
  { apps, pause }: Pick<RegistrationTools, 'apps' | 'pause'>,
  signIn: (() => Promise<string>) | undefined,
  onStep: (step: AccessGrantStep) => void,
): Promise<{ readonly inForce: boolean }> {
  const { permissions } = appPlan(undefined, []);
  onStep('permission');
  const app = await apps.withClientId(clientId);
  if (app) await apps.require(app, permissions);
  // Another tenant's app is known here by its service principal only.
  else if ((await apps.principalOf(clientId)) === undefined) throw new NoSuchAppError(clientId);
  const principalId = await principalFor({ apps, pause }, clientId);
  await grantMissing({ apps, pause }, principalId, permissions, () => undefined);
  if (signIn === undefined) return { inForce: false };
  onStep('signIn');
  try {
    await untilInForce(permissions, signIn, pause);
    return { inForce: true };
  } catch (error) {
    if (error instanceof NotSpreadError || error instanceof SignInError) return { inForce: false };
    throw error;
  }
}
