import type { LabAnswer } from '../http.ts';
import { html, page } from './html.ts';
import type { Html } from './html.ts';
import type { DelegatedPermission } from './permissions.ts';
import type { SignInSession } from './signInMemory.ts';

const title = 'Sign in to your account';

/** What a button of a page tells the lab, beside its text. */
type SignInAction = 'signin' | 'cancel' | 'approve' | 'deny' | 'accept' | 'back' | 'another';

const button = (action: SignInAction, text: string, more: Html = html``): Html =>
  html`<button type="submit" name="action" value="${action}" ${more}>${text}</button>`;

/** A button that works with empty fields, too. */
const aside = (action: SignInAction, text: string): Html => button(action, text, html` formnovalidate`);

const form = ({ id, tenantName }: SignInSession, ...content: readonly Html[]): Html =>
  html`<form method="post" action="/${encodeURIComponent(tenantName)}/login">
    <input type="hidden" name="session" value="${id}" />
    ${content}
  </form>`;

const alert = (text: string): Html => (text === '' ? html`` : html`<p role="alert">${text}</p>`);

/** @param problem why the last attempt failed, or '' */
export function passwordPage(session: SignInSession, email: string, problem: string): LabAnswer {
  return page(
    200,
    title,
    html`<h1>Sign in</h1>
      <p>to continue to ${session.app.name}</p>
      ${alert(problem)}
      ${form(
        session,
        html`<label>E-mail <input type="email" name="email" value="${email}" autocomplete="username" required /></label>
          <label>Password <input type="password" name="password" autocomplete="current-password" required /></label>
          ${button('signin', 'Sign in')}${aside('cancel', 'Cancel')}`,
      )}`,
  );
}

export function secondFactorPage(session: SignInSession): LabAnswer {
  return page(
    200,
    title,
    html`<h1>Approve sign-in request</h1>
      <p>${session.user?.email ?? ''}</p>
      <p>Open your Authenticator app, and approve the request to sign in.</p>
      ${form(session, button('approve', 'Approve'), button('deny', 'Deny'))}`,
  );
}

/** @param isAdmin whether the user may consent for everybody */
export function consentPage(
  session: SignInSession,
  permissions: readonly DelegatedPermission[],
  isAdmin: boolean,
): LabAnswer {
  const forAll = html`<label
    ><input type="checkbox" name="organization" value="1" /> Consent on behalf of your organization</label
  >`;
  return page(
    200,
    title,
    html`<h1>Permissions requested</h1>
      <p>${session.user?.email ?? ''}</p>
      <p>${session.app.name} would like to:</p>
      <ul>
        ${permissions.map((one) => html`<li>${one.title} (${one.name})</li>`)}
      </ul>
      ${form(session, isAdmin ? forAll : html``, button('accept', 'Accept'), button('cancel', 'Cancel'))}`,
  );
}

/** Why the user cannot go on, with the way back to the app. @param text with the AADSTS code */
export function refusalPage(session: SignInSession, heading: string, text: string): LabAnswer {
  return page(
    200,
    title,
    html`<h1>${heading}</h1>
      <p role="alert">${text}</p>
      ${form(session, button('back', 'Back to the app'), button('another', 'Sign in with another account'))}`,
  );
}

/** An error that must not be sent to the address in the request, as that cannot be trusted. */
export function errorPage(status: number, text: string): LabAnswer {
  return page(
    status,
    title,
    html`<h1>Sign in</h1>
      <p>Sorry, but we’re having trouble signing you in.</p>
      <p role="alert">${text}</p>`,
  );
}

/** The page at /devicelogin. */
export function deviceCodePage(code: string, problem: string): LabAnswer {
  return page(
    200,
    title,
    html`<h1>Enter code to allow access</h1>
      <p>Once you enter the code displayed on your app or device, it will have access to your account.</p>
      ${alert(problem)}
      <form method="post" action="/devicelogin">
        <label>Code <input name="code" value="${code}" autocomplete="off" maxlength="16" required /></label>
        <button type="submit">Next</button>
      </form>`,
  );
}

export const deviceDonePage = (appName: string): LabAnswer =>
  page(
    200,
    title,
    html`<h1>${appName}</h1>
      <p>You have signed in to the application on your device. You may now close this window.</p>`,
  );

export const deviceDeclinedPage = (appName: string): LabAnswer =>
  page(
    200,
    title,
    html`<h1>${appName}</h1>
      <p>You have not signed in to the application on your device. You may now close this window.</p>`,
  );

/** What `form_post` answers with; Entra's own page sends itself by script. */
export function postBackPage(address: string, parameters: URLSearchParams): LabAnswer {
  const fields = [...parameters].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
  return page(
    200,
    'Working...',
    html`<form method="post" action="${address}">
      <p>Select Continue to go back to the app.</p>
      ${fields}
      <button type="submit">Continue</button>
    </form>`,
  );
}
