import assert from 'node:assert/strict';
import type { LabStatePatch } from '../../lab/state.ts';
import { checkIds } from '../../../src/verification/verification.ts';
import type { CheckId } from '../../../src/verification/verification.ts';
import { checkOf, outcomesOf, VerificationBench } from '../support/verificationBench.ts';
import type { RunOptions } from '../support/verificationBench.ts';

interface Case {
  readonly what: string;
  readonly state: LabStatePatch | ((bench: VerificationBench) => LabStatePatch);
  readonly run?: (bench: VerificationBench) => RunOptions;
  readonly check: CheckId;
  readonly code: string;
}

const certificate = ({ app }: VerificationBench): RunOptions => ({
  settings: { signIn: { method: 'appCertificate', clientId: app.clientId } },
  secret: { method: 'appCertificate', privateKey: app.privateKey, certificate: app.certificate },
});
const password = (bench: VerificationBench): RunOptions => ({
  settings: { signIn: bench.passwordSignIn },
  secret: { method: 'password', password: bench.administrator.password },
});
const mailbox =
  (state: 'missing' | 'accessDenied' | 'impersonationDenied' | 'moving' | 'storeUnavailable' | 'ewsDisabled') =>
  (bench: VerificationBench): LabStatePatch => ({ mailboxes: { [bench.mailbox]: { state } } });
const wire = (
  service: 'entra' | 'ews',
  kind: 'reset' | 'html' | 'notJson' | 'notXml' | 'truncated' | 'huge' | 'redirectToHttp' | 'redirectToOtherHost',
): LabStatePatch => ({ faults: [{ service, kind }] });

