import { createServer } from 'node:https';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { listen } from './rawServer.ts';

export interface StandInOptions {
  /** ServerVersionInfo's first three numbers. */
  readonly version?: readonly [number, number, number];
  /** The largest request that it takes, in bytes. */
  readonly limit?: number;
  /** Asks for a body before it looks at its size. */
  readonly asksFirst?: boolean;
  /** Body and status for every question of who has signed in, in place of an answer. */
  readonly refusal?: { readonly status: number; readonly body: string };
}

/** A server that asks for Basic and then tells its version, for versions and limits that no lab has. */
export async function startEwsStandIn(
  { identities }: ServerCertificates,
  { version: [major, minor, build] = [15, 2, 2562], limit = Infinity, asksFirst = false, refusal }: StandInOptions,
): Promise<{ readonly origin: string; readonly announced: number[]; close(): void }> {
  const announced: number[] = [];
  const types = 'http://schemas.microsoft.com/exchange/services/2006/types';
  const answer =
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><h:ServerVersionInfo xmlns:h="${types}" ` +
    `MajorVersion="${major}" MinorVersion="${minor}" MajorBuildNumber="${build}" MinorBuildNumber="1"/></s:Header><s:Body/></s:Envelope>`;
  const server = createServer(identities.valid, (request, response) => {
    request.resume();
    request.on('error', () => undefined);
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      return;
    }
    request.on('end', () =>
      response.writeHead(refusal?.status ?? 200, { 'content-type': 'text/xml' }).end(refusal?.body ?? answer),
    );
  });
  server.on('checkContinue', ({ headers }, response) => {
    const size = Number(headers['content-length']);
    announced.push(size);
    if (asksFirst || size <= limit) response.writeContinue();
    if (size > limit) response.writeHead(404, { connection: 'close' }).end();
  });
  const port = await listen(server);
  return {
    origin: `https://localhost:${port}`,
    announced,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
