import type { LabAnswer } from '../http.ts';
import type { LabApp } from '../tenant.ts';
import { checkPublicClientFlow } from './clientAuthentication.ts';
import type { EntraContext } from './entra.ts';
import { missingParameter } from './errors.ts';
import { delegatedScopes, singleResource } from './delegatedScopes.ts';
import { blockedByPolicy, secondFactorNeeded } from './refusals.ts';
import { isBlocked, needsSecondFactor, userByPassword } from './userPolicies.ts';
import { userTokenAnswer } from './userTokens.ts';

const amr: readonly string[] = ['pwd'];

/**
 * The resource owner password flow.
 * @throws EntraError in the order of the real service: the user, the password, MFA, Conditional Access, consent
 */
export function passwordGrant(app: LabApp, form: URLSearchParams, context: EntraContext): LabAnswer {
  if (app.isPublic) checkPublicClientFlow(app, context);
  const scope = form.get('scope') ?? '';
  singleResource(delegatedScopes(scope, app, context), scope, context);
  const username = form.get('username');
  const password = form.get('password');
  if (!username) throw missingParameter('username');
  if (!password) throw missingParameter('password');
  const user = userByPassword(username, password, context);
  if (needsSecondFactor(user, amr, context)) throw secondFactorNeeded();
  if (isBlocked(false, context)) throw blockedByPolicy();
  return userTokenAnswer({ app, user, scope, amr, issuedAtMs: context.nowMs }, form, context);
}