const cases: readonly Case[] = [
  {
    what: 'a tenant that is not there',
    state: { entra: { tenant: 'absent' } },
    check: 'sign-in-service',
    code: 'tenant-not-found',
  },
  {
    what: 'a tenant of another cloud',
    state: { entra: { tenant: 'otherCloud' } },
    check: 'sign-in',
    code: 'other-cloud',
  },
  { what: 'an app that is not there', state: { entra: { app: 'absent' } }, check: 'sign-in', code: 'app-not-found' },
  { what: 'a disabled app', state: { entra: { app: 'disabled' } }, check: 'sign-in', code: 'app-disabled' },
  { what: 'a wrong secret', state: { entra: { secret: 'wrong' } }, check: 'sign-in', code: 'wrong-secret' },
  { what: 'an expired secret', state: { entra: { secret: 'expired' } }, check: 'sign-in', code: 'secret-expired' },
  {
    what: 'a certificate that is not registered',
    state: { entra: { certificate: 'unregistered' } },
    run: certificate,
    check: 'sign-in',
    code: 'certificate-refused',
  },
  {
    what: 'a tenant without Exchange',
    state: { entra: { exchangeSubscribed: false } },
    check: 'sign-in',
    code: 'exchange-not-in-tenant',
  },
  {
    what: 'Conditional Access',
    state: { entra: { conditionalAccess: 'blocked' } },
    run: password,
    check: 'sign-in',
    code: 'conditional-access',
  },
  {
    what: 'an account with MFA',
    state: { entra: { mfaRequired: true } },
    run: password,
    check: 'sign-in',
    code: 'mfa-required',
  },
  {
    what: 'no consent for an account',
    state: { entra: { consentGranted: false } },
    run: password,
    check: 'sign-in',
    code: 'consent-missing',
  },
  {
    what: 'a wrong password',
    state: {},
    run: (bench) => ({ ...password(bench), secret: { method: 'password', password: 'wrong' } }),
    check: 'sign-in',
    code: 'wrong-password',
  },
  {
    what: 'an app that is no public client',
    state: {},
    run: (bench) => ({
      ...password(bench),
      settings: { signIn: { method: 'password', clientId: bench.app.clientId, userName: bench.administrator.email } },
    }),
    check: 'sign-in',
    code: 'not-a-public-client',
  },
  {
    what: 'no permission',
    state: { entra: { permissionGranted: false } },
    check: 'ews-access',
    code: 'permission-missing',
  },
  { what: 'EWS switched off', state: { ews: { enabled: false } }, check: 'ews-access', code: 'ews-disabled' },
  {
    what: 'an app that is not on the list',
    state: { ews: { appAllowed: false } },
    check: 'ews-access',
    code: 'ews-blocked-by-policy',
  },
  { what: 'EWS retired', state: { ews: { retired: 404 } }, check: 'ews-access', code: 'ews-refused' },
  {
    what: 'a busy server (503)',
    state: { ews: { busy: { form: 'http503', retryAfterSeconds: 5 } } },
    check: 'ews-access',
    code: 'ews-busy',
  },
  {
    what: 'a busy server (fault)',
    state: { ews: { busy: { form: 'serverBusy', backOffMs: 300 } } },
    check: 'mailbox-access',
    code: 'ews-busy',
  },
  {
    what: 'too many connections',
    state: { ews: { busy: { form: 'connectionCount' } } },
    check: 'mailbox-access',
    code: 'ews-busy',
  },
  {
    what: 'a mailbox that is not there',
    state: mailbox('missing'),
    check: 'mailbox-access',
    code: 'mailbox-not-found',
  },
  {
    what: 'a mailbox that must not be impersonated',
    state: mailbox('impersonationDenied'),
    check: 'mailbox-access',
    code: 'mailbox-access-denied',
  },
  {
    what: 'a mailbox out of scope',
    state: mailbox('accessDenied'),
    check: 'mailbox-access',
    code: 'mailbox-access-denied',
  },
  {
    what: 'a mailbox that is being moved',
    state: mailbox('moving'),
    check: 'mailbox-access',
    code: 'mailbox-unavailable',
  },
  {
    what: 'a mailbox whose database is down',
    state: mailbox('storeUnavailable'),
    check: 'mailbox-access',
    code: 'mailbox-unavailable',
  },
  { what: 'a mailbox with EWS off', state: mailbox('ewsDisabled'), check: 'mailbox-access', code: 'ews-disabled' },
  {
    what: 'an account without Full Access',
    state: {},
    run: (bench) => ({
      ...password(bench),
      settings: { signIn: bench.passwordSignIn, testMailbox: bench.mailboxWithoutFullAccess },
    }),
    check: 'mailbox-access',
    code: 'full-access-missing',
  },
  {
    what: 'an export that breaks off',
    state: { ews: { truncatedExports: 1 } },
    check: 'export',
    code: 'export-truncated',
  },
  {
    what: 'a sign-in service that resets',
    state: wire('entra', 'reset'),
    check: 'sign-in-service',
    code: 'transport-reset',
  },
  { what: 'a web page for JSON', state: wire('entra', 'html'), check: 'sign-in-service', code: 'answer-html' },
  { what: 'garbage for JSON', state: wire('entra', 'notJson'), check: 'sign-in-service', code: 'answer-notJson' },
  {
    what: 'a truncated answer',
    state: wire('entra', 'truncated'),
    check: 'sign-in-service',
    code: 'transport-truncated',
  },
  { what: 'a huge answer', state: wire('entra', 'huge'), check: 'sign-in-service', code: 'transport-tooLarge' },
  {
    what: 'a redirect to http',
    state: wire('entra', 'redirectToHttp'),
    check: 'sign-in-service',
    code: 'answer-insecureRedirect',
  },
  {
    what: 'a redirect to another host',
    state: wire('entra', 'redirectToOtherHost'),
    check: 'sign-in-service',
    code: 'answer-redirect',
  },
  { what: 'EWS that resets', state: wire('ews', 'reset'), check: 'ews-access', code: 'transport-reset' },
  { what: 'a web page for XML', state: wire('ews', 'html'), check: 'ews-access', code: 'answer-html' },
  {
    what: 'a redirect of EWS',
    state: wire('ews', 'redirectToOtherHost'),
    check: 'ews-access',
    code: 'answer-redirect',
  },
  {
    what: 'a truncated export',
    state: { faults: [{ service: 'ews', operation: 'ExportItems', kind: 'truncated' }] },
    check: 'export',
    code: 'transport-truncated',
  },
  {
    what: 'garbage for an export',
    state: { faults: [{ service: 'ews', operation: 'ExportItems', kind: 'notXml' }] },
    check: 'export',
    code: 'answer-notXml',
  },
  {
    what: 'garbage for FindFolder',
    state: { faults: [{ service: 'ews', operation: 'FindFolder', kind: 'notXml' }] },
    check: 'mailbox-access',
    code: 'ews-unreadable',
  },
  {
    what: 'a self-signed certificate',
    state: { tls: 'selfSigned' },
    check: 'sign-in-service',
    code: 'transport-tlsSelfSigned',
  },
  {
    what: 'a certificate of another host',
    state: { tls: 'wrongHost' },
    check: 'sign-in-service',
    code: 'transport-tlsWrongHost',
  },
  { what: 'an expired certificate', state: { tls: 'expired' }, check: 'sign-in-service', code: 'transport-tlsExpired' },
  {
    what: 'an unknown authority',
    state: { tls: 'untrusted' },
    check: 'sign-in-service',
    code: 'transport-tlsUnknownCa',
  },
  {
    what: 'the lab’s own authority without being told to trust it',
    state: {},
    run: () => ({ withoutCa: true }),
    check: 'sign-in-service',
    code: 'transport-tlsUnknownCa',
  },
  {
    what: 'a host name that does not exist',
    state: {},
    run: (bench) => ({
      settings: { endpoints: { authority: 'https://login.invalid', ews: new URL(bench.lab.description.ews).origin } },
    }),
    check: 'sign-in-service',
    code: 'transport-dns',
  },
  {
    what: 'a port that nobody listens on',
    state: {},
    run: (bench) => ({
      settings: { endpoints: { authority: 'https://127.0.0.1:9', ews: new URL(bench.lab.description.ews).origin } },
    }),
    check: 'sign-in-service',
    code: 'transport-refused',
  },
];

