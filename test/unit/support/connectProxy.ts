import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, TLSSocket } from 'node:tls';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { listen } from './rawServer.ts';

export interface ConnectProxyOptions {
  /** What the proxy asks for before it lets anybody through; nothing unless told. */
  readonly signIn?: { readonly challenges: readonly string[]; readonly user?: string; readonly password?: string };
  /** Hosts it answers 403 for. */
  readonly refused?: readonly string[];
  /** Reads along: shows a certificate of `as`, and checks the real server's against `upstreamCa`. */
  readonly intercept?: { readonly as: ServerCertificates; readonly upstreamCa: string };
}

export interface ConnectProxy {
  /** host:port */
  readonly address: string;
  /** How many tunnels to a host were asked for, refused ones included. */
  readonly asked: (host: string) => number;
  close(): Promise<void>;
}

/** An HTTP proxy that tunnels (RFC 9110, 9.3.6), on a loopback socket. */
export async function startConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const asked = new Map<string, number>();
  const sockets = new Set<Duplex>();
  const keep = <S extends Duplex>(socket: S): S => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // Either side may go at any time.
    return socket;
  };
  const server = createServer();
  server.on('connection', keep);
  server.on('connect', (request, socket) => {
    const target = new URL(`http://${request.url ?? ''}`);
    asked.set(target.hostname, (asked.get(target.hostname) ?? 0) + 1);
    const refusal = refuse(request, target.hostname, options);
    if (refusal !== undefined) {
      socket.end(refusal);
      return;
    }
    const to = { host: target.hostname, port: Number(target.port) };
    const { intercept } = options;
    const upstream: Socket = keep(intercept ? connectTls({ ...to, ca: intercept.upstreamCa }) : connect(to));
    upstream.once(intercept ? 'secureConnect' : 'connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      const client = intercept
        ? keep(new TLSSocket(asSocket(socket), { isServer: true, ...intercept.as.identities.valid }))
        : socket;
      client.pipe(upstream).pipe(client);
    });
    upstream.once('error', () => socket.destroy());
  });
  const port = await listen(server);
  return {
    address: `127.0.0.1:${port}`,
    asked: (host) => asked.get(host) ?? 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The answer to somebody who may not pass. */
function refuse(request: IncomingMessage, host: string, options: ConnectProxyOptions): string | undefined {
  const { signIn } = options;
  if (signIn && !isSignedIn(request.headers['proxy-authorization'], signIn)) {
    const challenges = signIn.challenges.map((challenge) => `Proxy-Authenticate: ${challenge}\r\n`);
    return `HTTP/1.1 407 Proxy Authentication Required\r\n${challenges.join('')}Content-Length: 0\r\n\r\n`;
  }
  return options.refused?.includes(host)
    ? 'HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>'
    : undefined;
}

function isSignedIn(sent: string | undefined, { user, password }: NonNullable<ConnectProxyOptions['signIn']>): boolean {
  if (user === undefined || password === undefined) return false; // It wants what no test can give: a domain's sign-in.
  return sent === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** node:http types the tunnel's end as a stream, though it is the connection itself. */
function asSocket(stream: Duplex): Socket {
  if (!(stream instanceof Socket)) throw new Error('A connection was expected.');
  return stream;
}
