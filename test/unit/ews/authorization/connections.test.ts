import assert from 'node:assert/strict';
import https from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, before, describe, it } from 'mocha';
import { NtlmAuthorization } from '../../../../src/ews/authorization/ntlm.ts';
import { EwsSession } from '../../../../src/ews/ewsSession.ts';
import { environmentProxy } from '../../../../src/ews/transport/environmentProxy.ts';
import type { EnvironmentProxy } from '../../../../src/ews/transport/environmentProxy.ts';
import { HttpClient } from '../../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../../src/ews/transport/trustedCas.ts';
import { makeServerCertificates } from '../../../lab/certificates.ts';
import type { ServerCertificates } from '../../../lab/certificates.ts';
import { startConnectProxy } from '../../support/connectProxy.ts';
import { ntlmMessageOf, sampleChallenge } from '../../support/ntlmMessages.ts';
import { httpAnswer, startRawServer } from '../../support/rawServer.ts';
import type { RawServer } from '../../support/rawServer.ts';

describe('A connection that is signed in', () => {
  let certificates: ServerCertificates;
  let server: RawServer;
  let messages: string[];
  const ends: (() => unknown)[] = [];
  before(async () => {
    certificates = await makeServerCertificates();
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  const session = async (proxy?: EnvironmentProxy): Promise<() => Promise<string>> => {
    messages = [];
    server = await startRawServer(certificates, (socket, { connection, text }) => {
      const message = ntlmMessageOf(text);
      messages.push(`${connection}:${message}`);
      const challenge = { 'www-authenticate': `NTLM ${sampleChallenge.toString('base64')}` };
      socket.write(message === 1 ? httpAnswer(401, challenge) : httpAnswer(200, {}, '<answer/>'));
    });
    const client = new HttpClient(trustedCas(certificates.ca), proxy);
    ends.push(
      () => server.close(),
      () => client.close(),
    );
    const http = client.within({ signal: new AbortController().signal });
    const ews = new EwsSession({
      url: `${server.origin}/EWS/Exchange.asmx`,
      authorization: new NtlmAuthorization({ userName: 'CONTOSO\\admin', password: 'secret-17' }),
      anchorMailbox: 'user@contoso.com',
      userAgent: 'test',
    });
    return () => ews.send(http, 'GetFolder', '<question/>');
  };

  it('goes through the environment’s proxy in one tunnel', async () => {
    const proxy = await startConnectProxy();
    ends.push(() => proxy.close());
    const send = await session(environmentProxy({ HTTPS_PROXY: `http://${proxy.address}` }));
    await send();
    await send();
    assert.deepEqual(messages, ['1:1', '1:3', '1:0']);
    assert.equal(proxy.asked('localhost'), 1);
  });

  // VS Code's agent for a proxy is used for one request and keeps nothing; see docs/architecture.md.
  it('survives an agent that another has put before each request', async () => {
    const proxy = await startConnectProxy();
    ends.push(() => proxy.close());
    const send = await session();
    let agents = 0;
    const direct = https.request;
    ends.push(() => (https.request = direct));
    const through = (url: string, options: https.RequestOptions): ReturnType<typeof https.request> => {
      agents += 1;
      const agent = new https.Agent();
      agent.createConnection = (_, connected) => {
        const [host = '', port] = proxy.address.split(':');
        const tunnel = connect(Number(port), host, () => {
          const target = new URL(url).host;
          tunnel.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
          tunnel.once('data', () => {
            const socket = connectTls({ socket: tunnel, servername: 'localhost', ca: certificates.ca });
            socket.once('secureConnect', () => connected?.(null, socket));
          });
        });
        return undefined;
      };
      return direct(url, { ...options, agent });
    };
    https.request = through as typeof https.request; // Of its forms the transport uses this one.
    await send();
    await send();
    assert.deepEqual(messages, ['1:1', '1:3', '1:0']);
    assert.deepEqual([agents, proxy.asked('localhost')], [1, 1]);
  });
});
