import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import type { Http, HttpRequest, HttpResponse } from '../../../src/ews/transport/httpClient.ts';
import { BodyLengthError } from '../../../src/ews/transport/requestBody.ts';
import type { StreamedBody } from '../../../src/ews/transport/requestBody.ts';
import { TransportError } from '../../../src/ews/transport/transportError.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { listen } from '../support/rawServer.ts';
import { until } from '../support/until.ts';

const mebibyte = 1024 * 1024;

describe('What a request sends', () => {
  let certificates: ServerCertificates;
  let client: HttpClient;
  let http: Http;
  let sizes: number[];
  let open: number;
  let received: number;
  let close = (): void => undefined;
  before(async () => {
    certificates = await makeServerCertificates();
  });
  beforeEach(() => {
    client = new HttpClient(trustedCas(certificates.ca));
    http = client.within({ signal: new AbortController().signal });
    sizes = [];
    open = 0;
    received = 0;
  });
  afterEach(() => {
    client.close();
    close();
  });

  /** A server that counts what it gets. @param onAnnounced decides about bodies that are announced */
  const serve = async (
    onAnnounced?: (request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<(more: Partial<HttpRequest>) => Promise<HttpResponse>> => {
    const server = createServer(certificates.identities.valid, (request, response) => {
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        received += chunk.length;
      });
      request.on('error', () => undefined);
      request.on('end', () => {
        sizes.push(size);
        response.end('done');
      });
    });
    if (onAnnounced) server.on('checkContinue', onAnnounced);
    server.on('connection', (socket) => {
      open += 1;
      socket.on('close', () => (open -= 1));
    });
    const port = await listen(server);
    close = () => {
      server.closeAllConnections();
      server.close();
    };
    return (more) => http.request({ method: 'POST', url: `https://localhost:${port}/`, ...more });
  };
  const made = (count: number, size: number, length: number): StreamedBody => ({
    length,
    pieces: async function* () {
      for (let piece = 0; piece < count; piece += 1) yield await Promise.resolve(Buffer.alloc(size));
    },
  });

  it('can come piece by piece, no further ahead than the server takes it', async () => {
    const post = await serve();
    let [sent, ahead] = [0, 0];
    const body: StreamedBody = {
      length: 128 * mebibyte,
      pieces: async function* () {
        for (; sent < 128 * mebibyte; sent += mebibyte) {
          ahead = Math.max(ahead, sent - received);
          yield await Promise.resolve(Buffer.alloc(mebibyte));
        }
      },
    };
    assert.equal((await post({ body })).body.toString(), 'done');
    assert.deepEqual(sizes, [128 * mebibyte]);
    assert.ok(ahead < 16 * mebibyte, `${ahead} bytes were held`);
  });

  for (const [what, body] of [
    ['shorter', made(3, 1000, 4000)],
    ['longer', made(5, 1000, 4000)],
  ] as const) {
    it(`fails when it turns out ${what} than announced`, async () => {
      const post = await serve();
      const error = await post({ body }).catch((cause: unknown) => cause);
      assert.ok(error instanceof TransportError && error.cause instanceof BodyLengthError, String(error));
      assert.deepEqual(sizes, []);
    });
  }

  describe('can be announced only, to learn whether it would be too large', () => {
    const announced = (bytes: number): Partial<HttpRequest> => ({ announced: { bytes, graceMs: 100 } });

    it('when the server asks for it', async () => {
      const lengths: unknown[] = [];
      const post = await serve(({ headers }, response) => {
        lengths.push(headers['content-length']);
        response.writeContinue();
      });
      assert.equal((await post(announced(64 * mebibyte))).status, 100);
      assert.deepEqual(lengths, [String(64 * mebibyte)]);
      await until('no connection waits for the body', () => open === 0);
    });

    for (const [what, first] of [
      ['at once', false],
      ['after it has asked for it', true],
    ] as const) {
      it(`when the server refuses it ${what}`, async () => {
        const post = await serve((_, response) => {
          if (first) response.writeContinue();
          response.writeHead(413).end('too large');
        });
        const { status, body } = await post(announced(64 * mebibyte));
        assert.deepEqual([status, body.toString()], [413, 'too large']);
        await until('no connection waits for the body', () => open === 0);
      });
    }
  });
});
