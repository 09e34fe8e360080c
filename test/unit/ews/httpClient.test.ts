import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import type { Http, HttpRequest } from '../../../src/ews/transport/httpClient.ts';
import type { ExchangeRecord } from '../../../src/ews/transport/exchangeRecord.ts';
import { TransportError } from '../../../src/ews/transport/transportError.ts';
import type { TransportReason } from '../../../src/ews/transport/transportError.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { makeServerCertificates, tlsVariants } from '../../lab/certificates.ts';
import type { ServerCertificates, TlsVariant } from '../../lab/certificates.ts';
import { httpAnswer, listen, startRawServer } from '../support/rawServer.ts';
import type { RawServer, Turn } from '../support/rawServer.ts';
import { until } from '../support/until.ts';

describe('The HTTP transport', () => {
  let certificates: ServerCertificates;
  let client: HttpClient;
  let stop: AbortController;
  let records: ExchangeRecord[];
  let http: Http;
  const servers: { close(): unknown }[] = [];

  before(async () => {
    certificates = await makeServerCertificates();
  });
  beforeEach(() => {
    client = new HttpClient(trustedCas(certificates.ca));
    stop = new AbortController();
    records = [];
    http = client.within({ signal: stop.signal, onExchange: (record) => records.push(record) });
  });
  afterEach(async () => {
    client.close();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  const serve = async (answer: (socket: TLSSocket, turn: Turn) => void, variant?: TlsVariant): Promise<RawServer> => {
    const server = await startRawServer(certificates, answer, variant && { variant });
    servers.push(server);
    return server;
  };
  const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({ method: 'GET', url, ...more });
  const fails = async (work: Promise<unknown>, reason: TransportReason): Promise<TransportError> => {
    const error = await work.then(
      () => assert.fail(`no ${reason}`),
      (cause: unknown) => cause,
    );
    assert.ok(error instanceof TransportError, String(error));
    assert.equal(error.reason, reason, error.code);
    return error;
  };

  it('gives status, headers and body', async () => {
    const server = await serve((socket) => socket.write(httpAnswer(404, { 'x-more': 'yes' }, 'Wörter')));
    const response = await http.request(get(`${server.origin}/path?x=1`));
    assert.equal(response.status, 404);
    assert.equal(response.headers['x-more'], 'yes');
    assert.equal(response.body.toString(), 'Wörter');
  });

  it('sends a body with its length in bytes', async () => {
    let received = '';
    const server = await serve((socket, { text }) => {
      received = text;
      socket.write(httpAnswer(200, {}));
    });
    await http.request({ method: 'POST', url: server.origin, body: 'ö', headers: { 'x-mine': 'a' } });
    assert.match(received, /^POST \/ HTTP\/1\.1\r\n/);
    assert.match(received, /\r\ncontent-length: 2\r\n/i);
    assert.match(received, /\r\nx-mine: a\r\n/i);
  });

  it('uses a connection again', async () => {
    const server = await serve((socket) => socket.write(httpAnswer(200, {}, 'ok')));
    for (let turn = 0; turn < 5; turn++) await http.request(get(server.origin));
    assert.equal(server.connections(), 1);
  });

  it('leaves nothing behind on a connection that it uses again', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): unknown => warnings.push(warning);
    process.on('warning', note);
    try {
      const server = await serve((socket) => socket.write(httpAnswer(200, {}, 'ok')));
      for (let turn = 0; turn < 20; turn++) await http.request(get(server.origin));
    } finally {
      process.off('warning', note);
    }
    assert.deepEqual(warnings, []);
  });

  it('follows no redirect', async () => {
    const server = await serve((socket) => socket.write(httpAnswer(302, { location: '/elsewhere' })));
    const response = await http.request(get(server.origin));
    assert.equal(response.status, 302);
    assert.equal(records.length, 1);
  });

  it('makes a new connection when one that was kept open turns out to be closed', async () => {
    const server = await serve((socket, { connection, request }) => {
      if (connection === 1 && request === 2) socket.destroy();
      else socket.write(httpAnswer(200, {}, 'ok'));
    });
    await http.request(get(server.origin));
    const second = await http.request({ method: 'POST', url: server.origin, body: 'again' });
    assert.equal(second.body.toString(), 'ok');
    assert.equal(server.connections(), 2);
    assert.equal(records.length, 2);
  });

  describe('says why there was no answer:', () => {
    it('the host has no address', async () => {
      const { url } = await fails(http.request(get('https://no-such-host.invalid/a?secret=1')), 'dns');
      assert.equal(url, 'https://no-such-host.invalid/a');
    });

    it('nobody listens', async () => {
      const server = createServer();
      const port = await listen(server);
      await new Promise((resolve) => server.close(resolve));
      const error = await fails(http.request(get(`https://localhost:${port}/`)), 'refused');
      assert.equal(error.code, 'ECONNREFUSED');
    });

    it('the connection is cut before the answer', async () => {
      const server = await serve((socket) => socket.destroy());
      await fails(http.request(get(server.origin)), 'reset');
    });

    it('the connection is cut within the headers', async () => {
      const server = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\nx-half: '));
      await fails(http.request(get(server.origin)), 'reset');
    });

    it('the connection is cut within the body', async () => {
      const server = await serve((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', () => socket.destroy());
      });
      await fails(http.request(get(server.origin)), 'truncated');
      assert.equal(records[0]?.status, 200);
      assert.equal(records[0].failure, 'truncated');
    });

    it('a chunked body ends before its end', async () => {
      const server = await serve((socket) => {
        socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n');
      });
      await fails(http.request(get(server.origin)), 'truncated');
    });

    it('it is not HTTP', async () => {
      const server = await serve((socket) => socket.write('220 mail.example ESMTP\r\n'));
      await fails(http.request(get(server.origin)), 'notHttp');
    });

    it('it is not TLS', async () => {
      const plain: Server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n');
      });
      const port = await listen(plain);
      servers.push({ close: () => new Promise((resolve) => plain.close(resolve)) });
      await fails(http.request(get(`https://localhost:${port}/`)), 'tlsOther');
    });

    it('it is not https', async () => {
      for (const url of ['http://localhost/', 'ftp://localhost/', 'nonsense', '']) {
        await fails(http.request(get(url)), 'notHttps');
      }
    });

    it('the body is too large, and the rest is not fetched', async () => {
      const server = await serve((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
        const more = (): void => {
          while (!socket.destroyed && socket.write(`4000\r\n${'x'.repeat(0x4000)}\r\n`));
          if (!socket.destroyed) socket.once('drain', more);
        };
        more();
      });
      await fails(http.request(get(server.origin, { maxBytes: 100_000 })), 'tooLarge');
      await until('the connection is closed', () => server.open() === 0);
    });

    describe('it took too long', () => {
      let late: AbortController;
      let hurried: Http;
      beforeEach(() => {
        late = new AbortController();
        hurried = client.within({ signal: late.signal });
      });
      /** As AbortSignal.timeout would, but when it matters. */
      const pass = (): void => late.abort(new DOMException('It is late.', 'TimeoutError'));
      const isLateIn = (phase: TransportError['phase']) => (error: unknown) =>
        error instanceof TransportError && error.reason === 'timeout' && error.phase === phase;

      it('while TLS was being agreed on', async () => {
        const silent = createServer((socket) => socket.once('data', pass));
        const port = await listen(silent);
        servers.push({ close: () => new Promise((resolve) => silent.close(resolve)) });
        await assert.rejects(hurried.request(get(`https://127.0.0.1:${port}`)), isLateIn('tls'));
      });

      it('while the answer was waited for', async () => {
        const server = await serve(pass);
        await assert.rejects(hurried.request(get(server.origin)), isLateIn('answer'));
        await until('the connection is closed', () => server.open() === 0);
      });

      it('while the body was waited for', async () => {
        const server = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'));
        const { body } = await hurried.stream(get(server.origin));
        pass();
        await assert.rejects(async () => {
          for await (const chunk of body) assert.equal(chunk.toString(), 'half');
        }, isLateIn('body'));
        await until('the connection is closed', () => server.open() === 0);
      });

      it('by the request’s own deadline', async () => {
        const server = await serve(() => undefined);
        await fails(http.request(get(server.origin, { timeoutMs: 200 })), 'timeout');
      });
    });

    it('it was cancelled: that ends the connection too', async () => {
      let asked = false;
      const server = await serve(() => (asked = true));
      const request = http.request(get(server.origin));
      await until('the server was asked', () => asked);
      stop.abort();
      await fails(request, 'cancelled');
      await until('the connection is closed', () => server.open() === 0);
      await fails(http.request(get(server.origin)), 'cancelled');
      assert.equal(server.connections(), 1);
    });

    const refusals: Record<Exclude<(typeof tlsVariants)[number], 'valid'>, TransportReason> = {
      selfSigned: 'tlsSelfSigned',
      wrongHost: 'tlsWrongHost',
      expired: 'tlsExpired',
      untrusted: 'tlsUnknownCa',
    };
    const issuers: Partial<Record<TlsVariant, string>> = {
      selfSigned: 'CN=localhost',
      expired: 'CN=Exchange Migration Lab CA',
      untrusted: 'CN=A CA nobody trusts',
    };
    for (const variant of tlsVariants) {
      if (variant === 'valid') continue;
      it(`the certificate is ${variant}; nothing is sent`, async () => {
        let asked = 0;
        const server = await serve(() => asked++, variant);
        const error = await fails(http.request(get(server.origin)), refusals[variant]);
        assert.equal(asked, 0);
        const { certificate } = error;
        assert.equal(certificate?.issuer, issuers[variant]);
        if (certificate === undefined) return;
        assert.equal(certificate.subject, 'CN=localhost');
        const [from, to] = [certificate.validFrom, certificate.validTo].map((date) => Date.parse(date ?? ''));
        assert.ok((from ?? NaN) < (to ?? NaN), 'it tells between which dates it is valid');
        assert.equal((to ?? NaN) < Date.now(), variant === 'expired');
      });
    }

    it('the authority is not trusted on this machine', async () => {
      const careful = new HttpClient(trustedCas(undefined));
      const server = await serve((socket) => socket.write(httpAnswer(200, {})));
      try {
        await fails(careful.within({ signal: stop.signal }).request(get(server.origin)), 'tlsUnknownCa');
      } finally {
        careful.close();
      }
    });
  });

  it('trusts each of several added authorities, and still those of the machine', async () => {
    const other = await makeServerCertificates();
    const all = trustedCas(other.ca + certificates.ca);
    assert.ok(((await all)?.length ?? 0) > 1);
    const trusting = new HttpClient(all);
    const server = await serve((socket) => socket.write(httpAnswer(200, {}, 'ok')));
    try {
      assert.equal((await trusting.within({ signal: stop.signal }).request(get(server.origin))).status, 200);
    } finally {
      trusting.close();
    }
  });

  it('ends the connection when a reader does not want the rest', async () => {
    const server = await serve((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nbegin`);
    });
    const { body } = await http.stream(get(server.origin));
    for await (const chunk of body) {
      assert.equal(chunk.toString(), 'begin');
      break;
    }
    await until('the connection is closed', () => server.open() === 0);
    assert.equal(records.length, 1);
  });

  it('sends text outside Latin-1 in a header as UTF-8 instead of failing', async () => {
    let received = '';
    const server = await serve((socket, { text }) => {
      received = text;
      socket.write(httpAnswer(200, {}));
    });
    await http.request(get(server.origin, { headers: { 'x-anchormailbox': 'żółw@contoso.com' } }));
    assert.match(Buffer.from(received, 'latin1').toString('utf8'), /\r\nx-anchormailbox: żółw@contoso\.com\r\n/i);
  });

  it('records what may be told, and neither query, credentials, cookies nor bodies', async () => {
    const server = await serve((socket) => {
      const headers = {
        'request-id': 'R1',
        'x-feserver': 'F1',
        'x-diaginfo': 'D'.repeat(1000),
        'set-cookie': 'hidden-1=1',
        'www-authenticate': 'hidden-2',
        location: 'https://user:hidden-3@elsewhere.example/path?code=hidden-4#hidden-5',
      };
      socket.write(httpAnswer(302, headers, 'hidden-6'));
    });
    await http.request({
      method: 'POST',
      url: `${server.origin}/token?code=hidden-7`,
      operation: 'Token',
      headers: { authorization: 'Bearer hidden-8', cookie: 'hidden-9' },
      body: 'hidden-0',
    });
    const [record] = records;
    assert.ok(record);
    assert.doesNotMatch(JSON.stringify(records), /hidden/);
    assert.ok(Number.isInteger(record.durationMs));
    assert.deepEqual(
      { ...record, durationMs: 0 },
      {
        method: 'POST',
        url: `${server.origin}/token`,
        operation: 'Token',
        status: 302,
        durationMs: 0,
        headers: {
          'request-id': 'R1',
          'x-feserver': 'F1',
          'x-diaginfo': 'D'.repeat(400),
          location: 'https://elsewhere.example/path',
        },
      },
    );
  });
});
