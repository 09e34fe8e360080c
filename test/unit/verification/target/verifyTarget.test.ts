import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { TargetRecord } from '../../../../src/verification/target/verifyTarget.ts';
import { targetCheckIds, verificationRecord } from '../../../../src/verification/verification.ts';
import type { TargetCheckId } from '../../../../src/verification/verification.ts';
import { TargetBench, targetCheck } from '../../support/targetBench.ts';

/** What the lab's certificate and its version are worth a word for. */
const expected = ['server-certificate-ends-soon', 'exchange-out-of-support', 'throttling-policy-advice'];
const codesOf = (record: TargetRecord): string[] =>
  record.checks.flatMap(({ findings }) => findings.map(({ code }) => code));

describe('Verifying a target connection', () => {
  let bench: TargetBench;
  before(async () => {
    bench = await TargetBench.open();
  });
  afterEach(() => bench.server.reset());
  after(() => bench.close());

  for (const method of ['ntlm', 'basic'] as const) {
    it(`passes by ${method}, in a record that can be kept`, async () => {
      const settings = { signIn: { method, userName: bench.account.logon } };
      const record = await bench.run({ settings });
      assert.deepEqual(codesOf(record), expected);
      assert.equal(record.outcome, 'warning');
      assert.equal(record.serverVersion, '15.2.1748.10');
      assert.deepEqual(
        record.checks.map(({ id }) => id),
        targetCheckIds,
      );
      assert.deepEqual(verificationRecord.parse(JSON.parse(JSON.stringify(record))), record);
      const text = JSON.stringify(record);
      const basic = Buffer.from(`${bench.account.logon}:${bench.account.password}`).toString('base64');
      for (const secret of [bench.account.password, basic, 'TlRMTVNTUAAD']) assert.ok(!text.includes(secret));
    });
  }

  for (const [version, name, supported] of [
    ['2010SP1', 'Exchange Server 2010 SP1', false],
    ['2010SP3', 'Exchange Server 2010 SP3', false],
    ['2013', 'Exchange Server 2013', false],
    ['2016', 'Exchange Server 2016', false],
    ['2019', 'Exchange Server 2019', false],
    ['SE', 'Exchange Server Subscription Edition', true],
  ] as const) {
    it(`passes with ${name}, and says whether it is supported`, async () => {
      const record = await bench.run({}, { version });
      assert.equal(codesOf(record).includes('exchange-out-of-support'), !supported);
      assert.ok(targetCheck(record, 'version').detail.startsWith(`${name} (`));
      for (const { id, outcome } of record.checks) assert.ok(outcome === 'passed' || outcome === 'warning', id);
    });
  }

  it('advises a policy for the account where the account is charged, else for the mailboxes', async () => {
    for (const [version, identity, command] of [
      ['2010SP1', bench.account.logon, '-EWSPercentTimeInCAS $null'],
      ['2010SP3', bench.mailbox, '-EWSPercentTimeInCAS $null'],
      ['2019', bench.mailbox, '-EwsCutoffBalance Unlimited'],
    ] as const) {
      const record = await bench.run({ only: new Set<TargetCheckId>(['throttling-policy']) }, { version });
      const commands = targetCheck(record, 'throttling-policy')
        .findings.flatMap(({ remedies }) => remedies.map(({ command: text = '' }) => text))
        .join('\n');
      assert.ok(commands.includes(`Set-ThrottlingPolicyAssociation -Identity '${identity}'`), commands);
      assert.ok(commands.includes(command), commands);
    }
  });

  for (const answer of [404, 413, 507] as const) {
    it(`finds the size limit where the server refuses by HTTP ${answer}, and asks few questions`, async () => {
      const whole = await bench.run({ only: new Set<TargetCheckId>(['request-size']) }, { requestLimit: { answer } });
      assert.equal(whole.requestLimit, 67_108_864);
      assert.match(targetCheck(whole, 'request-size').detail, /up to 64 MB.*about 48 MB.*2 sizes announced, none sent/);
      assert.deepEqual(targetCheck(whole, 'request-size').findings, []);
      const low = await bench.run({}, { requestLimit: { answer, bytes: 35_000_000 } });
      assert.equal(low.requestLimit, 35_000_000);
      assert.deepEqual(
        targetCheck(low, 'request-size').findings.map(({ code }) => code),
        ['request-limit-low'],
      );
    });
  }

  it('recognises Extended Protection that is required, and satisfies it', async () => {
    for (const [extendedProtection, text] of [
      ['Require', /^Required, and satisfied/],
      ['Allow', /^Not required/],
    ] as const) {
      const record = await bench.run({}, { authentication: { extendedProtection } });
      assert.match(targetCheck(record, 'extended-protection').detail, text);
      assert.deepEqual(codesOf(record), expected);
    }
  });

  it('names the command that gives the account the role', async () => {
    const { logon, password } = bench.powerless;
    const record = await bench.run({
      settings: { signIn: { method: 'ntlm', userName: logon } },
      secret: { method: 'ntlm', password },
    });
    const [finding] = targetCheck(record, 'impersonation').findings;
    assert.equal(finding?.code, 'impersonation-missing');
    assert.equal(
      finding.remedies[0]?.command,
      `New-ManagementRoleAssignment -Name 'Exchange Migration' -Role ApplicationImpersonation -User '${logon}'`,
    );
    assert.equal(targetCheck(record, 'write').outcome, 'skipped');
  });

  it('tries a password that is refused twice at most: bound to its connection, and not', async () => {
    await bench.run({ secret: { method: 'ntlm', password: 'wrong-password' } });
    const attempts = bench.server.requests().filter(({ operation }) => operation === 'GetServerTimeZones');
    assert.equal(attempts.length, 2);
    bench.server.reset();
    await bench.run({
      settings: { signIn: { method: 'basic', userName: bench.account.logon } },
      secret: { method: 'basic', password: 'wrong-password' },
    });
    assert.equal(bench.server.requests().filter(({ operation }) => operation === 'GetServerTimeZones').length, 1);
  });

  it('runs what is asked for and what that needs', async () => {
    const record = await bench.run({ only: new Set<TargetCheckId>(['version']) });
    assert.deepEqual(
      record.checks.map(({ id }) => id),
      ['reach', 'authentication', 'version'],
    );
  });

  it('tells of an address that cannot be reached in words for a server', async () => {
    const server = { ews: 'https://mail.invalid/EWS/Exchange.asmx', from: 'typed' } as const;
    const record = await bench.run({ settings: { server } });
    const [finding] = targetCheck(record, 'reach').findings;
    assert.equal(finding?.code, 'transport-dns');
    assert.doesNotMatch(JSON.stringify(finding), /cloud/);
    for (const { id, outcome } of record.checks) assert.equal(outcome, id === 'reach' ? 'failed' : 'skipped');
  });
});
