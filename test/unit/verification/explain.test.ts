import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ForeignAddressError } from '../../../src/ews/autodiscover.ts';
import { EwsError } from '../../../src/ews/ewsError.ts';
import { TruncatedExportError } from '../../../src/ews/exportReader.ts';
import { UnreadableAnswerError } from '../../../src/ews/library/ewsLibrary.ts';
import { AnswerError } from '../../../src/ews/transport/answer.ts';
import type { AnswerReason } from '../../../src/ews/transport/answer.ts';
import { TransportError } from '../../../src/ews/transport/transportError.ts';
import type { TransportReason } from '../../../src/ews/transport/transportError.ts';
import { UnusableSecretError } from '../../../src/identity/acquireToken.ts';
import { GraphError, GraphPermissionError } from '../../../src/identity/graph/graphError.ts';
import { MissingEndpointError } from '../../../src/identity/endpoints.ts';
import { ForeignTokenEndpointError } from '../../../src/identity/openIdConfiguration.ts';
import { SignInError } from '../../../src/identity/signInError.ts';
import { explain } from '../../../src/verification/explain.ts';
import type { FindingContext } from '../../../src/verification/findings/context.ts';
import type { Finding } from '../../../src/verification/verification.ts';
import { cloudsOffered } from '../support/remedies.ts';

const context: FindingContext = {
  cloud: 'worldwide',
  tenant: 'contoso.onmicrosoft.com',
  authority: 'https://login.microsoftonline.com',
  method: 'appSecret',
  scopedAccess: false,
  clientId: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  userName: '',
  mailbox: "o'brien@contoso.com",
  now: new Date('2026-11-24T12:00:00.000Z'),
  userAgent: 'ExchangeMigration/test',
};
const account: FindingContext = { ...context, method: 'password', userName: 'admin@contoso.com' };

const url = 'https://server.example/path';
const transport: Readonly<Record<TransportReason, true>> = {
  dns: true,
  refused: true,
  unreachable: true,
  reset: true,
  timeout: true,
  cancelled: true,
  tlsSelfSigned: true,
  tlsUnknownCa: true,
  tlsExpired: true,
  tlsWrongHost: true,
  tlsOther: true,
  proxyUnreachable: true,
  proxyAuthentication: true,
  proxyRefused: true,
  notHttp: true,
  notHttps: true,
  tooLarge: true,
  truncated: true,
  other: true,
};
const answers: Readonly<Record<AnswerReason, true>> = {
  redirect: true,
  insecureRedirect: true,
  html: true,
  notJson: true,
  notXml: true,
  unexpected: true,
  status: true,
};
const response = { url, status: 302, headers: { location: 'https://elsewhere.example/x' } };
const signIn = (...codes: number[]): SignInError => refusal(codes, 'Said so.');
const refusal = (codes: readonly number[], description: string): SignInError =>
  new SignInError({
    status: 400,
    error: 'x',
    codes,
    description,
    traceId: '',
    correlationId: '',
    timestamp: '',
  });
const http = (status: number, more: object = {}): EwsError =>
  new EwsError({ kind: 'http', status, policyReason: '', ...more });
const fault = (code: string): EwsError => new EwsError({ kind: 'fault', status: 500, code, message: 'Said so.' });
const diagnostics = (code: number, category = ''): EwsError =>
  http(401, { diagnostics: { code, reason: 'Said so.', category } });

