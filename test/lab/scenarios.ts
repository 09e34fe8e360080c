import type { LabStatePatch } from './state.ts';
import type { Tenant } from './tenant.ts';

export interface Scenario {
  readonly name: string;
  /** What the tenant is like, in one sentence. */
  readonly title: string;
  readonly patch: (tenant: Tenant) => LabStatePatch;
}

/** The mailbox that scenarios about one mailbox are about: the second one, else the only one. */
const testMailbox = ({ users }: Tenant): string =>
  (users.filter((user) => user.hasMailbox)[1] ?? users[0])?.email ?? '';

const scenario = (name: string, title: string, patch: LabStatePatch): Scenario => ({ name, title, patch: () => patch });

const mailboxScenario = (
  name: string,
  title: string,
  state:
    'missing' | 'unlicensed' | 'accessDenied' | 'impersonationDenied' | 'moving' | 'storeUnavailable' | 'ewsDisabled',
): Scenario => ({ name, title, patch: (tenant) => ({ mailboxes: { [testMailbox(tenant)]: { state } } }) });

export const scenarios: readonly Scenario[] = [
  scenario('healthy', 'Everything works.', {}),
  scenario('ews-disabled', 'EWS is switched off for the organisation.', { ews: { enabled: false } }),
  scenario('ews-blocked-by-app-list', 'EWS is on, but this app is not on the list of allowed ones.', {
    ews: { appAllowed: false },
  }),
  scenario('ews-retired', 'Exchange Online no longer has EWS.', { ews: { retired: 404 } }),
  scenario('no-permission', 'The app was never granted full_access_as_app.', { entra: { permissionGranted: false } }),
  scenario('no-consent', 'No administrator consented to the app.', { entra: { consentGranted: false } }),
  scenario('app-missing', 'The app is not in the tenant.', { entra: { app: 'absent' } }),
  scenario('app-disabled', 'The app is disabled in the tenant.', { entra: { app: 'disabled' } }),
  scenario('expired-secret', "The app's client secret has expired.", { entra: { secret: 'expired' } }),
  scenario('wrong-secret', "The app's client secret was replaced.", { entra: { secret: 'wrong' } }),
  scenario('certificate-not-registered', "The certificate was never uploaded to the app's registration.", {
    entra: { certificate: 'unregistered' },
  }),
  scenario('mfa-required', 'Every user needs multi-factor authentication.', { entra: { mfaRequired: true } }),
  scenario('conditional-access', 'Conditional Access blocks the sign-in.', { entra: { conditionalAccess: 'blocked' } }),
  scenario('device-code-blocked', 'Conditional Access forbids the sign-in with a device code, and only that.', {
    entra: { conditionalAccess: 'deviceCodeBlocked' },
  }),
  scenario('not-a-public-client', "The app's registration does not allow public client flows.", {
    entra: { publicClientFlows: false },
  }),
  scenario('admin-consent-only', 'Nobody consented to the app yet, and users may not.', {
    entra: { consentGranted: false, userConsent: 'adminOnly' },
  }),
  scenario('refresh-revoked', 'Refresh tokens were revoked.', { entra: { refreshTokens: 'revoked' } }),
  scenario('refresh-expired', 'Refresh tokens have expired.', { entra: { refreshTokens: 'expired' } }),
  scenario('tenant-missing', 'There is no such tenant.', { entra: { tenant: 'absent' } }),
  scenario('other-cloud', 'The tenant is in another national cloud.', { entra: { tenant: 'otherCloud' } }),
  scenario('no-exchange', 'The tenant has no Exchange Online.', { entra: { exchangeSubscribed: false } }),
  scenario('throttled', 'The next three EWS requests meet a busy server that asks for 300 ms.', {
    ews: { busy: { form: 'serverBusy', times: 3, backOffMs: 300 } },
  }),
  scenario('unavailable', 'EWS answers 503 until further notice.', {
    ews: { busy: { form: 'http503', retryAfterSeconds: 5 } },
  }),
  scenario('export-truncated', 'The next export breaks off.', { ews: { truncatedExports: 1 } }),
  mailboxScenario('mailbox-missing', 'The second mailbox does not exist any more.', 'missing'),
  mailboxScenario('mailbox-unlicensed', 'The second mailbox lost its licence.', 'unlicensed'),
  mailboxScenario('mailbox-access-denied', 'Access to the second mailbox is denied.', 'accessDenied'),
  mailboxScenario('impersonation-denied', 'The second mailbox must not be impersonated.', 'impersonationDenied'),
  mailboxScenario('mailbox-moving', 'The second mailbox is being moved.', 'moving'),
  mailboxScenario('mailbox-store-unavailable', "The second mailbox's database is down.", 'storeUnavailable'),
  mailboxScenario('mailbox-ews-disabled', 'EWS is off for the second mailbox.', 'ewsDisabled'),
  scenario('clock-skew', "The tenant's clock is 20 minutes ahead.", { clockSkewSeconds: 1_200 }),
  scenario('slow', 'Every request takes 100 ms longer.', { latencyMs: 100 }),
  scenario('self-signed', 'The server shows a self-signed certificate.', { tls: 'selfSigned' }),
  scenario('wrong-host', "The server's certificate is for another host.", { tls: 'wrongHost' }),
  scenario('expired-certificate', "The server's certificate has expired.", { tls: 'expired' }),
  scenario('captive-portal', 'A network answers every request with its own sign-in page.', {
    faults: [{ service: 'any', kind: 'html' }],
  }),
  scenario('connection-reset', 'Every connection to EWS is cut.', { faults: [{ service: 'ews', kind: 'reset' }] }),
  scenario('hanging', 'EWS never answers.', { faults: [{ service: 'ews', kind: 'hang' }] }),
];
