import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { after, afterEach, before, describe, it } from 'mocha';
import { startLab } from '../../lab/lab.ts';
import { LabClient } from './support/labClient.ts';

const discovery = 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration';

describe('the proxy to the clouds', () => {
  let client: LabClient;
  let proxy: URL;
  before(async () => {
    client = await LabClient.start({ proxy: true, items: 0 });
    proxy = new URL(client.lab.description.proxy ?? '');
  });
  afterEach(() => client.lab.reset());
  after(() => client.close());

  /** @returns the status that the proxy answers CONNECT with */
  const connectTo = async (path: string): Promise<number | undefined> => {
    const asked = request({ method: 'CONNECT', host: proxy.hostname, port: proxy.port, path });
    asked.end();
    // The one argument of both that matters here.
    const [answer] = (await Promise.race([once(asked, 'connect'), once(asked, 'response')])) as [IncomingMessage];
    answer.socket.destroy();
    return answer.statusCode;
  };

  it('is not there unless it is asked for', async () => {
    const lab = await startLab({ items: 0 });
    assert.equal(lab.description.proxy, null);
    await lab.close();
  });

  for (const [path, status] of [
    ['login.microsoftonline.com:443', 200],
    ['AUTODISCOVER-S.office365.us:443', 200],
    ['login.microsoftonline.com:80', 403],
    ['microsoftonline.com:443', 403],
    ['login.microsoftonline.com.example:443', 403],
    ['www.example.org:443', 403],
    ['localhost:443', 403],
    ['127.0.0.1:443', 403],
    ['[::1]:443', 403],
  ] as const) {
    it(`answers ${status} to CONNECT ${path}`, async () => assert.equal(await connectTo(path), status));
  }

  it('does not lead to the lab’s own address', async () => {
    assert.equal(await connectTo(new URL(client.lab.description.authority).host), 403);
  });

  it('forwards nothing that is not a tunnel', async () => {
    const asked = request({ host: proxy.hostname, port: proxy.port, path: 'http://login.microsoftonline.com/' });
    asked.end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]; // The event's one argument.
    assert.equal(answer.resume().statusCode, 405);
  });

  it('shows the certificate that the lab shows', async () => {
    assert.equal((await client.send(discovery, { anew: true })).status, 200);
    for (const [tls, code] of [
      ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
      ['wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
      ['expired', 'CERT_HAS_EXPIRED'],
    ] as const) {
      client.lab.patch({ tls });
      await assert.rejects(client.send(discovery, { anew: true }), { code });
    }
  });

  it('hands on that a connection was reset', async () => {
    client.lab.patch({ faults: [{ service: 'entra', kind: 'reset' }] });
    await assert.rejects(client.send(discovery, { anew: true }), { code: 'ECONNRESET' });
  });

  it('logs what went through it as what came directly', async () => {
    client.lab.reset();
    await client.send(discovery);
    const [{ service, operation, status } = {}] = client.lab.requests();
    assert.deepEqual({ service, operation, status }, { service: 'entra', operation: 'discovery', status: 200 });
  });

  it('takes the port it is given, or fails with the lab when that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    await assert.rejects(startLab({ items: 0, proxy: address.port }), { code: 'EADDRINUSE' });
    server.close();
    await once(server, 'close');
    const lab = await startLab({ items: 0, proxy: address.port });
    assert.equal(lab.description.proxy, `http://127.0.0.1:${address.port}`);
    await lab.close();
  });
});