/** The AADSTS codes of the facts about Entra ID that an administrator meets with these sign-in methods. */
const aadsts: Readonly<Record<string, readonly number[]>> = {
  'app-not-found': [700016, 700011],
  'wrong-secret': [7000215],
  'secret-expired': [7000222],
  'not-a-public-client': [7000218],
  'certificate-refused': [700027, 700030, 50012],
  'app-disabled': [7000112, 70001],
  'tenant-not-found': [90002],
  'other-cloud': [90038, 900382, 900383, 900432, 900439, 900440],
  'exchange-not-in-tenant': [500011, 650052, 650057],
  'consent-missing': [65001, 90094, 90095],
  'sign-in-declined': [65004],
  'second-factor-denied': [500121],
  'device-code-expired': [70018, 70019, 70020],
  'sign-in-expired': [50173, 70008, 700082, 70043],
  'user-not-assigned': [50105],
  'no-such-user': [50034],
  'account-of-another-tenant': [50020, 90072],
  'wrong-password': [50126],
  'password-expired': [50055],
  'account-disabled': [50057],
  'account-locked': [50053],
  'mfa-required': [50076, 50079, 50072, 50074, 50078, 50158],
  'conditional-access': [53003, 53000, 530032, 530035, 50131],
  'sign-in-throttled': [90055, 50196, 90033],
  'sign-in-refused': [12345],
};

const proxies = [
  { reason: 'proxyUnreachable', schemes: [] },
  { reason: 'proxyAuthentication', status: 407, schemes: ['Basic'] },
  { reason: 'proxyAuthentication', status: 407, schemes: ['Negotiate', 'NTLM'] },
  { reason: 'proxyRefused', status: 403, schemes: [] },
  { reason: 'proxyRefused', status: 502, schemes: [] },
].map(({ reason, ...rest }) => ({
  ...rest,
  reason: reason as TransportReason, // They all are.
  host: 'proxy.example:8080',
  credentials: false,
}));

const graphRefusal = new GraphError({
  ...{ operation: 'users', status: 403, codes: ['Authorization_RequestDenied'], message: 'secret-message' },
  ...{ requestId: 'id', retryAfter: undefined },
});

const cases: readonly (readonly [string, unknown])[] = [
  ...Object.keys(transport).map(
    (reason) => [`transport-${reason}`, new TransportError(reason as TransportReason, url, { code: 'ECODE' })] as const,
  ), // The keys are reasons.
  ...proxies.map((proxy) => [`transport-${proxy.reason}`, new TransportError(proxy.reason, url, { proxy })] as const),
  ...Object.keys(answers).map(
    (reason) => [`answer-${reason}`, new AnswerError(reason as AnswerReason, response)] as const,
  ), // Likewise.
  ...Object.entries(aadsts).flatMap(([code, numbers]) => numbers.map((number) => [code, signIn(number)] as const)),
  ['sign-in-refused', signIn()],
  ['wrong-password', signIn(50126, 12345)],
  ['ews-disabled', http(403, { policyReason: 'EWS is disabled for this user or tenant' })],
  ['ews-blocked-by-policy', http(403, { policyReason: 'EWS is blocked by policy for this user or tenant' })],
  ['permission-missing', diagnostics(2000008, 'invalid_grant')],
  ['token-invalid_signature', diagnostics(2000000, 'invalid_signature')],
  ['token-invalid_token', diagnostics(2000001, 'invalid_token')],
  ['token-token_expired', diagnostics(2000002, 'token_expired')],
  ['token-invalid_resource', diagnostics(2000003, 'invalid_resource')],
  ['token-invalid_tenant', diagnostics(2000004, 'invalid_tenant')],
  ['token-invalid_user', diagnostics(2000005, 'invalid_user')],
  ['token-invalid_client', diagnostics(2000006, 'invalid_client')],
  ['token-internal_error', diagnostics(2000007, 'internal_error')],
  ['token-insufficient_claims', diagnostics(2000020, 'insufficient_claims')],
  ['token-refused', diagnostics(4711)],
  ['token-refused', diagnostics(4711, 'a category of the server’s own')],
  ['ews-busy', http(503)],
  ['ews-busy', http(429, { retryAfterMs: 5000 })],
  ['ews-unauthorized', http(401)],
  ['ews-refused', http(403)],
  ['ews-refused', http(404)],
  ['ews-refused', http(410)],
  ['ews-status', http(502)],
  ['ews-busy', fault('ErrorServerBusy')],
  ['ews-busy', fault('ErrorExceededConnectionCount')],
  ['ews-busy', fault('ErrorTooManyObjectsOpened')],
  ['mailbox-not-found', fault('ErrorNonExistentMailbox')],
  ['mailbox-access-denied', fault('ErrorAccessDenied')],
  ['mailbox-access-denied', fault('ErrorImpersonateUserDenied')],
  ['mailbox-access-denied', fault('ErrorImpersonationDenied')],
  ['mailbox-access-denied', fault('ErrorImpersonationFailed')],
  ['mailbox-unavailable', fault('ErrorMailboxMoveInProgress')],
  ['mailbox-unavailable', fault('ErrorMailboxStoreUnavailable')],
  ['mailbox-unavailable', fault('ErrorMailboxFailover')],
  ['ews-schema', fault('ErrorSchemaValidation')],
  ['ews-error', fault('ErrorInternalServerError')],
  ['ews-error', fault('')],
  ['autodiscover-foreign', new ForeignAddressError(url)],
  ['sign-in-foreign-endpoint', new ForeignTokenEndpointError('https://elsewhere.example')],
  ['export-truncated', new TruncatedExportError()],
  ['ews-unreadable', new UnreadableAnswerError('secret-body')],
  ['endpoint-missing', new MissingEndpointError('ews')],
  ['endpoint-missing', new MissingEndpointError('authority')],
  ['endpoint-missing', new MissingEndpointError('graph')],
  ['mailboxes-not-listed', new GraphPermissionError(['User.Read.All'])],
  ['mailboxes-not-listed', graphRefusal],
  ['secret-unusable', new UnusableSecretError(new Error('secret-key'))],
  ['unknown', new TypeError('secret-message')],
  ['unknown', 'secret-text'],
];

