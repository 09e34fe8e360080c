import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { GraphError } from '../../../../src/identity/graph/graphError.ts';
import { appPlan } from '../../../../src/identity/registration/appPlan.ts';
import { AppRegistration, registrationSteps } from '../../../../src/identity/registration/appRegistration.ts';
import type { RegistrationStep } from '../../../../src/identity/registration/appRegistration.ts';
import { NoSuchApiError } from '../../../../src/identity/registration/permissionGrants.ts';
import { NotSpreadError } from '../../../../src/identity/registration/spreading.ts';
import { SignInError } from '../../../../src/identity/signInError.ts';
import { RegistrationBench } from '../../support/registrationBench.ts';

const plan = appPlan('attempt-1', []);
const failed = (error: unknown): unknown => error;

describe('Registering an app', () => {
  let bench: RegistrationBench;
  before(async () => {
    bench = await RegistrationBench.open();
  });
  beforeEach(() => bench.lab.reset());
  after(() => bench.close());

  const requests = (operation: string): number =>
    bench.lab.requests().filter((one) => one.operation === operation && (one.status ?? 0) < 300).length;

  it('creates the app with the one permission that reading mailboxes takes, and waits until it signs in', async () => {
    const steps: RegistrationStep[] = [];
    const registration = new AppRegistration('attempt-1');
    const { app, certificate } = await registration.run(plan, await bench.tools(), (step) => steps.push(step));
    assert.deepEqual(steps, registrationSteps);
    assert.deepEqual(await bench.apps(), [
      { id: app.id, appId: app.appId, certificates: 1, hasPrincipal: true, grants: 1 },
    ]);
    assert.match(certificate.privateKey, /BEGIN PRIVATE KEY/);
    const { own, permissions } = registration.registered;
    assert.ok(own);
    assert.deepEqual(
      permissions.map(({ value }) => value),
      ['full_access_as_app'],
    );
  });

  it('grants what is ticked besides', async () => {
    const registration = new AppRegistration('attempt-1');
    const more = appPlan('attempt-1', ['listMailboxes', 'graphExport']);
    await registration.run(more, await bench.tools(), () => undefined);
    assert.equal((await bench.apps())[0]?.grants, 5);
  });

  const operations = [
    'listApplications',
    'createApplication',
    'getApplication',
    'updateApplication',
    'findServicePrincipal',
    'createServicePrincipal',
    'listAppRoles',
    'assignAppRole',
  ] as const;
  for (const operation of operations) {
    it(`goes on where ${operation} failed, without a second app`, async () => {
      bench.lab.patch({ graph: { fail: [{ operation, status: 500, times: 1 }] } });
      const registration = new AppRegistration('attempt-1');
      const error: unknown = await registration.run(plan, await bench.tools(), () => undefined).catch(failed);
      assert.ok(error instanceof GraphError, String(error));
      assert.deepEqual([error.evidence.status, error.evidence.operation], [500, operation]);
      await registration.run(plan, await bench.tools(), () => undefined);
      const { certificates, hasPrincipal, grants, ...rest } = (await bench.apps())[0] ?? assert.fail('No app.');
      assert.deepEqual([certificates, hasPrincipal, grants], [1, true, 1]);
      assert.equal((await bench.apps()).length, 1, JSON.stringify(rest));
      assert.equal(requests('createApplication'), 1);
    });

    it(`leaves nothing when it is taken back after ${operation} failed`, async () => {
      bench.lab.patch({ graph: { fail: [{ operation, status: 500, times: 1 }] } });
      const registration = new AppRegistration('attempt-1');
      await assert.rejects(
        registration.run(plan, await bench.tools(), () => undefined),
        GraphError,
      );
      await registration.rollBack(await bench.tools());
      assert.deepEqual(await bench.apps(), []);
      assert.deepEqual(registration.registered, {
        ...{ own: false, inDoubt: false, certificate: false, principal: false },
        permissions: [],
      });
    });
  }

  it('finds the app again whose creation was never answered', async () => {
    bench.lab.patch({ faults: [{ service: 'graph', operation: 'createApplication', kind: 'truncated', times: 1 }] });
    const registration = new AppRegistration('attempt-1');
    await assert.rejects(registration.run(plan, await bench.tools(), () => undefined));
    assert.equal(registration.registered.application, undefined);
    await registration.run(plan, await bench.tools(), () => undefined);
    assert.equal((await bench.apps()).length, 1);
  });

  it('takes back an app whose creation was never answered', async () => {
    bench.lab.patch({ faults: [{ service: 'graph', operation: 'createApplication', kind: 'truncated', times: 1 }] });
    const registration = new AppRegistration('attempt-1');
    await assert.rejects(registration.run(plan, await bench.tools(), () => undefined));
    await registration.rollBack(await bench.tools());
    assert.deepEqual(await bench.apps(), []);
  });

  it('waits while what it made spreads through the service', async () => {
    bench.lab.patch({ graph: { replicationSeconds: 20 } });
    const clock = bench.tenantClock();
    await new AppRegistration('attempt-1').run(plan, { ...(await bench.tools()), ...clock }, () => undefined);
    assert.ok(clock.waitedMs() >= 20_000 && clock.waitedMs() < 60_000, String(clock.waitedMs()));
    assert.equal((await bench.apps()).length, 1);
  });

  it('says so after three minutes', async () => {
    bench.lab.patch({ graph: { replicationSeconds: 3600 } });
    let waited = 0;
    const pause = (ms: number): Promise<void> => {
      waited += ms;
      return Promise.resolve();
    };
    const registration = new AppRegistration('attempt-1');
    await assert.rejects(
      registration.run(plan, { ...(await bench.tools()), pause }, () => undefined),
      NotSpreadError,
    );
    assert.ok(waited >= 180_000 && waited < 190_000, String(waited));
    assert.ok(registration.registered.application, 'It is known what stands.');
  });

  it('ends at once where the app may not sign in for another reason', async () => {
    bench.lab.patch({ entra: { app: 'disabled' } });
    const error: unknown = await new AppRegistration('attempt-1')
      .run(plan, await bench.tools(), () => undefined)
      .catch(failed);
    assert.ok(error instanceof SignInError, String(error));
  });

  it('says that the tenant has no Exchange Online', async () => {
    bench.lab.patch({ entra: { exchangeSubscribed: false } });
    await assert.rejects(
      new AppRegistration('attempt-1').run(plan, await bench.tools(), () => undefined),
      NoSuchApiError,
    );
  });

  it('continues with the app of an earlier wizard, and takes back only its own part', async () => {
    await new AppRegistration('attempt-1').run(plan, await bench.tools(), () => undefined);
    const earlier = await bench.apps();
    const second = new AppRegistration('attempt-2');
    const tools = await bench.tools();
    await second.run(
      appPlan('attempt-2', ['listMailboxes']),
      { ...tools, makeKey: (months) => bench.otherKey(months) },
      () => undefined,
    );
    assert.ok(!second.registered.own);
    assert.deepEqual(
      (await bench.apps()).map(({ appId, certificates, grants }) => [appId, certificates, grants]),
      [[earlier[0]?.appId, 2, 2]],
    );
    await second.rollBack(tools);
    assert.deepEqual(await bench.apps(), earlier);
  });

  it('leaves an app alone that only bears the name', async () => {
    const { apps } = await bench.tools();
    const foreign = await apps.create({ ...plan, tags: [] });
    const registration = new AppRegistration('attempt-1');
    const { app } = await registration.run(plan, await bench.tools(), () => undefined);
    assert.notEqual(app.id, foreign.id);
    await registration.rollBack(await bench.tools());
    assert.deepEqual(
      (await bench.apps()).map(({ id, certificates }) => [id, certificates]),
      [[foreign.id, 0]],
    );
  });

  it('ends when it is cancelled, at each step, and what stands can be taken back', async () => {
    for (const step of registrationSteps) {
      const stop = new AbortController();
      const registration = new AppRegistration('attempt-1');
      const run = registration.run(plan, await bench.tools(stop.signal), (now) => {
        if (now === step) stop.abort();
      });
      if (step === 'key') await run.catch(failed);
      else await assert.rejects(run, step);
      await registration.rollBack(await bench.tools());
      assert.deepEqual(await bench.apps(), [], step);
    }
  });
});
