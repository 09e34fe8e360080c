import type { ClientRequest } from 'node:http';
import https from 'node:https';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/**
 * Does something while every HTTPS request of this process goes to an HTTP proxy that lets nothing through, as VS Code's
 * agent makes it go: it puts itself before node:https, tells the request of the proxy by the event `proxy`, and hands the
 * proxy's refusal on as if the server had given it. test/integration/suite/proxy.test.ts tries the same with that agent.
 * @param proxy host:port
 */
export async function behindProxy<T>(proxy: string, work: () => Promise<T>): Promise<T> {
  const direct = https.request;
  const through = (url: string | URL, options: https.RequestOptions, callback?: () => void): ClientRequest => {
    const { hostname, port } = new URL(url);
    const agent = new https.Agent();
    agent.createConnection = (_, connected) => {
      refusedTunnel(proxy, `${hostname}:${port}`).then(
        (socket) => {
          outgoing.emit('proxy', { proxy: `PROXY ${proxy}` });
          connected?.(null, socket);
          setImmediate(() => socket.resume()); // By then the request listens.
        },
        (error: unknown) => {
          outgoing.emit('proxy', { proxy: `PROXY ${proxy}`, error });
          connected?.(error as Error, undefined as never); // Sockets fail with errors, and there is none then.
        },
      );
      return undefined; // It comes by the callback.
    };
    const outgoing: ClientRequest = direct(url, { ...options, agent }, callback);
    return outgoing;
  };
  https.request = through as typeof https.request; // Of its forms the transport uses this one.
  try {
    return await work();
  } finally {
    https.request = direct;
  }
}

/** Asks the proxy for a tunnel. @returns the connection to it, from which its answer is still to be read */
function refusedTunnel(proxy: string, target: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(`http://${proxy}`);
    const socket = connect(Number(port), hostname, () => {
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
    });
    socket.once('error', reject);
    socket.once('data', (answer: Buffer) => {
      socket.off('error', reject).pause();
      socket.unshift(answer);
      resolve(socket);
    });
  });
}
