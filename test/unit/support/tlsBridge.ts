import { connect, createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { listen } from './rawServer.ts';

/** What ends TLS before a server and begins it anew behind, as a load balancer or an inspecting proxy does. */
export async function startTlsBridge(
  { identities }: ServerCertificates,
  to: { readonly port: number; readonly ca: string },
): Promise<{ readonly origin: string; close(): void }> {
  const sockets = new Set<TLSSocket>();
  const keep = (socket: TLSSocket): TLSSocket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    return socket.on('error', () => undefined); // Either side may go at any time.
  };
  const server = createServer(identities.valid, (client) => {
    const behind = keep(connect({ host: 'localhost', port: to.port, ca: to.ca }));
    keep(client).pipe(behind).pipe(client);
  });
  const port = await listen(server);
  return {
    origin: `https://localhost:${port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
