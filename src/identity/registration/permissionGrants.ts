import type { Pause } from '../../ews/transport/pause.ts';
import { GraphError } from '../graph/graphError.ts';
import { SignInError } from '../signInError.ts';
import { readClaims } from '../tokenClaims.ts';
import { byApi, exchangeApi } from './appPlan.ts';
import type { AppPermission } from './appPlan.ts';
import { onceSpread } from './spreading.ts';
import { isMissing } from './tenantApps.ts';
import type { TenantApps } from './tenantApps.ts';

/** The tenant has no Exchange Online, or not the API that a permission belongs to. */
export class NoSuchApiError extends Error {
  readonly appId: string;

  constructor(appId: string) {
    super(`No service principal of ${appId}`);
    this.name = 'NoSuchApiError';
    this.appId = appId;
  }
}

export interface Granting {
  readonly apps: TenantApps;
  readonly pause: Pause;
}

/** Sign-in is refused so until the app, its certificate and its service principal have spread [facts]. */
const earlyCodes = new Set([700016, 700011, 700027, 700030, 7000229]);

/** Finds the app's service principal, or creates it. Throws what TenantApps throws; NotSpreadError. */
export async function principalFor({ apps, pause }: Granting, appId: string): Promise<string> {
  return onceSpread(
    async () => (await apps.principalOf(appId)) ?? apps.createPrincipal(appId),
    isEarlyPrincipal,
    pause,
  );
}

/**
 * Grants a service principal the permissions that it lacks. Throws what TenantApps throws; NoSuchApiError; NotSpreadError.
 * @param onGranted each that was not there before, with the id of its grant
 */
export async function grantMissing(
  { apps, pause }: Granting,
  principalId: string,
  permissions: readonly AppPermission[],
  onGranted: (permission: AppPermission, grantId: string) => void,
): Promise<void> {
  for (const [api, ofApi] of byApi(permissions)) {
    const resourceId = await apps.principalOf(api);
    if (resourceId === undefined) throw new NoSuchApiError(api);
    const there = async (): Promise<Set<string>> => {
      const grants = await apps.grantsOf(principalId);
      return new Set(grants.filter((one) => one.resourceId === resourceId).map((one) => one.appRoleId));
    };
    let present = await onceSpread(there, isMissing, pause);
    for (const permission of ofApi) {
      if (present.has(permission.id)) continue;
      try {
        const grant = await onceSpread(() => apps.grant(principalId, resourceId, permission.id), isMissing, pause);
        onGranted(permission, grant.id);
      } catch (error) {
        present = await there(); // An answer that got lost, or another administrator: it is there all the same.
        if (!present.has(permission.id)) throw error;
      }
    }
  }
}

/**
 * Waits until the app signs in and its token carries what it was granted. Throws what `signIn` throws; NotSpreadError.
 * @param signIn gives an access token for EWS
 */
export async function untilInForce(
  permissions: readonly AppPermission[],
  signIn: () => Promise<string>,
  pause: Pause,
): Promise<void> {
  const needed = byApi(permissions).get(exchangeApi) ?? [];
  const attempt = async (): Promise<void> => {
    const claims = readClaims(await signIn());
    if (claims && !needed.every(({ value }) => claims.roles.includes(value))) throw new RoleMissingError();
  };
  await onceSpread(attempt, (error) => error instanceof RoleMissingError || isEarlySignIn(error), pause);
}

/** Whether an app cannot sign in for want of spreading. */
export function isEarlySignIn(error: unknown): boolean {
  return error instanceof SignInError && error.evidence.codes.some((code) => earlyCodes.has(code));
}

/** The token does not carry yet what the app was granted. */
class RoleMissingError extends Error {}

/** The server that was asked does not know the new app yet, or not the service principal that it has by now. */
function isEarlyPrincipal(error: unknown): boolean {
  if (!(error instanceof GraphError)) return false;
  return error.evidence.status === 409 || error.evidence.codes.includes('NoBackingApplicationObject');
}
