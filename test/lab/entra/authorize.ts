import type { LabAnswer, LabRequest } from '../http.ts';
import { respondError } from './authorizeResponse.ts';
import { findApp } from './clientAuthentication.ts';
import { delegatedScopes } from './delegatedScopes.ts';
import type { LabApp } from '../tenant.ts';
import type { EntraContext } from './entra.ts';
import { EntraError, missingParameter } from './errors.ts';
import type { RequestIds } from './errors.ts';
import { passwordPage } from './signInPages.ts';
import type { BrowserRequest, CodeChallenge } from './signInMemory.ts';

/** Milliseconds that a user may take for the pages. */
export const sessionLifetime = 15 * 60 * 1000;

/** A desktop app's registration has `http://localhost`, and any port and path of the machine itself fit (RFC 8252, 7.3). */
function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, hash } = new URL(address);
  return protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname) && username + password + hash === '';
}

const invalidRequest = (code: number, text: string): EntraError => new EntraError(code, 'invalid_request', text);

function responseMode(query: URLSearchParams): BrowserRequest['responseMode'] {
  const mode = query.get('response_mode') ?? 'query';
  if (mode === 'query' || mode === 'fragment' || mode === 'form_post') return mode;
  throw invalidRequest(70007, `'${mode}' is not a supported value of 'response_mode' when requesting a token.`);
}

function challengeOf(query: URLSearchParams): CodeChallenge | null {
  const value = query.get('code_challenge');
  if (value === null) return null;
  const method = query.get('code_challenge_method') ?? 'plain';
  if (method !== 'S256' && method !== 'plain') {
    throw invalidRequest(501491, `The code_challenge_method '${method}' is not supported; S256 and plain are.`);
  }
  if (!/^[\w.~-]{43,128}$/.test(value)) throw invalidRequest(50147, 'Invalid size of Code_Challenge parameter.');
  return { value, method };
}

const prompts = ['login', 'select_account', 'consent', 'create'];

/** @throws EntraError for what the app is told by a redirect, since its address is known to be right */
function checkRequest(query: URLSearchParams, responseType: string, app: LabApp, context: EntraContext): void {
  if (responseType !== 'code') {
    throw new EntraError(
      700054,
      'unsupported_response_type',
      `response_type '${responseType}' is not enabled for the application.`,
    );
  }
  const prompt = query.get('prompt') ?? 'login';
  if (prompt === 'none') {
    throw new EntraError(
      50058,
      'login_required',
      'A silent sign-in request was sent but no user is signed in. The cookies used to represent the user’s session were not sent in the request.',
    );
  }
  if (!prompts.includes(prompt)) throw invalidRequest(90023, `Unsupported 'prompt' value '${prompt}'.`);
  delegatedScopes(query.get('scope'), app, context);
}

/**
 * `/{tenant}/oauth2/v2.0/authorize`: checks the request of an app and shows the first page.
 * @throws EntraError for what must not be redirected: an unknown app or redirect address, and missing parameters
 */
export function answerAuthorize(
  request: LabRequest,
  tenantName: string,
  ids: RequestIds,
  context: EntraContext,
): LabAnswer {
  const query = request.method === 'POST' ? new URLSearchParams(request.body) : request.query;
  const app = findApp(query.get('client_id'), context);
  request.notes.appId = app.clientId;
  const required = (name: string): string => {
    const value = query.get(name);
    if (!value) throw missingParameter(name);
    return value;
  };
  const redirectUri = required('redirect_uri');
  if (!app.isPublic || !isLoopback(redirectUri)) {
    throw invalidRequest(
      50011,
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${app.clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to fix this.`,
    );
  }
  const responseType = required('response_type');
  const scope = required('scope');
  const state = query.get('state');
  try {
    const target: BrowserRequest = {
      kind: 'browser',
      redirectUri,
      responseMode: responseMode(query),
      state,
      nonce: query.get('nonce'),
      challenge: challengeOf(query),
      wantsClientInfo: query.get('client_info') === '1',
    };
    checkRequest(query, responseType, app, context);
    const loginHint = query.get('login_hint') ?? '';
    const asksConsent = query.get('prompt') === 'consent';
    const expiresAtMs = context.nowMs + sessionLifetime;
    const session = { tenantName, app, scope, loginHint, asksConsent, target, expiresAtMs };
    return passwordPage(context.memory.openSession(session), loginHint, '');
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    const mode = query.get('response_mode') === 'form_post' ? 'form_post' : 'query';
    return respondError({ redirectUri, responseMode: mode, state }, error, ids, context);
  }
}
