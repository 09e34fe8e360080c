import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface CloudProxy {
  /** http://address:port */
  readonly url: string;
  close(): Promise<void>;
}

export interface CloudProxyOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** The loopback address to listen on, and the lab's. */
  readonly host: string;
  readonly labPort: number;
  /** Names of the machines that the lab stands for. */
  readonly hosts: ReadonlySet<string>;
}

const refusal = (status: string, header = ''): string =>
  `HTTP/1.1 ${status}\r\n${header}Content-Length: 0\r\nConnection: close\r\n\r\n`;

/**
 * An HTTP proxy (RFC 9110, 9.3.6) that leads to the lab whoever asks for port 443 of the machines it stands for, and
 * nobody anywhere else. It does not see what goes through: the lab itself ends TLS.
 * @throws an error of node:net when the port is taken
 */
export async function startCloudProxy(options: CloudProxyOptions): Promise<CloudProxy> {
  const { host, hosts, labPort } = options;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined); // Either side may go at any time; `close` follows.
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((_, response) => {
    response.writeHead(405, { allow: 'CONNECT', connection: 'close' }).end();
  });
  server.on('connection', keep);
  server.on('connect', ({ url = '' }, stream, head) => {
    const client = asSocket(stream);
    const [, name = ''] = /^([a-z0-9.-]+):443$/i.exec(url) ?? [];
    if (!hosts.has(name.toLowerCase())) {
      client.end(refusal('403 Forbidden'));
      return;
    }
    const lab = connect({ host, port: labPort });
    keep(lab);
    lab.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      lab.write(head);
      client.pipe(lab).pipe(client);
    });
    // The lab can end connections by a reset, and means the client.
    lab.on('error', () => client.resetAndDestroy());
    lab.on('close', () => client.destroySoon());
    client.on('close', () => lab.destroy());
  });
  server.listen(options.port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP port was asked for.');
  return {
    url: `http://${host}:${address.port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** node:http types the tunnel's end as a stream, though it is the connection itself. */
function asSocket(stream: Duplex): Socket {
  if (!(stream instanceof Socket)) throw new Error('A connection was expected.');
  return stream;
}
