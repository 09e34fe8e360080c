import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'mocha';
import {
  at,
  exchangeAppId,
  fullAccessAsApp,
  graphAppId,
  GraphClient,
  graphToken,
  listed,
  textAt,
  userReadAll,
} from './support/graphClient.ts';
import type { GraphReply } from './support/graphClient.ts';
import { LabClient } from './support/labClient.ts';

const guid = /^[0-9a-f-]{36}$/;

describe('access to Graph', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const withToken = (token: string) => new GraphClient(client, token);
  const asUser = async (scopes?: readonly string[], index = 0) =>
    withToken(await graphToken(client, scopes, client.user(index)));
  const refusal = ({ status, json }: GraphReply) => [status, at(json, 'error', 'code')];
  const message = ({ json }: GraphReply) => textAt(json, 'error', 'message');

  it('explains a refusal in the form of the real service', async () => {
    const id = randomUUID();
    const reply = await withToken('').get('/me', { 'client-request-id': id });
    assert.deepEqual(refusal(reply), [401, 'InvalidAuthenticationToken']);
    assert.match(textAt(reply.json, 'error', 'innerError', 'date'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    assert.match(textAt(reply.json, 'error', 'innerError', 'request-id'), guid);
    assert.equal(at(reply.json, 'error', 'innerError', 'client-request-id'), id);
    assert.equal(reply.headers['client-request-id'], id);
    assert.equal(reply.headers['request-id'], at(reply.json, 'error', 'innerError', 'request-id'));
    assert.ok(at(JSON.parse(String(reply.headers['x-ms-ags-diagnostic'])), 'ServerInfo', 'DataCenter'));
    assert.match(String(reply.headers['www-authenticate']), /^Bearer .*authorization_uri="https:/);
  });

  it('wants a token that is whole, signed by the tenant, for Graph and not too old', async () => {
    const token = await graphToken(client);
    const said = async (value: string) => message(await withToken(value).get('/me'));
    assert.match(await said('nonsense'), /not well formed/);
    assert.match(await said(`${token.slice(0, token.lastIndexOf('.'))}.AAAA`), /signature/);
    assert.match(await said(await client.appToken()), /Invalid audience/);
    client.lab.patch({ clockSkewSeconds: 7_200 });
    assert.match(await said(token), /expired/);
  });

  it('asks each operation for its permission', async () => {
    const graph = await asUser(['User.Read']);
    assert.equal((await graph.get('/me')).status, 200);
    const denied = [
      await graph.get('/applications'),
      await graph.get('/users'),
      await graph.send('POST', '/applications', { displayName: 'x' }),
      await (await asUser(['Application.Read.All'])).send('POST', '/applications', { displayName: 'x' }),
    ];
    for (const reply of denied) assert.deepEqual(refusal(reply), [403, 'Authorization_RequestDenied']);
    const { id, appId } = await (await asUser()).createApp('x');
    assert.match(id, guid);
    const writer = await asUser(['Application.ReadWrite.All']);
    const principal = await writer.createPrincipal(appId);
    assert.equal((await writer.grant(principal, exchangeAppId, fullAccessAsApp)).status, 403);
  });

  it('lets only administrators change apps', async () => {
    const user = await asUser(undefined, 1);
    assert.equal((await user.get('/applications')).status, 200);
    assert.equal((await user.send('POST', '/applications', { displayName: 'x' })).status, 403);
    client.lab.patch({ graph: { role: 'user' } });
    const former = await asUser();
    assert.equal((await former.send('POST', '/applications', { displayName: 'x' })).status, 403);
    assert.ok(!(await former.get('/me/memberOf')).body.includes('directoryRole'));
  });

  it('lets an Application Administrator grant everything but permissions of Graph', async () => {
    client.lab.patch({ graph: { role: 'applicationAdministrator' } });
    const graph = await asUser();
    const roles = listed(await graph.get('/me/transitiveMemberOf/microsoft.graph.directoryRole'));
    assert.deepEqual(
      roles.map((role) => at(role, 'roleTemplateId')),
      ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'],
    );
    const principal = await graph.createPrincipal((await graph.createApp('x')).appId);
    assert.equal((await graph.grant(principal, exchangeAppId, fullAccessAsApp)).status, 201);
    assert.equal((await graph.grant(principal, graphAppId, userReadAll)).status, 403);
    client.lab.patch({ graph: { role: 'globalAdministrator' } });
    assert.equal((await graph.grant(principal, graphAppId, userReadAll)).status, 201);
  });

  it('lets an app do what it was granted, but it is nobody', async () => {
    const graph = await asUser();
    const { id, appId } = await graph.createApp('Reader');
    await graph.grant(await graph.createPrincipal(appId), graphAppId, userReadAll);
    const { json } = await graph.send('POST', `/applications/${id}/addPassword`, {
      passwordCredential: { displayName: 'first' },
    });
    const reply = await client.token({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: textAt(json, 'secretText'),
      scope: 'https://graph.microsoft.com/.default',
    });
    const app = withToken(textAt(JSON.parse(reply.body), 'access_token'));
    assert.equal((await app.get('/users')).status, 200);
    assert.equal((await app.get('/applications')).status, 403);
    assert.match(message(await app.get('/me')), /delegated/);
  });

  it('lets a named operation fail as often as it is told', async () => {
    client.lab.patch({
      graph: {
        fail: [
          { operation: 'createApplication', status: 429, retryAfterSeconds: 7, times: 1 },
          { operation: 'me', status: 503 },
          { operation: 'users', status: 400, code: 'Directory_QuotaExceeded', message: 'Too many objects.' },
        ],
      },
    });
    const graph = await asUser();
    const throttled = await graph.send('POST', '/applications', { displayName: 'x' });
    assert.deepEqual(refusal(throttled), [429, 'TooManyRequests']);
    assert.equal(throttled.headers['retry-after'], '7');
    assert.equal((await graph.send('POST', '/applications', { displayName: 'x' })).status, 201);
    assert.equal((await graph.get('/me')).status, 503);
    const quota = await graph.get('/users');
    assert.deepEqual(refusal(quota), [400, 'Directory_QuotaExceeded']);
    assert.equal(message(quota), 'Too many objects.');
  });

  it('refuses what it does not know', async () => {
    const graph = await asUser();
    assert.match(message(await graph.get('/groupz')), /segment 'groupz'/);
    assert.equal((await graph.send('PUT', '/applications')).status, 405);
    assert.deepEqual(refusal(await graph.get(`/applications/${randomUUID()}`)), [404, 'Request_ResourceNotFound']);
    assert.deepEqual(refusal(await graph.get('/applications/x')), [400, 'Request_BadRequest']);
    assert.equal((await graph.get('/%E0%A4%A')).status, 400);
  });

  it('logs the operation and nothing of what was sent', async () => {
    const graph = await asUser();
    const { id } = await graph.createApp('Secret name');
    await graph.get("/users?$filter=startswith(displayName,'Recep')");
    const { json } = await graph.send('POST', `/applications/${id}/addPassword`, {});
    const log = JSON.stringify(client.lab.requests());
    for (const hidden of ['Secret name', 'Recep', textAt(json, 'secretText')]) assert.ok(!log.includes(hidden));
    const operations = client.lab.requests().map(({ operation }) => operation);
    assert.deepEqual(operations, ['token', 'createApplication', 'users', 'addPassword']);
    assert.equal(client.lab.requests()[1]?.appId, client.app('Public client').clientId);
  });
});
