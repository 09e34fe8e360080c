import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { ServerCertificates, TlsVariant } from '../../lab/certificates.ts';

/** Which request of which connection it is; both from 1. */
export interface Turn {
  readonly connection: number;
  readonly request: number;
  readonly text: string;
}

export interface RawServer {
  /** https://localhost:port, or with the host that was asked for. */
  readonly origin: string;
  /** How many connections were made so far. */
  readonly connections: () => number;
  /** How many of them are open. */
  readonly open: () => number;
  close(): Promise<void>;
}

/** A TLS server that writes to its sockets whatever a test wants, for answers that no proper server gives. */
export async function startRawServer(
  { identities }: ServerCertificates,
  answer: (socket: TLSSocket, turn: Turn) => void,
  { variant = 'valid', host = '127.0.0.1' }: { readonly variant?: TlsVariant; readonly host?: string } = {},
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer(identities[variant]);
  server.on('secureConnection', (socket) => {
    const connection = ++connections;
    let request = 0;
    let received = '';
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // The client may go at any time.
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      const end = wholeRequest(received);
      if (end === undefined) return;
      const text = received.slice(0, end);
      received = received.slice(end);
      answer(socket, { connection, request: ++request, text });
    });
  });
  server.on('tlsClientError', () => undefined);
  const port = await listen(server, host);
  return {
    origin: `https://${host === '127.0.0.1' ? 'localhost' : host}:${port}`,
    connections: () => connections,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Listens on any free port of a loopback address. @returns the port */
export async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP port was asked for.');
  return address.port;
}

/** Length of the first request of the text; undefined while it is not whole. */
function wholeRequest(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const body = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
  const end = head + 4 + body;
  return text.length >= end ? end : undefined;
}

/** An HTTP answer with these headers and this body. */
export function httpAnswer(status: number, headers: Readonly<Record<string, string>>, body = ''): string {
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers });
  return `HTTP/1.1 ${status} X\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}