function textsOf({ title, explanation, remedies }: Finding): string[] {
  return [title, explanation, ...remedies.flatMap(({ text, command, link }) => [text, command ?? '', link ?? ''])];
}

describe('What a failure means', () => {
  for (const [code, error] of cases) {
    it(`${error instanceof Error ? `${error.name} ${error.message}` : String(error)} is ${code}`, () => {
      for (const each of [context, account, { ...context, cloud: 'custom' } as const]) {
        const finding = explain(error, each);
        if (each.method !== 'password') assert.equal(finding.code, code);
        assert.equal(finding.severity, 'error');
        assert.match(finding.title, /\S.{8}/);
        for (const text of textsOf(finding)) {
          assert.doesNotMatch(text, /\{\d\}|undefined|\[object|secret-/);
        }
        for (const { link } of finding.remedies) if (link !== undefined) assert.equal(new URL(link).protocol, 'https:');
      }
    });
  }

  it('offers something to do about everything but an unknown refusal', () => {
    for (const [code, error] of cases) {
      if (code !== 'sign-in-refused') assert.ok(explain(error, context).remedies.length > 0, code);
    }
  });

  it('differs between an app and an account where a mailbox is denied', () => {
    assert.equal(explain(fault('ErrorAccessDenied'), account).code, 'full-access-missing');
    assert.equal(explain(fault('ErrorItemNotFound'), account).code, 'full-access-missing');
    assert.equal(explain(fault('ErrorItemNotFound'), context).code, 'mailbox-access-denied');
  });

  it('offers the cloud that a refusal names, and none that it does not', () => {
    const offered = (
      codes: readonly number[],
      text: string,
      cloud: FindingContext['cloud'] = 'worldwide',
    ): readonly unknown[] => cloudsOffered(explain(refusal(codes, text), { ...context, cloud }));
    const government = "Tenant 'x' request is being redirected to the National Cloud 'MicrosoftOnline.US'.";
    assert.deepEqual(offered([90038], government), ['gccHigh', 'dod']);
    assert.deepEqual(offered([90038], government.replace('US', 'COM'), 'dod'), ['worldwide']);
    assert.deepEqual(offered([900382], 'Confidential Client is not supported in Cross Cloud request.'), [undefined]);
    assert.deepEqual(offered([90038], government, 'custom'), [undefined], 'it has addresses of its own');
    assert.ok(!offered([700016], government).includes('gccHigh'), 'another refusal');
  });

  it('tells an expired certificate from one that is not valid yet, with its date and this machine’s', () => {
    const certificate = {
      subject: '',
      issuer: '',
      validFrom: '2027-01-01T00:00:00.000Z',
      validTo: '2026-01-01T00:00:00.000Z',
    };
    const told = (code: string): string => {
      const { title, explanation } = explain(new TransportError('tlsExpired', url, { code, certificate }), context);
      return `${title} ${explanation}`;
    };
    const today = new Date().toISOString().slice(0, 10);
    assert.match(told('CERT_HAS_EXPIRED'), new RegExp(`has expired.* valid until 2026-01-01.*clock says ${today}`));
    assert.match(told('CERT_NOT_YET_VALID'), new RegExp(`not valid yet.* valid from 2027-01-01.*clock says ${today}`));
  });

  it('tells a port without TLS from a TLS that is too old, by OpenSSL’s code', () => {
    const told = (code: string): string => explain(new TransportError('tlsOther', url, { code }), context).explanation;
    assert.match(told('ERR_SSL_WRONG_VERSION_NUMBER'), /does not speak TLS/);
    assert.match(told('ERR_SSL_UNSUPPORTED_PROTOCOL'), /too old/);
    assert.match(told('ERR_SSL_NO_CIPHER_MATCH'), /could not agree/);
  });

  it('names who issued a certificate that is not trusted, where that is known', () => {
    const certificate = { subject: 'CN=outlook.office365.com', issuer: 'CN=Corporate Inspection CA, O=Contoso' };
    const told = (reason: TransportReason, names?: typeof certificate): string =>
      explain(new TransportError(reason, url, names && { certificate: names }), context).explanation;
    assert.match(told('tlsUnknownCa', certificate), /issued by “CN=Corporate Inspection CA, O=Contoso”/);
    assert.match(told('tlsSelfSigned', certificate), /names itself “CN=outlook\.office365\.com”/);
    const nameless = { subject: '', issuer: '' };
    for (const reason of ['tlsUnknownCa', 'tlsSelfSigned'] as const) {
      assert.equal(told(reason, nameless), told(reason));
      assert.doesNotMatch(told(reason), /“/);
    }
  });

  it('says plainly that an NTLM proxy is not supported, and offers a password only to one that takes it', () => {
    const asks = (schemes: readonly string[], credentials = false): string => {
      const proxy = { host: 'proxy.example:8080', credentials, status: 407, schemes };
      return textsOf(explain(new TransportError('proxyAuthentication', url, { proxy }), context)).join('\n');
    };
    for (const schemes of [['NTLM'], ['Negotiate', 'NTLM']]) {
      assert.match(asks(schemes), /NTLM are not supported/);
      assert.doesNotMatch(asks(schemes), /user:password/);
    }
    assert.match(asks(['Negotiate', 'NTLM']), /proxyKerberosServicePrincipal/);
    assert.doesNotMatch(asks(['NTLM']), /proxyKerberosServicePrincipal/);
    assert.match(asks(['Basic', 'NTLM']), /asks for a user name and password/);
    assert.match(asks(['Basic'], true), /does not accept/);
  });

  it('lets nothing in a name leave its place in a command', () => {
    const commands = explain(http(403, { policyReason: 'EWS is disabled for' }), context).remedies.map(
      ({ command }) => command,
    );
    assert.ok(commands.some((command) => command?.includes("-Identity 'o''brien@contoso.com'")));
    const hostile = { ...context, mailbox: "'; Remove-Mailbox x; '@contoso.com" };
    for (const { command } of explain(fault('ErrorNonExistentMailbox'), hostile).remedies) {
      if (command !== undefined) assert.ok(command.includes("'''; Remove-Mailbox x; ''@contoso.com'"), command);
    }
  });
});
