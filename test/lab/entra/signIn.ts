import type { LabAnswer, LabRequest } from '../http.ts';
import { respondCode, respondError } from './authorizeResponse.ts';
import { delegatedScopes } from './delegatedScopes.ts';
import type { EntraContext } from './entra.ts';
import { describeError, EntraError } from './errors.ts';
import type { RequestIds } from './errors.ts';
import { adminMustConsent, blockedInBrowser, declined, secondFactorDenied } from './refusals.ts';
import {
  consentPage,
  deviceDeclinedPage,
  deviceDonePage,
  passwordPage,
  refusalPage,
  secondFactorPage,
} from './signInPages.ts';
import type { SignInSession, UserGrant } from './signInMemory.ts';
import {
  isAdministrator,
  isBlocked,
  needsAdminConsent,
  needsSecondFactor,
  permissionsIn,
  unconsented,
  userByPassword,
} from './userPolicies.ts';

function sessionOf(form: URLSearchParams, { memory, nowMs }: EntraContext): SignInSession {
  const session = memory.sessions.get(form.get('session') ?? '');
  if (session && nowMs <= session.expiresAtMs) return session;
  throw new EntraError(
    165000,
    'invalid_request',
    'Invalid Request: The request tokens do not match the user context. Go back to the app and sign in again.',
  );
}

/** Shows why the user cannot go on; the app hears of it when the user goes back to it. */
function refuse(
  session: SignInSession,
  heading: string,
  error: EntraError,
  ids: RequestIds,
  { nowMs }: EntraContext,
): LabAnswer {
  session.refusal = error;
  return refusalPage(session, heading, describeError(error, ids, nowMs));
}

/** Ends a sign-in with an error for the app. */
function giveUp(session: SignInSession, error: EntraError, ids: RequestIds, context: EntraContext): LabAnswer {
  context.memory.sessions.delete(session.id);
  if (session.target.kind === 'browser') return respondError(session.target, error, ids, context);
  if (session.target.outcome === 'pending') session.target.outcome = 'declined';
  return deviceDeclinedPage(session.app.name);
}

function finish(session: SignInSession, grant: UserGrant, context: EntraContext): LabAnswer {
  const { memory } = context;
  const { target } = session;
  memory.sessions.delete(session.id);
  if (target.kind === 'browser') {
    const { redirectUri, challenge } = target;
    const code = memory.newCode({ ...grant, redirectUri, challenge, redeemed: false });
    return respondCode(target, code, grant.user, context);
  }
  if (target.outcome !== 'pending') return deviceDeclinedPage(session.app.name);
  target.outcome = grant;
  return deviceDonePage(session.app.name);
}

/** The next page of a sign-in whose password was right: second factor, policies, consent, and the way back. */
function advance(session: SignInSession, ids: RequestIds, context: EntraContext): LabAnswer {
  const { app, user, scope, target, amr } = session;
  if (!user) return passwordPage(session, session.loginHint, '');
  if (needsSecondFactor(user, amr, context)) return secondFactorPage(session);
  if (isBlocked(target.kind === 'device', context)) {
    return refuse(session, 'You cannot access this right now', blockedInBrowser(), ids, context);
  }
  const requested = permissionsIn(delegatedScopes(scope, app, context));
  const missing = session.asksConsent ? requested : unconsented(app, user, requested, context);
  if (missing.length > 0) {
    const isAdmin = isAdministrator(user, context);
    if (isAdmin || !needsAdminConsent(missing, context)) return consentPage(session, requested, isAdmin);
    return refuse(session, 'Need admin approval', adminMustConsent(app, user), ids, context);
  }
  const nonce = target.kind === 'browser' ? target.nonce : null;
  const grant = { app, user, scope, amr, issuedAtMs: context.nowMs, ...(nonce === null ? {} : { nonce }) };
  return finish(session, grant, context);
}

function signIn(session: SignInSession, form: URLSearchParams, ids: RequestIds, context: EntraContext): LabAnswer {
  const email = form.get('email') ?? '';
  session.user = null;
  session.amr = [];
  try {
    session.user = userByPassword(email, form.get('password') ?? '', context);
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    return passwordPage(session, email, describeError(error, ids, context.nowMs));
  }
  session.amr = ['pwd'];
  return advance(session, ids, context);
}

function accept(session: SignInSession, form: URLSearchParams, context: EntraContext): void {
  const { app, user, amr, scope } = session;
  if (!user || needsSecondFactor(user, amr, context)) return;
  const permissions = permissionsIn(delegatedScopes(scope, app, context));
  const isAdmin = isAdministrator(user, context);
  if (!isAdmin && needsAdminConsent(unconsented(app, user, permissions, context), context)) return;
  const forAll = isAdmin && form.get('organization') === '1';
  context.memory.consent(
    app,
    forAll ? null : user,
    permissions.map(({ name }) => name),
  );
  session.asksConsent = false;
}

/** What a button of a sign-in page does. @throws EntraError for a session that is over */
export function answerSignIn(request: LabRequest, ids: RequestIds, context: EntraContext): LabAnswer {
  const form = new URLSearchParams(request.body);
  const session = sessionOf(form, context);
  request.notes.appId = session.app.clientId;
  const refusal = session.refusal;
  session.refusal = null;
  switch (form.get('action')) {
    case 'signin':
      return signIn(session, form, ids, context);
    case 'another':
      session.user = null;
      break;
    case 'approve':
      if (session.user) session.amr = ['pwd', 'mfa'];
      break;
    case 'deny':
      return refuse(session, 'Sign-in request denied', secondFactorDenied(), ids, context);
    case 'accept':
      accept(session, form, context);
      break;
    case 'cancel':
    case 'back':
      return giveUp(session, refusal ?? declined(session.app), ids, context);
    default: // A page that was sent without a button: show where the sign-in is.
      break;
  }
  return advance(session, ids, context);
}