describe('Verifying a tenant in which something is wrong', () => {
  let bench: VerificationBench;
  before(async () => {
    bench = await VerificationBench.open();
  });
  beforeEach(() => bench.lab.reset());
  after(() => bench.close());

  for (const { what, state, run, check, code } of cases) {
    it(`names ${what}`, async () => {
      bench.lab.patch(typeof state === 'function' ? state(bench) : state);
      const record = await bench.run(run?.(bench));
      assert.equal(record.outcome, 'failed');
      const failed = record.checks.filter(({ outcome }) => outcome === 'failed');
      assert.deepEqual(
        failed.map(({ id, findings }) => [id, ...findings.map((finding) => finding.code)]),
        [[check, code]],
      );
      const [finding] = checkOf(record, check).findings;
      assert.ok(finding);
      assert.ok(finding.title.length > 10 && finding.explanation.length > 0, finding.title);
      assert.ok(finding.remedies.length > 0, 'there is something to do');
      for (const skipped of record.checks.filter(({ outcome }) => outcome === 'skipped')) {
        assert.match(skipped.detail, /^Skipped: /);
      }
      assert.equal(record.checks.length, checkIds.length);
    });
  }

  it('offers a tenant’s cloud that no document names but the refusal of a token does', async () => {
    for (const [otherCloudRefusal, offered] of [
      ['redirected', ['gccHigh', 'dod']],
      ['publicEndpoint', ['gccHigh', 'dod']],
      ['confidentialClient', [undefined]],
    ] as const) {
      bench.lab.patch({ entra: { tenant: 'otherCloudUnnamed', otherCloudRefusal } });
      const [finding] = checkOf(await bench.run({ settings: { cloud: 'worldwide' } }), 'sign-in').findings;
      assert.equal(finding?.code, 'other-cloud');
      assert.deepEqual(
        finding.remedies.map(({ chooseCloud }) => chooseCloud),
        offered,
      );
    }
  });

  it('warns when the token lacks the role, and lets Exchange decide', async () => {
    const { clientId, secret } = bench.appWithoutPermission;
    const record = await bench.run({
      settings: { signIn: { method: 'appSecret', clientId } },
      secret: { method: 'appSecret', clientSecret: secret },
    });
    assert.equal(outcomesOf(record).permissions, 'warning');
    assert.deepEqual(
      checkOf(record, 'permissions').findings.map(({ code }) => code),
      ['role-not-in-token'],
    );
    assert.deepEqual(
      checkOf(record, 'ews-access').findings.map(({ code }) => code),
      ['permission-missing'],
    );
  });

  it('fills the tenant’s own values into the commands', async () => {
    bench.lab.patch({ ews: { appAllowed: false } });
    const [finding] = checkOf(await bench.run(), 'ews-access').findings;
    const commands = (finding?.remedies ?? []).flatMap(({ command }) => command ?? []).join('\n');
    assert.ok(commands.includes(`'${bench.app.clientId}'`), commands);
    assert.ok(finding?.explanation.includes('ExchangeMigration/test'));
  });

  for (const [what, state] of Object.entries<LabStatePatch>({
    'knows no such mailbox': { autodiscover: { mailboxKnown: false } },
    'redirects to http': { faults: [{ service: 'autodiscover', kind: 'redirectToHttp' }] },
    'redirects to a foreign host': { autodiscover: { redirectUrl: 'https://attacker.example/autodiscover' } },
    'names a foreign EWS address': { autodiscover: { ewsUrl: 'https://attacker.example/EWS/Exchange.asmx' } },
    'answers with a web page': { faults: [{ service: 'autodiscover', kind: 'html' }] },
  })) {
    it(`warns and uses the default address when Autodiscover ${what}`, async () => {
      bench.lab.patch(state);
      const record = await bench.run();
      assert.equal(record.outcome, 'warning');
      assert.equal(record.ewsUrl, bench.lab.description.ews);
      assert.deepEqual(
        checkOf(record, 'ews-endpoint').findings.map(({ code }) => code),
        ['autodiscover-failed'],
      );
      assert.equal(outcomesOf(record).export, 'passed');
    });
  }

  it('gets a fresh token once when Exchange answers 401 to slow it down', async () => {
    bench.lab.patch({ ews: { busy: { form: 'http401', times: 1 } } });
    assert.equal((await bench.run()).outcome, 'passed');
    const tokens = bench.lab.requests().filter(({ operation }) => operation === 'token');
    assert.equal(tokens.length, 3, 'Exchange’s, another one, and Graph’s');
  });
});
