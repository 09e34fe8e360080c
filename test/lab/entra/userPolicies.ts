import { directoryRole } from '../directoryRoles.ts';
import type { LabApp, LabUser } from '../tenant.ts';
import type { DelegatedScopes } from './delegatedScopes.ts';
import type { EntraContext } from './entra.ts';
import { unknownUser, wrongPassword } from './refusals.ts';
import { openIdPermissions } from './permissions.ts';
import type { DelegatedPermission } from './permissions.ts';

/** Finds the user whose e-mail and password these are. @throws EntraError AADSTS50034 and AADSTS50126 */
export function userByPassword(email: string, password: string, { tenant }: EntraContext): LabUser {
  const user = tenant.users.find((known) => known.email === email.trim().toLowerCase());
  if (!user) throw unknownUser(email, tenant);
  if (user.password !== password) throw wrongPassword();
  return user;
}

/** @param amr how the user signed in so far */
export const needsSecondFactor = (user: LabUser, amr: readonly string[], { state }: EntraContext): boolean =>
  (user.mfa || state.entra.mfaRequired) && !amr.includes('mfa');

/** @param byDevice whether the sign-in is one with a device code */
export function isBlocked(byDevice: boolean, { state }: EntraContext): boolean {
  const { conditionalAccess } = state.entra;
  return conditionalAccess === 'blocked' || (byDevice && conditionalAccess === 'deviceCodeBlocked');
}

export const permissionsIn = ({ openId, resources }: DelegatedScopes): DelegatedPermission[] => [
  ...resources.flatMap(({ permissions }) => permissions),
  ...openId,
];

/** What neither the tenant nor the user consented to yet. */
export function unconsented(
  app: LabApp,
  user: LabUser,
  permissions: readonly DelegatedPermission[],
  { state, memory }: EntraContext,
): DelegatedPermission[] {
  if (state.entra.consentGranted) return [];
  const consented = memory.consented(app, user);
  const given = app.preauthorized ? [...app.preauthorized, ...openIdPermissions.map(({ name }) => name)] : [];
  return permissions.filter(({ name }) => !consented.has(name) && !given.includes(name));
}

/** Whether the user may consent for the whole tenant. */
export const isAdministrator = (user: LabUser, { state }: EntraContext): boolean =>
  directoryRole(user, state) !== 'user';

/** Whether only an administrator may consent to these. */
export const needsAdminConsent = (permissions: readonly DelegatedPermission[], { state }: EntraContext): boolean =>
  state.entra.userConsent === 'adminOnly' || permissions.some(({ adminOnly }) => adminOnly);
