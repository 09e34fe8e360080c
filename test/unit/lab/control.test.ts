import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { scenarios } from '../../lab/scenarios.ts';
import { getFolder, inbox, LabClient } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';

describe('control', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start({ latencyMs: 20 });
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const patch = (document: unknown): Promise<Reply> =>
    client.send(client.lab.description.control, { method: 'PATCH', body: JSON.stringify(document) });
  const metadata = (): Promise<Reply> =>
    client.send(
      `${client.lab.description.authority}/${client.lab.description.tenant.id}/v2.0/.well-known/openid-configuration`,
    );

  it('changes the state while the lab runs, and goes back to what it was started with', async () => {
    assert.equal((await patch({ entra: { tenant: 'absent' }, latencyMs: 0 })).status, 200);
    assert.equal((await metadata()).status, 400);
    await client.send(client.lab.description.control, { method: 'DELETE' });
    assert.equal((await metadata()).status, 200);
    const state: unknown = JSON.parse((await client.send(client.lab.description.control)).body);
    assert.ok(typeof state === 'object' && state !== null && 'latencyMs' in state);
    assert.equal(state.latencyMs, 20);
  });

  it('names the key that it does not know, and changes nothing then', async () => {
    const reply = await patch({ latencyMs: 7, ews: { enabledd: false } });
    assert.equal(reply.status, 400);
    assert.match(reply.body, /ews\.enabledd/);
    assert.match((await client.send(client.lab.description.control)).body, /"latencyMs":20/);
    assert.equal((await client.send(client.lab.description.control, { method: 'PATCH', body: '{' })).status, 400);
  });

  it('takes every scenario by its name', async () => {
    for (const { name } of scenarios) {
      if (['self-signed', 'wrong-host', 'expired-certificate'].includes(name)) continue; // They shut this client out.
      assert.equal((await patch({ scenario: name })).status, 200, name);
      client.lab.reset();
    }
    assert.match((await patch({ scenario: 'nonsense' })).body, /unknown scenario/);
  });

  it('delays answers by the latency, but not its own', async () => {
    client.lab.patch({ latencyMs: 150 });
    await metadata();
    await client.send(client.lab.description.control);
    const [logged, ...more] = client.lab.requests();
    assert.ok((logged?.ms ?? 0) >= 149);
    assert.equal(more.length, 0);
  });

  it('logs what was asked without tokens, secrets or bodies', async () => {
    const token = await client.appToken();
    const user = client.user(1);
    await client.userToken(user);
    await client.ews(token, getFolder(inbox), user.email, { 'user-agent': 'Tester/1.0' });
    const log = (await client.send(`${client.lab.description.control}/requests`)).body;
    assert.match(log, /"operation":"token"/);
    assert.match(log, /"operation":"GetFolder","userAgent":"Tester\/1.0"/);
    for (const secret of [token, client.app('Migration').secret ?? '-', user.password, 'DistinguishedFolderId']) {
      assert.ok(!log.includes(secret));
    }
    assert.match((await client.send(client.lab.description.control)).body, /"requests":\[\{/);
  });
});
