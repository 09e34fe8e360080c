import assert from 'node:assert/strict';
import { makeAppCertificate } from '../../lab/certificates.ts';
import { GraphClient, graphToken, keyCredential, textAt } from '../lab/support/graphClient.ts';
import { checkIds } from '../../../src/verification/verification.ts';
import { LabClient } from '../lab/support/labClient.ts';
import { checkOf, outcomesOf, VerificationBench } from '../support/verificationBench.ts';

const allPassed = Object.fromEntries(checkIds.map((id) => [id, 'passed']));

describe('Verifying a healthy tenant', () => {
  let bench: VerificationBench;
  before(async () => {
    bench = await VerificationBench.open();
  });
  after(() => bench.close());

  it('passes with a client secret', async () => {
    const record = await bench.run();
    assert.deepEqual(outcomesOf(record), allPassed);
    assert.equal(record.outcome, 'passed');
    assert.equal(record.ewsUrl, bench.lab.description.ews);
    assert.match(checkOf(record, 'export').detail, /One item of .+ exported and thrown away \([1-9]\d* bytes\)/);
  });

  it('passes with a certificate', async () => {
    const { clientId, privateKey, certificate } = bench.app;
    const record = await bench.run({
      settings: { signIn: { method: 'appCertificate', clientId } },
      secret: { method: 'appCertificate', privateKey, certificate },
    });
    assert.deepEqual(outcomesOf(record), allPassed);
  });

  it('warns when the certificate that still signs in ends soon', async () => {
    const { clientId } = bench.app;
    const client = new LabClient(bench.lab);
    const graph = new GraphClient(client, await graphToken(client));
    const soon = await makeAppCertificate('Soon over', 20.5);
    const app = textAt((await graph.get(`/applications(appId='${clientId}')`)).json, 'id');
    const added = await graph.send('PATCH', `/applications/${app}`, { keyCredentials: [keyCredential(soon)] });
    assert.equal(added.status, 204, added.body);
    const record = await bench.run({
      settings: { signIn: { method: 'appCertificate', clientId } },
      secret: { method: 'appCertificate', ...soon },
    });
    bench.lab.reset();
    const [finding] = checkOf(record, 'sign-in').findings;
    assert.deepEqual([finding?.code, finding?.severity], ['certificate-ends-soon', 'warning']);
    assert.match(finding?.title ?? '', /in 20 days\.$/);
    assert.equal(record.outcome, 'warning');
  });

  describe('in which the app has scoped access (RBAC for Applications)', () => {
    afterEach(() => bench.lab.reset());
    const scoped = (clientId: string) => ({
      settings: { signIn: { method: 'appSecret' as const, clientId, scopedAccess: true as const } },
    });
    const powerless = () => ({
      ...scoped(bench.appWithoutPermission.clientId),
      secret: { method: 'appSecret' as const, clientSecret: bench.appWithoutPermission.secret },
    });

    it('passes without a role in the token', async () => {
      bench.lab.patch({ ews: { scopes: { [bench.appWithoutPermission.clientId]: [bench.mailbox] } } });
      const record = await bench.run(powerless());
      assert.deepEqual(outcomesOf(record), allPassed);
      assert.deepEqual(
        record.checks.flatMap(({ findings }) => findings),
        [],
      );
    });

    it('says so when the mailbox is out of the scope', async () => {
      bench.lab.patch({ ews: { scopes: { [bench.appWithoutPermission.clientId]: ['somebody@else.example'] } } });
      const record = await bench.run(powerless());
      const [finding] = checkOf(record, 'mailbox-access').findings;
      assert.equal(finding?.code, 'mailbox-access-denied');
      assert.match(finding.remedies[0]?.command ?? '', /^Test-ServicePrincipalAuthorization /);
    });

    it('gives the commands when Exchange knows of no scoped role', async () => {
      const record = await bench.run(powerless());
      const codes = record.checks.flatMap(({ findings }) => findings);
      assert.deepEqual(
        codes.map(({ code }) => code),
        ['scoped-role-missing'],
      );
      const [look, command = ''] = codes[0]?.remedies.map((remedy) => remedy.command) ?? [];
      assert.match(look ?? '', /^Test-ServicePrincipalAuthorization /);
      assert.ok(command.includes(`New-ServicePrincipal -AppId '${bench.appWithoutPermission.clientId}'`));
      assert.ok(command.includes("-Role 'Application EWS.AccessAsApp' -CustomResourceScope"));
      assert.ok(command.includes(`-Resource '${bench.mailbox}'`));
    });

    it('warns when a grant for the whole tenant makes the scope void', async () => {
      const record = await bench.run(scoped(bench.app.clientId));
      assert.equal(record.outcome, 'warning');
      assert.deepEqual(
        checkOf(record, 'permissions').findings.map(({ code }) => code),
        ['scope-void'],
      );
    });
  });

  it('passes with e-mail and password, and says that Full Access decides', async () => {
    const record = await bench.run({
      settings: { signIn: bench.passwordSignIn },
      secret: { method: 'password', password: bench.administrator.password },
    });
    assert.deepEqual(outcomesOf(record), allPassed);
    assert.deepEqual(
      checkOf(record, 'mailbox-access').findings.map(({ code, severity }) => [code, severity]),
      [['delegated-access', 'info']],
    );
  });

  it('says that an empty mailbox has nothing to export', async () => {
    const record = await bench.run({ settings: { testMailbox: bench.emptyMailbox } });
    assert.equal(record.outcome, 'passed');
    assert.match(checkOf(record, 'export').detail, /empty/);
  });

  it('uses the EWS address of the settings instead of asking Autodiscover', async () => {
    const { authority, ews } = bench.lab.description;
    const record = await bench.run({ settings: { endpoints: { authority, ews } } });
    assert.equal(record.outcome, 'passed');
    assert.deepEqual(checkOf(record, 'ews-endpoint').exchanges, []);
  });

  it('sends what Exchange asks for with every EWS request', async () => {
    bench.lab.reset();
    await bench.run();
    const requests = bench.lab.requests().filter(({ service }) => service === 'ews');
    assert.deepEqual(requests.map(({ operation, impersonated }) => [operation, impersonated]).sort(), [
      ['ExportItems', bench.mailbox],
      ['FindFolder', bench.mailbox],
      ['FindItem', bench.mailbox],
      ...Array.from({ length: 4 }, () => ['GetServerTimeZones', null]), // One for the access, three for the latency.
    ]);
    for (const request of requests) {
      assert.equal(request.anchorMailbox, bench.mailbox);
      assert.equal(request.userAgent, 'ExchangeMigration/test');
      assert.match(request.clientRequestId ?? '', /^[0-9a-f-]{36}$/);
    }
    assert.equal(new Set(requests.map(({ clientRequestId }) => clientRequestId)).size, requests.length);
  });
});

