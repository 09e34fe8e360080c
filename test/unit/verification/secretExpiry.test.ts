import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { ConnectionSecret } from '../../../src/connections/secret.ts';
import type { VerificationRecord } from '../../../src/verification/verification.ts';
import { GraphClient, graphAppId, graphToken, textAt } from '../lab/support/graphClient.ts';
import { LabClient } from '../lab/support/labClient.ts';
import { VerificationBench } from '../support/verificationBench.ts';
import type { RunOptions } from '../support/verificationBench.ts';

const applicationReadAll = '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30';
const day = 86_400_000;

describe('The end of a client secret', () => {
  let bench: VerificationBench;
  let graph: GraphClient;
  before(async () => {
    bench = await VerificationBench.open();
    const client = new LabClient(bench.lab);
    graph = new GraphClient(client, await graphToken(client));
  });
  beforeEach(() => bench.lab.reset());
  after(() => bench.close());

  /** Lets the app read registrations. */
  async function permit(): Promise<void> {
    const { status, body } = await graph.grant(
      await graph.principalOf(bench.app.clientId),
      graphAppId,
      applicationReadAll,
    );
    assert.equal(status, 201, body);
  }

  /** By the addresses of the worldwide cloud's resources: the lab's own address is Exchange's. */
  function run(options: RunOptions = {}): Promise<VerificationRecord> {
    const { authority, ews, graph: address } = bench.lab.description;
    const endpoints = { authority, ews: new URL(ews).origin, graph: new URL(address).origin };
    return bench.run({ settings: { cloud: 'worldwide', endpoints }, ...options });
  }

  /** @param days until it ends */
  async function newSecret(days: number): Promise<ConnectionSecret> {
    const endDateTime = new Date(Date.now() + days * day).toISOString();
    const path = `/applications(appId='${bench.app.clientId}')/addPassword`;
    const { json, status, body } = await graph.send('POST', path, { passwordCredential: { endDateTime } });
    assert.equal(status, 200, body);
    return { method: 'appSecret', clientSecret: textAt(json, 'secretText') };
  }

  const permissions = (record: VerificationRecord): VerificationRecord['checks'][number] =>
    record.checks.find(({ id }) => id === 'permissions') ?? assert.fail('The check did not run.');

  it('is read from Graph where the app may, and warned of when it is near', async () => {
    await permit();
    const record = await run({ secret: await newSecret(20.5) });
    assert.equal(record.outcome, 'warning');
    const [finding] = permissions(record).findings;
    assert.equal(finding?.code, 'secret-ends-soon');
    assert.match(finding.title, /in 20 days/);
    const days = (Date.parse(record.secretEnds ?? '') - Date.now()) / day;
    assert.ok(days > 20 && days < 21, String(record.secretEnds));
  });

  it('is known and no finding while it is far', async () => {
    await permit();
    const record = await run({ secret: await newSecret(200) });
    assert.equal(record.outcome, 'passed');
    assert.notEqual(record.secretEnds, undefined);
  });

  it('is not asked for where the app may not', async () => {
    const record = await run();
    assert.equal(record.outcome, 'passed');
    assert.equal(record.secretEnds, undefined);
    assert.equal(bench.lab.requests().filter(({ service }) => service === 'graph').length, 0);
  });

  for (const kind of ['hang', 'html', 'reset'] as const) {
    it(`that Graph does not tell (${kind}) fails nothing, and is said`, async () => {
      await permit();
      bench.lab.patch({ faults: [{ service: 'graph', kind }] });
      const record = await run();
      assert.equal(record.outcome, 'passed');
      assert.match(permissions(record).detail, /could not be asked this time/);
    });
  }

  it('that Graph has no time to tell is not waited for, however long it asks to', async () => {
    await permit();
    bench.lab.patch({ graph: { fail: [{ operation: 'getApplication', status: 503, retryAfterSeconds: 60 }] } });
    const record = await run({ deadlineMs: 8_000 });
    assert.equal(record.outcome, 'passed');
    assert.match(permissions(record).detail, /could not be asked this time/);
  });

  it('lets the verification be cancelled while Graph is asked', async () => {
    await permit();
    bench.lab.patch({ faults: [{ service: 'graph', kind: 'hang' }] });
    const stop = new AbortController();
    const record = await run({
      signal: stop.signal,
      onProgress: ({ id, state }) => {
        if (id === 'export' && state === 'done') stop.abort();
      },
    });
    assert.equal(record.outcome, 'cancelled');
    assert.equal(permissions(record).outcome, 'cancelled');
  });
});
