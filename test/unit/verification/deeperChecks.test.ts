import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { checkRetirement } from '../../../src/verification/checks/ewsRetirement.ts';
import { gigabytesPerHour } from '../../../src/verification/checks/latency.ts';
import { checkThrottling } from '../../../src/verification/checks/throttling.ts';
import { contextOf } from '../../../src/verification/context.ts';
import { explainEws } from '../../../src/verification/findings/ews.ts';
import { sampleSettings } from '../../../src/verification/catalogue/sampleContext.ts';
import type { CheckInput } from '../../../src/verification/checks/checkInput.ts';
import type { CheckResult } from '../../../src/verification/verification.ts';
import { GraphClient, graphAppId, graphToken, userReadAll } from '../lab/support/graphClient.ts';
import { LabClient } from '../lab/support/labClient.ts';
import { checkOf, VerificationBench } from '../support/verificationBench.ts';

const result = (changes: Partial<CheckResult>): CheckResult => ({
  ...{ id: 'ews-access', outcome: 'passed', durationMs: 1, detail: '', findings: [], exchanges: [] },
  ...changes,
});
const failedWith = (code: string): CheckResult =>
  result({ outcome: 'failed', findings: [{ code, severity: 'error', title: '', explanation: '', remedies: [] }] });

describe('The time left for EWS', () => {
  const at = (now: string, changes: Partial<typeof sampleSettings> = {}): CheckInput =>
    // Of the input the check looks at the context only.
    ({ context: contextOf({ ...sampleSettings, ...changes }, 'test', new Date(now)) }) as CheckInput;

  it('is told in days, and becomes a warning two months before the end', () => {
    const early = checkRetirement(at('2026-11-24T12:00:00Z'), [result({})]);
    assert.match(early.detail, /^128 days left\. EWS is allowed here\.$/);
    assert.deepEqual(
      early.findings?.map(({ code, severity }) => [code, severity]),
      [['ews-ends', 'info']],
    );
    const late = checkRetirement(at('2027-02-01T12:00:00Z'), [result({})]);
    assert.equal(late.findings?.[0]?.severity, 'warning');
  });

  for (const code of ['ews-disabled', 'ews-blocked-by-policy']) {
    it(`offers to check again later when it found ${code}`, () => {
      const { findings = [] } = checkRetirement(at('2026-11-24T12:00:00Z'), [failedWith(code)]);
      assert.equal(findings[0]?.code, 'ews-off-for-now');
      assert.equal(findings[0].remedies[0]?.action?.kind, 'checkAgain');
      assert.match(findings[0].effect ?? '', /an hour/);
    });
  }

  it('names a licence as what a bare refusal may come from', () => {
    assert.match(checkRetirement(at('2026-11-24T12:00:00Z'), [failedWith('ews-refused')]).detail, /licence/);
  });

  it('is not made up for other clouds', () => {
    const { detail, findings = [] } = checkRetirement(at('2026-11-24T12:00:00Z', { cloud: 'gccHigh' }), [result({})]);
    assert.match(detail, /no date/);
    assert.deepEqual(findings, []);
  });

  for (const [name, evidence] of [
    ['the policy header', { status: 403, policyReason: 'EWS is disabled for this user or tenant' }],
    ['a bare 404', { status: 404, policyReason: '' }],
    ['a bare 410', { status: 410, policyReason: '' }],
  ] as const) {
    it(`is over after 1 April 2027: ${name} means retired, and no setting is suggested`, () => {
      const finding = explainEws({ kind: 'http', ...evidence }, at('2027-04-01T00:00:00Z').context);
      assert.equal(finding.code, 'ews-retired');
      assert.ok(!JSON.stringify(finding.remedies).includes('Set-OrganizationConfig'));
      const before = explainEws({ kind: 'http', ...evidence }, at('2027-03-31T23:59:59Z').context);
      assert.notEqual(before.code, 'ews-retired');
    });
  }

  it('does not explain a missing permission away after the end', () => {
    const diagnostics = { code: 2000008, reason: '', category: 'invalid_grant' };
    const finding = explainEws(
      { kind: 'http', status: 403, policyReason: '', diagnostics },
      at('2027-05-01T00:00:00Z').context,
    );
    assert.equal(finding.code, 'permission-missing');
  });
});

