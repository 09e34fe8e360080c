import assert from 'node:assert/strict';
import type { LabStatePatch } from '../../lab/state.ts';
import { cloudsOffered } from '../support/remedies.ts';
import { checkOf, outcomesOf, VerificationBench } from '../support/verificationBench.ts';

describe('Verifying a tenant in which something is wrong', () => {
  let bench: VerificationBench;
  before(async () => {
    bench = await VerificationBench.open();
  });
  beforeEach(() => bench.lab.reset());
  after(() => bench.close());

  it('offers a tenant’s cloud that no document names but the refusal of a token does', async () => {
    for (const [otherCloudRefusal, offered] of [
      ['redirected', ['gccHigh', 'dod']],
      ['publicEndpoint', ['gccHigh', 'dod']],
      ['confidentialClient', [undefined]],
    ] as const) {
      bench.lab.patch({ entra: { tenant: 'otherCloudUnnamed', otherCloudRefusal } });
      const [finding] = checkOf(await bench.run({ settings: { cloud: 'worldwide' } }), 'sign-in').findings;
      assert.equal(finding?.code, 'other-cloud');
      assert.deepEqual(cloudsOffered(finding), offered);
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
    assert.equal(tokens.length, 2);
  });
});