describe('The order of the requests', () => {
  it('has at most five that follow each other, and runs the others beside them', async () => {
    const bench = await VerificationBench.open({ latencyMs: 60 });
    try {
      // By the addresses of the worldwide cloud's resources, so that Graph is asked as well.
      const { authority, ews, graph } = bench.lab.description;
      const endpoints = { authority, ews: new URL(ews).origin, graph };
      const options = { settings: { cloud: 'worldwide' as const, endpoints } };
      await bench.run(options); // Loads what is loaded once.
      bench.lab.reset();
      bench.lab.patch({ latencyMs: 60 });
      await bench.run(options);
      const spans = bench.lab
        .requests()
        .map(({ when, ms, operation }) => ({
          operation,
          start: Date.parse(when),
          end: Date.parse(when) + (ms ?? 0),
        }))
        .sort((a, b) => a.end - b.end);
      assert.equal(spans.length, 11);
      // Two ways, that of the mailbox and that of the latency: what of one ends before another's begins is by chance.
      const isProbe = ({ operation }: { operation: string | null }): boolean => operation === 'GetServerTimeZones';
      const shared = spans.filter(({ operation }) => operation === 'discovery' || operation === 'token');
      assert.ok(longestChain(spans.filter((span) => !isProbe(span))) <= 5, JSON.stringify(spans));
      assert.ok(longestChain([...shared.slice(0, 2), ...spans.filter(isProbe)]) <= 5, JSON.stringify(spans));
    } finally {
      await bench.close();
    }
  });
});

/** Most spans of which each began after the one before had ended. */
function longestChain(spans: readonly { start: number; end: number }[]): number {
  const best: number[] = [];
  for (const [index, span] of spans.entries()) {
    const before = spans.slice(0, index).map((other, i) => (other.end <= span.start ? (best[i] ?? 0) : 0));
    best.push(1 + Math.max(0, ...before));
  }
  return Math.max(0, ...best);
}
