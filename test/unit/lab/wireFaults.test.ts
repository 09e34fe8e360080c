import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { WireFault } from '../../lab/state.ts';
import { LabClient } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';

describe('faults on the wire', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const metadataUrl = (): string =>
    `${client.lab.description.authority}/${client.lab.description.tenant.id}/v2.0/.well-known/openid-configuration`;
  const metadata = (signal?: AbortSignal): Promise<Reply> => client.send(metadataUrl(), signal ? { signal } : {});
  const play = (kind: WireFault['kind'], more: Partial<WireFault> = {}): void =>
    client.lab.patch({ faults: [{ service: 'entra', kind, times: 1, ...more }] });

  /** Polls a condition that the server reaches by itself. */
  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise(setImmediate);
  }

  it('cuts the connection, once, and says so in the log', async () => {
    play('reset');
    await assert.rejects(metadata(), { code: 'ECONNRESET' });
    await until(() => client.lab.requests()[0]?.ms !== null);
    const [logged] = client.lab.requests();
    assert.deepEqual([logged?.fault, logged?.aborted, logged?.status], ['reset', false, null]);
    assert.equal((await metadata()).status, 200);
  });

  it('breaks an answer off in the middle', async () => {
    play('truncated');
    await assert.rejects(metadata(), { code: 'ECONNRESET' });
  });

  it('never answers, and notices when the client gives up', async () => {
    play('hang');
    const controller = new AbortController();
    const asked = metadata(controller.signal);
    await until(() => client.lab.requests().length === 1);
    controller.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    await until(() => client.lab.requests()[0]?.aborted === true);
    assert.equal(client.lab.requests()[0]?.status, null);
  });

  it('notices too when a client gives up during the latency', async () => {
    client.lab.patch({ latencyMs: 60_000 });
    const controller = new AbortController();
    const asked = metadata(controller.signal);
    await until(() => client.lab.requests().length === 1);
    controller.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    await until(() => client.lab.requests()[0]?.aborted === true);
  });

  it('answers with a page, with garbage, with any status and with redirects', async () => {
    play('html');
    const page = await metadata();
    assert.equal(page.status, 200);
    assert.match(String(page.headers['content-type']), /^text\/html/);
    play('notJson');
    const garbage = await metadata();
    assert.throws(() => JSON.parse(garbage.body) as unknown, SyntaxError);
    play('status', { status: 418 });
    assert.equal((await metadata()).status, 418);
    play('redirectToHttp');
    assert.match(String((await metadata()).headers.location), /^http:\/\/localhost:\d+\/$/);
    play('redirectToOtherHost');
    assert.equal((await metadata()).headers.location, 'https://elsewhere.example/');
  });

  it('streams without end until the client goes away', async () => {
    play('endless');
    const asked = request(metadataUrl(), { ca: readFileSync(client.lab.description.ca) });
    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage]; // The one argument of that event.
    let bytes = 0;
    for await (const chunk of response) {
      bytes += (chunk as Buffer).length; // A stream without encoding gives buffers.
      if (bytes > 2_000_000) break;
    }
    asked.destroy();
    await until(() => client.lab.requests()[0]?.aborted === true);
    assert.ok(bytes > 2_000_000);
  });

  it('concerns only the service and the operation it is set for', async () => {
    client.lab.patch({ faults: [{ service: 'entra', operation: 'token', kind: 'status', status: 502 }] });
    assert.equal((await metadata()).status, 200);
    assert.equal((await client.token({})).status, 502);
  });

  const certificates = [
    ['selfSigned', /SELF_SIGNED|UNABLE_TO_VERIFY|DEPTH_ZERO/],
    ['untrusted', /UNABLE_TO|SELF_SIGNED|CERT_SIGNATURE_FAILURE/],
    ['wrongHost', /ERR_TLS_CERT_ALTNAME_INVALID/],
    ['expired', /CERT_HAS_EXPIRED/],
  ] as const;
  for (const [tls, code] of certificates) {
    it(`shows a certificate that is ${tls} at once, and a good one again after the reset`, async () => {
      const connectAnew = (): Promise<Reply> => client.send(metadataUrl(), { anew: true });
      assert.equal((await connectAnew()).status, 200);
      client.lab.patch({ tls });
      await assert.rejects(connectAnew(), (error: NodeJS.ErrnoException) => code.test(error.code ?? ''));
      client.lab.reset();
      assert.equal((await connectAnew()).status, 200);
    });
  }
});
