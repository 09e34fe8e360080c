import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { until } from '../support/until.ts';
import { codeOf, getFolder, inbox, soap } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';
import { basic, OnPremisesClient } from './support/onPremisesClient.ts';
import type { Connection } from './support/onPremisesClient.ts';

const body = soap(getFolder(inbox), '');
const reception = 'reception@contoso-lab.example';
const large = body.replace('</soap:Body>', `${' '.repeat(200_000)}</soap:Body>`);

describe('limits on premises', () => {
  let client: OnPremisesClient;
  before(async () => {
    client = await OnPremisesClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.server.reset());

  describe('of a request', () => {
    const chunked = { 'transfer-encoding': 'chunked' };
    const send = (connection: Connection, text = large, headers = {}): Promise<Reply> =>
      connection.send(text, basic(client.account('Reception')), headers);

    it('are 64 MiB, or what is set', async () => {
      assert.equal((await send(client.connect())).status, 200);
      client.server.patch({ requestLimit: { bytes: Buffer.byteLength(large), rest: 'read' } });
      assert.equal((await send(client.connect())).status, 200, 'just not too large');
      client.server.patch({ requestLimit: { bytes: Buffer.byteLength(large) - 1 } });
      assert.equal((await send(client.connect())).status, 404);
    });

    it("are held to by IIS's filter before anybody signs in, with its page", async () => {
      client.server.patch({ requestLimit: { bytes: 1_000, rest: 'read' } });
      const connection = client.connect();
      const refused = await connection.send(large);
      assert.equal(refused.status, 404);
      assert.equal(refused.headers['content-type'], 'text/html');
      assert.match(refused.body, /404 - File or directory not found/);
      assert.equal((await send(connection, body)).status, 200, 'the connection goes on');
    });

    it('can be answered by 413 and 507, too', async () => {
      for (const answer of [413, 507] as const) {
        client.server.patch({ requestLimit: { bytes: 1_000, rest: 'read', answer } });
        const refused = await send(client.connect());
        assert.deepEqual([refused.status, refused.body], [answer, '']);
      }
    });

    it('cut the connection without reading the rest', async () => {
      client.server.patch({ requestLimit: { bytes: 1_000, answer: 507 } });
      // A client that waits for leave to send gets the answer for certain; one that just sends may be cut off before.
      const refused = await send(client.connect(), large, { expect: '100-continue' });
      assert.equal(refused.status, 507);
      assert.equal(refused.headers.connection, 'close');
      assert.equal(client.server.requests().at(-1)?.operation, null, 'nobody has read it');
    });

    it('are noticed while reading what does not tell its length', async () => {
      client.server.patch({ requestLimit: { bytes: 1_000 } });
      assert.equal((await send(client.connect(), large, chunked)).status, 413);
      assert.equal((await send(client.connect(), body, chunked)).status, 200);
    });
  });

  it('tell a client that asks before it sends whether it may', async () => {
    const connection = client.connect();
    const expect = { expect: '100-continue' };
    assert.equal((await connection.send(large, undefined, expect)).status, 401, 'without a word of the body');
    assert.equal(client.server.requests().at(-1)?.operation, null);
    assert.equal((await client.connect().send(large, basic(client.account('Reception')), expect)).status, 200);
  });

  describe('of the throttling policy', () => {
    const ask = (name = 'Reception', impersonate = ''): Promise<Reply> =>
      client.connect().send(soap(getFolder(inbox), impersonate), basic(client.account(name)));

    /** Sends requests that stay under way. @returns ends them all */
    const hold = async (
      ...requests: readonly (readonly [name: string, impersonate: string])[]
    ): Promise<() => void> => {
      client.server.patch({ faults: [{ service: 'ews', kind: 'hang', times: requests.length }] });
      const connections = requests.map(([name, impersonate]) => {
        const connection = client.connect();
        const text = soap(getFolder(inbox), impersonate).replace('Exchange2016', 'Exchange2010_SP1');
        connection.send(text, basic(client.account(name))).catch(() => undefined);
        return connection;
      });
      const open = (): number => client.server.requests().filter(({ ms }) => ms === null).length;
      await until('they are under way', () => open() === requests.length);
      return () => {
        for (const connection of connections) connection.close();
      };
    };

    it('are of how many requests are under way at once, for each account', async () => {
      client.server.patch({ throttling: { ewsMaxConcurrency: 2 } });
      const end = await hold(['Reception', ''], ['Reception', '']);
      const refused = await ask();
      assert.equal(refused.status, 500);
      assert.equal(codeOf(refused), 'ErrorExceededConnectionCount');
      assert.match(refused.body, /<t:Value Name="MaxConcurrencyLimit">2<\/t:Value>/);
      assert.equal(codeOf(await ask('Accounting')), 'NoError', 'others are not concerned');
      end();
      await until('they are over', () => client.server.requests().every(({ ms }) => ms !== null));
      assert.equal(codeOf(await ask()), 'NoError', 'afterwards');
    });

    it('are those of the impersonated mailbox, and on servers of 2010 those of who impersonates', async () => {
      client.server.patch({ throttling: { ewsMaxConcurrency: 1 } });
      const other = 'accounting@contoso-lab.example';
      const askOld = (): Promise<Reply> =>
        client
          .connect()
          .send(
            soap(getFolder(inbox), other).replace('Exchange2016', 'Exchange2010_SP1'),
            basic(client.account('Migration')),
          );
      let end = await hold(['Migration', reception]);
      assert.equal(codeOf(await askOld()), 'NoError');
      assert.equal(codeOf(await ask('Migration', reception)), 'ErrorExceededConnectionCount');
      end();
      client.server.reset();
      client.server.patch({ throttling: { ewsMaxConcurrency: 1 }, version: '2010SP3' });
      end = await hold(['Migration', reception]);
      assert.equal(codeOf(await askOld()), 'ErrorExceededConnectionCount');
      end();
    });

    it("are of the server's time, and tell how long to wait until it is recharged", async () => {
      // Each request costs an hour's worth of the budget; a second one is too much.
      client.server.patch({ throttling: { costMs: 900_000, ewsMaxBurst: 0, ewsCutoffBalance: 1_000_000 } });
      assert.equal(codeOf(await ask()), 'NoError');
      assert.equal(codeOf(await ask()), 'NoError', 'owing less than the cut-off');
      const busy = await ask();
      assert.equal(codeOf(busy), 'ErrorServerBusy');
      const wait = Number(/Name="BackOffMilliseconds">(\d+)</.exec(busy.body)?.[1]);
      assert.ok(wait > 7_100_000 && wait < 7_300_000, `two hours, not ${wait} ms`);
      assert.equal(codeOf(await ask('Accounting')), 'NoError', 'others are not concerned');
      client.server.patch({ clockSkewSeconds: 2 * 3_600 });
      assert.equal(codeOf(await ask()), 'ErrorServerBusy', 'the refused request has cost, too');
      client.server.patch({ clockSkewSeconds: 10 * 3_600 });
      assert.equal(codeOf(await ask()), 'NoError');
    });

    it('do not concern an account without limits, nor whom it impersonates', async () => {
      client.server.patch({
        throttling: { ewsMaxConcurrency: 0, ewsMaxBurst: 0, ewsCutoffBalance: 0, costMs: 1, unlimited: ['migration'] },
      });
      assert.equal(codeOf(await ask('Migration', reception)), 'NoError');
      assert.equal(codeOf(await ask('Migration', reception)), 'NoError');
      assert.equal(codeOf(await ask()), 'ErrorExceededConnectionCount');
    });
  });
});
