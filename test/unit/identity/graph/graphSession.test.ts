import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { AnswerError } from '../../../../src/ews/transport/answer.ts';
import { TransportError } from '../../../../src/ews/transport/transportError.ts';
import { GraphError } from '../../../../src/identity/graph/graphError.ts';
import { TenantApps } from '../../../../src/identity/registration/tenantApps.ts';
import { consentRight, organizationOf } from '../../../../src/identity/registration/administrator.ts';
import { appPlan } from '../../../../src/identity/registration/appPlan.ts';
import { RegistrationBench } from '../../support/registrationBench.ts';

describe('A session with Microsoft Graph', () => {
  let bench: RegistrationBench;
  let waits: number[];
  before(async () => {
    bench = await RegistrationBench.open();
  });
  beforeEach(() => {
    bench.lab.reset();
    waits = [];
  });
  after(() => bench.close());

  const session = () =>
    bench.graph((ms) => {
      waits.push(ms);
      return Promise.resolve();
    });
  const apps = async (): Promise<TenantApps> => new TenantApps(await session());
  const failure = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => assert.fail('It did not fail.'),
      (error: unknown) => error,
    );

  for (const status of [429, 503] as const) {
    it(`asks again after HTTP ${status}, when it is told to`, async () => {
      bench.lab.patch({
        graph: { fail: [{ operation: 'listApplications', status, retryAfterSeconds: 7, times: 2 }] },
      });
      assert.deepEqual(await (await apps()).named('Exchange Migration'), []);
      assert.deepEqual(waits, [7000, 7000]);
    });
  }

  it('gives up after the fifth time, and says what Graph said', async () => {
    bench.lab.patch({ graph: { fail: [{ operation: 'listApplications', status: 429, retryAfterSeconds: 3600 }] } });
    const error = await failure((await apps()).named('x'));
    assert.ok(error instanceof GraphError);
    assert.equal(error.evidence.status, 429);
    assert.ok(error.evidence.requestId !== '');
    assert.deepEqual(waits, [60_000, 60_000, 60_000, 60_000]);
  });

  it('waits for no answer for ever', async () => {
    bench.lab.patch({ faults: [{ service: 'graph', kind: 'hang', times: 1 }] });
    const graph = await bench.graph(() => Promise.resolve(), 200);
    const error = await failure(new TenantApps(graph).named('x'));
    assert.ok(error instanceof TransportError && error.reason === 'timeout', String(error));
  });

  it('does not create twice what may have been created', async () => {
    bench.lab.patch({ graph: { fail: [{ operation: 'createApplication', status: 503, times: 1 }] } });
    assert.ok((await failure((await apps()).create(appPlan('a', [])))) instanceof GraphError);
    assert.deepEqual(waits, []);
  });

  it('sends nothing again that must be done once, though a kept connection was closed', async () => {
    const directory = await apps();
    await directory.named('x');
    bench.lab.patch({ faults: [{ service: 'graph', operation: 'createApplication', kind: 'reset', times: 1 }] });
    const error = await failure(directory.create(appPlan('a', [])));
    assert.ok(error instanceof TransportError && error.reason === 'reset', String(error));
    assert.equal(bench.lab.requests().filter(({ operation }) => operation === 'createApplication').length, 1);
  });

  it('keeps of a refusal its code, its details and its request', async () => {
    const directory = await apps();
    const error = await failure(directory.createPrincipal('00000000-0000-4000-8000-000000000000'));
    assert.ok(error instanceof GraphError);
    assert.deepEqual(error.evidence.codes, ['Request_BadRequest', 'NoBackingApplicationObject']);
    assert.equal(error.evidence.operation, 'createServicePrincipal');
  });

  it('takes a page in place of an answer for what it is', async () => {
    bench.lab.patch({ faults: [{ service: 'graph', kind: 'html', times: 1 }] });
    const error = await failure((await apps()).named('x'));
    assert.ok(error instanceof AnswerError && error.reason === 'html', String(error));
  });

  it('finds names with quotes', async () => {
    const directory = await apps();
    const created = await directory.create({ ...appPlan('a', []), displayName: "O'Neill & Söhne + 1" });
    assert.deepEqual(
      (await directory.named("O'Neill & Söhne + 1")).map(({ id }) => id),
      [created.id],
    );
  });

  for (const [role, right] of [
    ['globalAdministrator', 'all'],
    ['applicationAdministrator', 'allButGraph'],
    ['user', 'none'],
  ] as const) {
    it(`knows what a ${role} may consent to`, async () => {
      bench.lab.patch({ graph: { role } });
      assert.equal(await consentRight(await session()), right);
    });
  }

  it('does without what an account may not read', async () => {
    bench.lab.patch({
      graph: {
        fail: [
          { operation: 'memberOf', status: 403 },
          { operation: 'organization', status: 403 },
        ],
      },
    });
    const graph = await session();
    assert.equal(await consentRight(graph), 'unknown');
    assert.equal(await organizationOf(graph), undefined);
  });

  it('names the organization', async () => {
    assert.equal((await organizationOf(await session()))?.id, bench.lab.description.tenant.id);
  });
});
