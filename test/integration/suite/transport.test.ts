import assert from 'node:assert/strict';
import type { TLSSocket } from 'node:tls';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import { httpAnswer, startRawServer } from '../../unit/support/rawServer.ts';

/** VS Code puts an agent of its own before every request, for proxies; it treats loopback hosts and others unlike. */
describe('The transport, with VS Code’s proxy support around it', () => {
  const hosts: Record<string, string> = { 'a host it knows as loopback': '127.0.0.1' };
  if (process.platform !== 'darwin') hosts['any other host'] = '127.0.0.2'; // macOS gives its loopback one address.

  for (const [kind, host] of Object.entries(hosts)) {
    it(`asks ${kind} again on the connection it has`, async () => {
      const certificates = await makeServerCertificates();
      const answer = (socket: TLSSocket): boolean => socket.write(httpAnswer(200, {}, 'here'));
      const server = await startRawServer(certificates, answer, { host });
      const client = new HttpClient(trustedCas(certificates.ca));
      const http = client.within({ signal: new AbortController().signal });
      try {
        for (let request = 0; request < 3; request++) await http.request({ method: 'GET', url: server.origin });
        assert.equal(server.connections(), 1);
      } finally {
        client.close();
        await server.close();
      }
    });
  }
});