describe('Advice on throttling', () => {
  it('is four connections to a mailbox while nothing slows the app down', () => {
    const { detail, findings = [] } = checkThrottling([result({})]);
    assert.match(detail, /Begin with 4 connections to a mailbox, 10 at most/);
    assert.deepEqual(findings, []);
  });

  it('is fewer once Exchange has said that it is busy, with the time that it asked for', () => {
    const exchange = {
      ...{ method: 'POST', url: 'https://outlook.office365.com/EWS/Exchange.asmx', operation: 'FindFolder' },
      ...{ status: 503, durationMs: 1, headers: { 'retry-after': '90' } },
    };
    const { detail, findings = [] } = checkThrottling([result({}), result({ id: 'export', exchanges: [exchange] })]);
    assert.match(detail, /Begin with 2 connections/);
    assert.equal(findings[0]?.code, 'throttled');
    assert.match(findings[0].remedies[0]?.text ?? '', /Wait 90 seconds/);
  });

  it('is fewer when Graph tells that most of the budget is used, and not when it tells nonsense', () => {
    const asked = (share: string): ReturnType<typeof checkThrottling> =>
      checkThrottling([
        result({
          exchanges: [
            {
              ...{ method: 'GET', url: 'https://graph.microsoft.com/v1.0/users', operation: 'users' },
              ...{ status: 200, durationMs: 1, headers: { 'x-ms-throttle-limit-percentage': share } },
            },
          ],
        }),
      ]);
    const { detail, findings = [] } = asked('0.87');
    assert.match(detail, /Begin with 2 connections/);
    assert.match(findings[0]?.title ?? '', /^87 % /);
    for (const share of ['', 'much', '0.5', '-3', '1e9']) assert.match(asked(share).detail, /Begin with 4/);
  });
});

describe('The estimate from the latency', () => {
  it('is what is published for a usual way, and less for a longer one', () => {
    const usual = gigabytesPerHour(50);
    assert.ok(usual.least > 4 && usual.most < 11, JSON.stringify(usual));
    const far = gigabytesPerHour(500);
    assert.ok(far.least < usual.least && far.most < usual.most);
    assert.ok(far.least < far.most);
  });
});

describe('The deeper checks of a tenant', () => {
  let bench: VerificationBench;
  before(async () => {
    bench = await VerificationBench.open();
  });
  beforeEach(() => bench.lab.reset());
  after(() => bench.close());

  for (const [skew, code, outcome] of [
    [-12 * 60, 'clock-wrong', 'failed'],
    [12 * 60, 'clock-wrong', 'failed'],
    [-3 * 60, 'clock-drifts', 'warning'],
  ] as const) {
    it(`find a clock that is ${skew} seconds off`, async () => {
      bench.lab.patch({ clockSkewSeconds: skew });
      const clock = checkOf(await bench.run(), 'clock');
      assert.equal(clock.outcome, outcome);
      assert.equal(clock.findings[0]?.code, code);
      assert.match(clock.findings[0].title, skew > 0 ? /behind/ : /ahead/);
      assert.match(clock.findings[0].title, new RegExp(`${Math.abs(skew) / 60} minutes`));
    });
  }

  it('measure the way to Exchange and warn of a slow one', async () => {
    bench.lab.patch({ latencyMs: 450 });
    const latency = checkOf(await bench.run(), 'latency');
    assert.equal(latency.findings[0]?.code, 'network-slow');
    assert.match(latency.detail, /^Round trip (4[5-9]|5|6)\d+ ms\. Estimate: [\d.]+ to [\d.]+ GB an hour/);
  });

  it('list the mailboxes where the app may', async () => {
    const client = new LabClient(bench.lab);
    const graph = new GraphClient(client, await graphToken(client));
    await graph.grant(await graph.principalOf(bench.app.clientId), graphAppId, userReadAll);
    const { authority, ews } = bench.lab.description;
    const endpoints = { authority, ews: new URL(ews).origin, graph: authority };
    const options = { settings: { cloud: 'worldwide' as const, endpoints } };
    const record = await bench.run(options);
    const mailboxes = bench.lab.description.users.filter(({ mailbox }) => mailbox).length;
    assert.equal(checkOf(record, 'mailbox-list').detail, `${mailboxes} addresses can be listed by Microsoft Graph.`);
    assert.match(checkOf(record, 'permissions').detail, /For Microsoft Graph: User\.Read\.All\.$/);

    bench.lab.patch({ graph: { fail: [{ operation: 'users', status: 403 }] } });
    const refused = checkOf(await bench.run(options), 'mailbox-list');
    assert.equal(refused.outcome, 'warning');
    assert.equal(refused.findings[0]?.code, 'mailboxes-not-listed');
    assert.match(refused.findings[0].explanation, /HTTP 403, Authorization_RequestDenied, request /);
  });

  it('say how mailboxes are named where it may not', async () => {
    assert.match(checkOf(await bench.run(), 'mailbox-list').detail, /typed, pasted or imported/);
  });

  it('are skipped, not failed, when there is no sign-in', async () => {
    const record = await bench.run({ secret: { method: 'appSecret', clientSecret: 'wrong' } });
    for (const id of ['ews-retirement', 'mailbox-list', 'latency', 'throttling'] as const) {
      assert.equal(checkOf(record, id).outcome, 'skipped', id);
    }
    assert.equal(checkOf(record, 'clock').outcome, 'passed');
  });
});
