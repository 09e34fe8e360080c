import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { GraphError } from '../../../../src/identity/graph/graphError.ts';
import { grantAccess } from '../../../../src/identity/registration/accessGrant.ts';
import type { RegistrationTools } from '../../../../src/identity/registration/appRegistration.ts';
import { NoSuchAppError, TenantApps } from '../../../../src/identity/registration/tenantApps.ts';
import { readClaims } from '../../../../src/identity/tokenClaims.ts';
import { RegistrationBench } from '../../support/registrationBench.ts';

const role = 'full_access_as_app';

describe('Granting an app that is there the permission to open mailboxes', () => {
  let bench: RegistrationBench;
  let tools: RegistrationTools;
  let clientId: string;
  let clientSecret: string;
  before(async () => {
    bench = await RegistrationBench.open();
  });
  beforeEach(async () => {
    bench.lab.reset();
    tools = await bench.tools();
    const app = bench.lab.description.apps.find(({ name }) => name === 'No permission');
    clientId = app?.clientId ?? '';
    clientSecret = app?.secret ?? '';
  });
  after(() => bench.close());

  const asApp = (): Promise<string> => tools.signIn(clientId, { method: 'appSecret', clientSecret });
  const rolesNow = async (): Promise<readonly string[]> => readClaims(await asApp())?.roles ?? [];
  const grant = (signIn: (() => Promise<string>) | undefined = asApp): Promise<{ readonly inForce: boolean }> =>
    grantAccess(clientId, tools, signIn, () => undefined);
  const told = (operation: string): number => bench.lab.requests().filter((one) => one.operation === operation).length;

  it('lists it in the registration, grants it, and waits until the app’s token carries it', async () => {
    assert.deepEqual(await rolesNow(), []);
    const steps: string[] = [];
    assert.deepEqual(await grantAccess(clientId, tools, asApp, (step) => steps.push(step)), { inForce: true });
    assert.deepEqual(steps, ['permission', 'signIn']);
    assert.deepEqual(await rolesNow(), [role]);
    const app = await tools.apps.withClientId(clientId);
    const listed = app?.requiredResourceAccess.flatMap(({ resourceAccess }) => resourceAccess);
    assert.deepEqual(
      listed?.map(({ type }) => type),
      ['Role'],
    );
  });

  it('grants nothing twice', async () => {
    await grant();
    assert.deepEqual(await grant(), { inForce: true });
    assert.equal(told('assignAppRole'), 1);
    assert.equal(told('updateApplication'), 1);
  });

  it('does without the app’s registration where that is another tenant’s', async () => {
    tools = { ...tools, apps: new AppsOfOthers(await bench.graph(tools.pause)) };
    assert.deepEqual(await grant(), { inForce: true });
    assert.deepEqual(await rolesNow(), [role]);
    assert.equal(told('updateApplication'), 0);
  });

  it('says that the tenant does not know the app, and creates nothing for it', async () => {
    clientId = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
    await assert.rejects(grant(), (error) => error instanceof NoSuchAppError && error.clientId === clientId);
    assert.equal(told('createServicePrincipal'), 0);
  });

  it('says that the account may not consent', async () => {
    bench.lab.patch({ graph: { role: 'user' } });
    await assert.rejects(grant(), (error) => error instanceof GraphError && error.evidence.status === 403);
    assert.deepEqual(await rolesNow(), []);
  });

  it('has granted it though nobody can sign in to see it in force', async () => {
    clientSecret = 'wrong';
    assert.deepEqual(await grant(), { inForce: false });
    await assert.rejects(
      grant(() => Promise.reject(new Error('cancelled'))),
      /cancelled/,
    );
    assert.equal((await grantAccess(clientId, tools, undefined, () => undefined)).inForce, false);
    assert.equal(told('assignAppRole'), 1);
  });

  it('stops waiting when it is not in force after three minutes', async () => {
    const before = await asApp();
    const clock = bench.tenantClock();
    const late = await grantAccess(
      clientId,
      { ...tools, pause: clock.pause },
      () => Promise.resolve(before),
      () => undefined,
    );
    assert.equal(late.inForce, false);
    assert.ok(clock.waitedMs() >= 180_000);
  });
});

/** A tenant that knows the app by its service principal only. */
class AppsOfOthers extends TenantApps {
  override withClientId(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}
