import { empty } from '../http.ts';
import type { LabAnswer } from '../http.ts';
import type { LabUser } from '../tenant.ts';
import type { EntraContext } from './entra.ts';
import { describeError } from './errors.ts';
import type { EntraError, RequestIds } from './errors.ts';
import { postBackPage } from './signInPages.ts';
import type { BrowserRequest } from './signInMemory.ts';
import { clientInfo, noStore } from './userTokens.ts';

type Target = Pick<BrowserRequest, 'redirectUri' | 'responseMode' | 'state'>;

function respond(
  { redirectUri, responseMode, state }: Target,
  parameters: Readonly<Record<string, string>>,
): LabAnswer {
  const all = new URLSearchParams({ ...parameters, ...(state === null ? {} : { state }) });
  if (responseMode === 'form_post') return postBackPage(redirectUri, all);
  const address = new URL(redirectUri);
  if (responseMode === 'fragment') address.hash = all.toString();
  else for (const [name, value] of all) address.searchParams.append(name, value);
  return empty(302, { ...noStore, location: address.href });
}

/** Sends the browser back to the app with an error (RFC 6749, 4.1.2.1). */
export function respondError(target: Target, error: EntraError, ids: RequestIds, context: EntraContext): LabAnswer {
  return respond(target, {
    error: error.oauthError,
    error_description: describeError(error, ids, context.nowMs),
    error_uri: `${context.authority}/error?code=${error.code}`,
  });
}

/** Sends the browser back to the app with a code (RFC 6749, 4.1.2). */
export function respondCode(target: BrowserRequest, code: string, user: LabUser, context: EntraContext): LabAnswer {
  return respond(target, {
    code,
    ...(target.wantsClientInfo ? { client_info: clientInfo(user, context.tenant.id) } : {}),
  });
}
