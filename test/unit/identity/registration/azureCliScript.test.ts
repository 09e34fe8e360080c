import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'mocha';
import { openKeyFile } from '../../../../src/identity/certificate/openKeyFile.ts';
import { clouds } from '../../../../src/identity/clouds.ts';
import { appPlan, extras } from '../../../../src/identity/registration/appPlan.ts';
import { azureCliScript } from '../../../../src/identity/registration/azureCliScript.ts';
import type { ScriptPlace } from '../../../../src/identity/registration/scriptPlace.ts';
import { exchangeApi, graphApi } from './support/azureCliStandIn.ts';
import { hostileTexts } from './support/hostileTexts.ts';
import { filesOf, passphrase, useScriptMachine } from './support/scriptMachine.ts';
import type { ScriptMachine } from './support/scriptMachine.ts';

const least = appPlan('attempt', []);
const plan = appPlan('attempt', extras);
const place: ScriptPlace = {
  cloud: 'worldwide',
  tenant: 'contoso.com',
  graph: 'https://graph.microsoft.com',
  authority: 'https://login.microsoftonline.com',
};
const elsewhere: ScriptPlace = { ...place, cloud: 'custom', authority: 'https://login.example:8443' };

describe('registration as an Azure CLI script', () => {
  const newMachine = useScriptMachine();
  before(function () {
    if (process.platform !== 'linux') this.skip(); // The terminal is util-linux's script; on Windows there is no bash.
  });

  const keyFileOf = (machine: ScriptMachine): string => path.join(machine.home, 'exchange-migration-client-1.pem');

  it('is a script that bash accepts, in every cloud and with any name', () => {
    const places = clouds.map(({ id, login, graph }) => ({
      ...place,
      cloud: id,
      graph: `https://${graph}`,
      authority: `https://${login}`,
    }));
    const scripts = [...places, elsewhere].map((one) => azureCliScript(plan, one));
    const odd = hostileTexts.map((text) => azureCliScript({ ...plan, displayName: text }, { ...place, tenant: text }));
    for (const script of [...scripts, ...odd]) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    }
  });

  it('creates each thing once, and says what to enter in the wizard', async () => {
    const machine = await newMachine();
    const { code, output } = await machine.run(azureCliScript(plan, place));
    assert.equal(code, 0, output);
    const { app, assignments } = machine.az.state;
    assert.equal(app?.displayName, 'Exchange Migration');
    assert.deepEqual(app.tags, plan.tags);
    assert.deepEqual(
      app.requiredResourceAccess.flatMap((api) => api.resourceAccess.map(({ id }) => `${api.resourceAppId} ${id}`)),
      plan.permissions.map(({ resourceAppId, id }) => `${resourceAppId} ${id}`),
    );
    assert.deepEqual(
      assignments,
      plan.permissions.map(({ resourceAppId, id }) => ({
        principalId: 'own-principal',
        resourceId: resourceAppId === exchangeApi ? 'exchange-principal' : 'graph-principal',
        appRoleId: id,
      })),
    );
    assert.match(output, /Client ID: +client-1\r?\n/);
    assert.match(output, /Tenant: +tenant-id\r?\n/);
    assert.ok(output.includes(keyFileOf(machine)));
  });

  it('changes nothing and asks for nothing when it is run again', async () => {
    const machine = await newMachine();
    await machine.run(azureCliScript(plan, place));
    const before = structuredClone(machine.az.state);
    const { writes } = machine.az;
    const { code, output, prompts } = await machine.run(azureCliScript(plan, place));
    assert.equal(code, 0, output);
    assert.equal(prompts, 0);
    assert.deepEqual(machine.az.state, before);
    assert.deepEqual(machine.az.writes, writes);
    assert.equal(machine.az.calls.filter(([verb]) => verb === 'login').length, 1);
  });

  it('makes a certificate for as long as the plan says, whose key only the passphrase opens', async () => {
    const machine = await newMachine();
    await machine.run(azureCliScript({ ...least, months: 6 }, place));
    const file = readFileSync(keyFileOf(machine));
    assert.equal(statSync(keyFileOf(machine)).mode & 0o777, 0o600);
    assert.throws(() => openKeyFile(file, '', new Date()), { reason: 'passphraseNeeded' });
    assert.throws(() => openKeyFile(file, 'another', new Date()), { reason: 'wrongPassphrase' });
    const { certificate } = openKeyFile(file, passphrase, new Date());
    const { publicKey, validToDate, validFromDate, raw } = new X509Certificate(certificate);
    assert.equal(publicKey.asymmetricKeyDetails?.modulusLength, 3072);
    assert.equal((validToDate.getTime() - validFromDate.getTime()) / 86_400_000, 182);
    assert.deepEqual(
      machine.az.state.app?.keyCredentials.map(({ key }) => key),
      [raw.toString('base64')],
    );
    assert.ok(!JSON.stringify(machine.az.calls).includes(passphrase));
  });

  it('adds its certificate to those that the app has', async () => {
    const machine = await newMachine();
    await machine.run(azureCliScript(least, place));
    const [first] = machine.az.state.app?.keyCredentials ?? [];
    unlinkSync(keyFileOf(machine));
    await machine.run(azureCliScript(least, place));
    const keys = machine.az.state.app?.keyCredentials ?? [];
    assert.equal(keys.length, 2);
    assert.deepEqual(keys[0], first);
  });

  it('adds the permissions that an app lacks to those that it has', async () => {
    const other = { resourceAppId: 'another-api', resourceAccess: [{ id: 'another-role', type: 'Role' }] };
    const scope = { resourceAppId: graphApi, resourceAccess: [{ id: 'a-scope', type: 'Scope' }] };
    const app = { keyCredentials: [], requiredResourceAccess: [other, scope] };
    const machine = await newMachine({ app });
    const wanted = appPlan('attempt', ['listMailboxes']);
    await machine.run(azureCliScript(wanted, place));
    const [reading, listing] = wanted.permissions.map(({ id }) => ({ id, type: 'Role' }));
    assert.deepEqual(machine.az.state.app?.requiredResourceAccess, [
      other,
      { resourceAppId: exchangeApi, resourceAccess: [reading] },
      { resourceAppId: graphApi, resourceAccess: [...scope.resourceAccess, listing] },
    ]);
    assert.equal(machine.az.writes.filter((write) => write === 'post applications').length, 0);
  });

  it('waits while the new app is not known everywhere', async () => {
    const machine = await newMachine({ spreading: 2 });
    const { code, output } = await machine.run(azureCliScript(least, place));
    assert.equal(code, 0, output);
    assert.equal(await machine.waits(), 2);
    assert.equal(output.match(/Waiting until/g)?.length, 1);
  });

  it('takes a refusal at its word, says it, and leaves no file behind', async () => {
    const machine = await newMachine({ refuses: true });
    const { code, output } = await machine.run(azureCliScript(least, place));
    assert.notEqual(code, 0);
    assert.match(output, /Authorization_RequestDenied/);
    assert.equal(await machine.waits(), 0);
    assert.deepEqual(await filesOf(machine), []);
    assert.deepEqual(machine.az.state.assignments, []);
  });

  it('says which API the tenant does not have', async () => {
    const machine = await newMachine({ principals: { [graphApi]: 'graph-principal' } });
    const { code, output } = await machine.run(azureCliScript(least, place));
    assert.notEqual(code, 0);
    assert.match(output, /does not have the API of full_access_as_app/);
  });

  it('asks in the cloud of the tenant and puts back the one that was in use', async () => {
    const graph = 'https://dod-graph.microsoft.us';
    const dod: ScriptPlace = { ...place, cloud: 'dod', graph, authority: 'https://login.microsoftonline.us' };
    const machine = await newMachine({ graph });
    const { code, output } = await machine.run(azureCliScript(least, dod));
    assert.equal(code, 0, output);
    const set = machine.az.calls.filter(([group, verb]) => group === 'cloud' && verb === 'set').map((call) => call[3]);
    assert.deepEqual(set, ['AzureUSGovernment', 'AzureCloud']);
    assert.equal(machine.az.state.cloud, 'AzureCloud');
  });

  it('finds a cloud of the house by its sign-in service', async () => {
    const machine = await newMachine({ otherClouds: ['login.example:8443'] });
    const { code, output } = await machine.run(azureCliScript(least, elsewhere));
    assert.equal(code, 0, output);
    assert.ok(machine.az.calls.some((call) => call.includes('Cloud of login.example:8443')));
  });

  it('says that Azure CLI does not know the cloud', async () => {
    const machine = await newMachine();
    const { code, output } = await machine.run(azureCliScript(least, elsewhere));
    assert.notEqual(code, 0);
    assert.match(output, /does not know the cloud of login\.example:8443/);
    assert.deepEqual(machine.az.writes, []);
  });

  it('uses the sign-in to this tenant, and no other', async () => {
    const there = await newMachine({ signedIn: 'contoso.com' });
    await there.run(azureCliScript(least, place));
    assert.ok(!there.az.calls.some(([verb]) => verb === 'login'));
    there.az.state.signedIn = 'fabrikam.com';
    await there.run(azureCliScript(least, place));
    assert.equal(there.az.calls.filter(([verb]) => verb === 'login').length, 1);
  });

  it('takes names with quotes, commands and line breaks as names', async () => {
    const displayName = hostileTexts.join(' ');
    const tenant = hostileTexts.filter((text) => !text.includes('\n')).join(' ');
    const machine = await newMachine();
    const { code, output } = await machine.run(
      azureCliScript({ ...least, displayName, tags: hostileTexts }, { ...place, tenant }),
    );
    assert.equal(code, 0, output);
    assert.equal(machine.az.state.app?.displayName, displayName);
    assert.deepEqual(machine.az.state.app.tags, hostileTexts);
    assert.equal(machine.az.state.signedIn, tenant);
    assert.deepEqual(await filesOf(machine), ['exchange-migration-client-1.pem']);
  });
});
