import { once } from 'node:events';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { listen } from '../../support/rawServer.ts';
import { failing } from './provocation.ts';
import type { Provocation } from './provocation.ts';

/** Somebody answers who cannot show who he is. */
export const certificates: readonly Provocation[] = [
  {
    code: 'transport-tlsOther',
    check: 'sign-in-service',
    what: 'a server that knows TLS 1.1 at best',
    provoke: async (bench) => {
      const server = createTlsServer({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
      const port = await listen(server);
      try {
        return await bench.verify({}, bench.signingInAt(`https://localhost:${port}`));
      } finally {
        server.close();
        await once(server, 'close');
      }
    },
  },
  failing('transport-tlsSelfSigned', 'sign-in-service', 'a self-signed certificate', { tls: 'selfSigned' }),
  failing('transport-tlsWrongHost', 'sign-in-service', 'a certificate of another host', { tls: 'wrongHost' }),
  failing('transport-tlsExpired', 'sign-in-service', 'an expired certificate', { tls: 'expired' }),
  failing('transport-tlsUnknownCa', 'sign-in-service', 'an unknown authority', { tls: 'untrusted' }),
  failing('transport-tlsUnknownCa', 'sign-in-service', 'an authority that nobody added', {}, () => ({
    withoutCa: true,
  })),
  {
    code: 'transport-tlsOther',
    check: 'sign-in-service',
    what: 'a port without TLS',
    provoke: async (bench) => {
      const server = createServer((socket) => {
        socket.on('error', () => undefined).resume(); // Else it would never see the other side go.
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      });
      const port = await listen(server);
      try {
        return await bench.verify({}, bench.signingInAt(`https://localhost:${port}`));
      } finally {
        server.close();
        await once(server, 'close');
      }
    },
  },
];
