import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import vscode from 'vscode';
import { NtlmAuthorization } from '../../../src/ews/authorization/ntlm.ts';
import { EwsSession } from '../../../src/ews/ewsSession.ts';
import { avId } from '../../../src/ews/ntlm/avPairs.ts';
import { channelBinding } from '../../../src/ews/ntlm/channelBinding.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { startConnectProxy } from '../../unit/support/connectProxy.ts';
import type { ConnectProxy } from '../../unit/support/connectProxy.ts';
import { authenticateIn, ntlmMessageOf, sampleChallenge } from '../../unit/support/ntlmMessages.ts';
import { httpAnswer, startRawServer } from '../../unit/support/rawServer.ts';

/** VS Code puts an agent of its own before every request; NTLM needs one connection for all. */
describe('A connection that is signed in by NTLM, with VS Code’s proxy support around it', () => {
  let certificates: ServerCertificates;
  let proxy: ConnectProxy | undefined;
  before(async () => {
    certificates = await makeServerCertificates();
  });
  afterEach(async () => {
    await setProxy(undefined);
    await proxy?.close();
    proxy = undefined;
  });

  const setProxy = (address: string | undefined): Thenable<void> =>
    vscode.workspace.getConfiguration('http').update('proxy', address, vscode.ConfigurationTarget.Global);

  /** Asks three times. @returns connection and message of each request that came */
  const ask = async (host: string): Promise<readonly string[]> => {
    const seen: string[] = [];
    const bindings: unknown[] = [];
    const server = await startRawServer(
      certificates,
      (socket, { connection, text }) => {
        const message = ntlmMessageOf(text);
        seen.push(`${connection}:${message}`);
        if (message === 3) bindings.push(authenticateIn(text).target.get(avId.channelBindings));
        const challenge = { 'www-authenticate': `NTLM ${sampleChallenge.toString('base64')}` };
        socket.write(message === 1 ? httpAnswer(401, challenge, 'who?') : httpAnswer(200, {}, '<answer/>'));
      },
      { host },
    );
    const client = new HttpClient(trustedCas(certificates.ca));
    const http = client.within({ signal: AbortSignal.timeout(20_000) });
    const session = new EwsSession({
      url: `${server.origin}/EWS/Exchange.asmx`,
      authorization: new NtlmAuthorization({ userName: 'CONTOSO\\admin', password: 'secret-17' }),
      anchorMailbox: 'user@contoso.com',
      userAgent: 'test',
    });
    try {
      for (let turn = 0; turn < 3; turn += 1) assert.equal(await session.send(http, 'GetFolder', '<q/>'), '<answer/>');
    } finally {
      client.close();
      await server.close();
    }
    assert.deepEqual(bindings, [channelBinding(new X509Certificate(certificates.identities.valid.cert).raw)]);
    return seen;
  };
  const onOneConnection = ['1:1', '1:3', '1:0', '1:0'];

  it('stays one for a loopback host', async () => {
    assert.deepEqual(await ask('127.0.0.1'), onOneConnection);
  });

  // VS Code sends nothing for its loopback names through its agent; macOS gives its loopback one address.
  const elsewhere = process.platform === 'darwin' ? it.skip : it;
  elsewhere('stays one for any other host', async () => {
    assert.deepEqual(await ask('127.0.0.2'), onOneConnection);
  });

  elsewhere('stays one through a proxy of the settings, in one tunnel', async () => {
    proxy = await startConnectProxy();
    await setProxy(`http://${proxy.address}`);
    assert.deepEqual(await ask('127.0.0.2'), onOneConnection);
    assert.equal(proxy.asked('127.0.0.2'), 1);
  });
});
