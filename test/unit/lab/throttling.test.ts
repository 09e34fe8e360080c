import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { codeOf, getFolder, inbox, LabClient } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';

describe('throttling', () => {
  let client: LabClient;
  let token: string;
  before(async () => {
    client = await LabClient.start();
    token = await client.appToken();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());
  const ask = (): Promise<Reply> => client.ews(token, getFolder(inbox), client.user(1).email);

  it('is a fault with the time to wait, as often as it was set, and then over', async () => {
    client.lab.patch({ ews: { busy: { form: 'serverBusy', times: 2, backOffMs: 1_234, retryAfterSeconds: 2 } } });
    for (const reply of [await ask(), await ask()]) {
      assert.equal(reply.status, 500);
      assert.equal(codeOf(reply), 'ErrorServerBusy');
      assert.match(reply.body, /<t:Value Name="BackOffMilliseconds">1234<\/t:Value>/);
      assert.equal(reply.headers['retry-after'], '2');
    }
    assert.equal((await ask()).status, 200);
  });

  it('takes over nothing from the throttling before it', async () => {
    client.lab.patch({ ews: { busy: { form: 'serverBusy', times: 1, backOffMs: 1_234 } } });
    await ask();
    client.lab.patch({ ews: { busy: { form: 'serverBusy' } } });
    for (const reply of [await ask(), await ask()]) {
      assert.equal(codeOf(reply), 'ErrorServerBusy');
      assert.ok(!reply.body.includes('BackOffMilliseconds'));
    }
  });

  it('can be plain HTTP', async () => {
    for (const [form, status] of [
      ['http503', 503],
      ['http429', 429],
      ['http401', 401],
    ] as const) {
      client.lab.patch({ ews: { busy: { form, times: 1, retryAfterSeconds: 7 } } });
      const reply = await ask();
      assert.equal(reply.status, status);
      assert.equal(reply.headers['retry-after'], '7');
      assert.equal((await ask()).status, 200);
    }
  });

  it('can hide in an HTTP 200 as an inner error', async () => {
    client.lab.patch({ ews: { busy: { form: 'innerServerBusy', times: 1 } } });
    const reply = await ask();
    assert.equal(reply.status, 200);
    assert.equal(codeOf(reply), 'ErrorInternalServerError');
    assert.match(reply.body, /<t:Value Name="InnerErrorResponseCode">ErrorServerBusy<\/t:Value>/);
  });

  it('can be too many connections or too many synchronisations', async () => {
    client.lab.patch({ ews: { busy: { form: 'connectionCount', times: 1 } } });
    const connections = await ask();
    assert.equal(codeOf(connections), 'ErrorExceededConnectionCount');
    assert.match(connections.body, /<t:Value Name="MaxConcurrencyLimit">27<\/t:Value>/);
    assert.match(connections.body, /Suggested backoff time 0 ms/);
    client.lab.patch({ ews: { busy: { form: 'concurrentSync', times: 1 } } });
    assert.match((await ask()).body, /ErrorServerBusy.*ConcurrentSyncCalls.*>5000</);
  });
});
