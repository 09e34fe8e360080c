import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import vscode from 'vscode';
import type { ExchangeRecord } from '../../../src/ews/transport/exchangeRecord.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { TransportError } from '../../../src/ews/transport/transportError.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { explainTransport } from '../../../src/verification/findings/transport.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { startConnectProxy } from '../../unit/support/connectProxy.ts';
import type { ConnectProxy, ConnectProxyOptions } from '../../unit/support/connectProxy.ts';
import { systemAuthority } from '../harness/systemAuthority.ts';
import { httpAnswer, startRawServer } from '../../unit/support/rawServer.ts';
import type { RawServer } from '../../unit/support/rawServer.ts';

/** VS Code sends nothing for its loopback names through a proxy; it does not know that this is one. */
const host = '127.0.0.2';
const password = 'p%40ss-secret';

(process.platform === 'darwin' ? describe.skip : describe)(
  'The transport, where VS Code’s settings name a proxy',
  () => {
    let certificates: ServerCertificates;
    let server: RawServer;
    let records: ExchangeRecord[];
    const proxies: ConnectProxy[] = [];

    before(async () => {
      certificates = await makeServerCertificates();
      server = await startRawServer(certificates, (socket) => socket.write(httpAnswer(200, {}, 'here')), { host });
    });
    beforeEach(() => (records = []));
    afterEach(async () => {
      for (const name of ['proxy', 'noProxy', 'proxyStrictSSL']) await set(name, undefined);
      await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
    });
    after(() => server.close());

    /** The extension host knows a setting by the time its update is done. */
    const set = (name: string, value: unknown): Thenable<void> =>
      vscode.workspace.getConfiguration('http').update(name, value, vscode.ConfigurationTarget.Global);
    const useProxy = async (options?: ConnectProxyOptions, credentials = ''): Promise<ConnectProxy> => {
      const proxy = await startConnectProxy(options);
      proxies.push(proxy);
      await set('proxy', `http://${credentials}${proxy.address}`);
      return proxy;
    };
    const ask = async (client = new HttpClient(trustedCas(certificates.ca))): Promise<string> => {
      const http = client.within({ signal: AbortSignal.timeout(10_000), onExchange: (record) => records.push(record) });
      try {
        return (await http.request({ method: 'GET', url: server.origin })).body.toString();
      } finally {
        client.close();
      }
    };
    /** Asks in vain, and sees that nothing that may be told of it holds the proxy's password. */
    const failure = async (client?: HttpClient): Promise<TransportError> => {
      const error: unknown = await ask(client).then(
        () => assert.fail('It was answered.'),
        (cause: unknown) => cause,
      );
      assert.ok(error instanceof TransportError, inspect(error));
      const told = inspect([error, records, explainTransport(error)], { depth: Infinity, showHidden: true });
      assert.doesNotMatch(told, /secret|someone/);
      assert.equal(records.at(-1)?.failure, error.reason);
      return error;
    };
    const basic = { challenges: ['Basic realm="the house"'], user: 'someone', password: decodeURIComponent(password) };

    it('goes through it', async () => {
      const proxy = await useProxy();
      assert.equal(await ask(), 'here');
      assert.equal(proxy.asked(host), 1);
    });

    it('goes past it to a host of http.noProxy', async () => {
      const proxy = await useProxy();
      await set('noProxy', [host]);
      assert.equal(await ask(), 'here');
      assert.equal(proxy.asked(host), 0);
    });

    it('signs in to it with the user name and password of http.proxy', async () => {
      const proxy = await useProxy({ signIn: basic }, `someone:${password}@`);
      assert.equal(await ask(), 'here');
      assert.equal(proxy.asked(host), 1);
      assert.doesNotMatch(inspect(records, { depth: Infinity }), /secret|someone/);
    });

    it('says that it asks for a user name and password, and sends the server nothing', async () => {
      const proxy = await useProxy({ signIn: basic });
      const before = server.connections();
      const error = await failure();
      assert.equal(error.reason, 'proxyAuthentication');
      const expected = { host: proxy.address, credentials: false, status: 407, schemes: ['Basic'] };
      assert.deepEqual(error.proxy, expected);
      assert.equal(records[0]?.status, 407);
      assert.equal(server.connections(), before);
      assert.match(explainTransport(error).title, /asks for a user name and password/);
    });

    it('says that it does not accept a wrong password', async () => {
      await useProxy({ signIn: basic }, 'someone:secret-and-wrong@');
      const error = await failure();
      assert.equal(error.reason, 'proxyAuthentication');
      assert.match(explainTransport(error).title, /does not accept/);
    });

    it('says that NTLM is not supported', async () => {
      await useProxy({ signIn: { challenges: ['Negotiate', 'NTLM'] } });
      const error = await failure();
      assert.equal(error.reason, 'proxyAuthentication');
      assert.deepEqual(error.proxy?.schemes, ['Negotiate', 'NTLM']);
      assert.match(explainTransport(error).explanation, /NTLM are not supported/);
    });

    it('says that it refuses the host', async () => {
      await useProxy({ refused: [host] });
      const error = await failure();
      assert.equal(error.reason, 'proxyRefused');
      assert.equal(error.proxy?.status, 403);
    });

    it('says that it cannot be reached', async () => {
      const proxy = await useProxy({}, `someone:${password}@`);
      await Promise.all(proxies.splice(0).map((each) => each.close()));
      const error = await failure();
      assert.equal(error.reason, 'proxyUnreachable');
      assert.equal(error.code, 'ECONNREFUSED');
      assert.equal(error.proxy?.host, proxy.address);
    });

    it('says that its address is none, and does not repeat it', async () => {
      await set('proxy', 'http://someone:secret pass@127.0.0.1:port');
      const error = await failure();
      assert.equal(error.reason, 'proxyUnreachable');
      assert.equal(error.code, 'ERR_INVALID_URL');
    });

    it('trusts the system’s authorities behind it, whether or not another was added', async function () {
      const system = await systemAuthority();
      if (system === undefined) return this.skip();
      const proxy = await useProxy({ intercept: { as: system, upstreamCa: certificates.ca } });
      assert.equal(await ask(new HttpClient(trustedCas(undefined))), 'here');
      assert.equal(await ask(), 'here');
      assert.equal(proxy.asked(host), 2);
    });

    describe('that reads along', () => {
      let house: ServerCertificates;
      let proxy: ConnectProxy;
      beforeEach(async () => {
        house = await makeServerCertificates();
        proxy = await useProxy({ intercept: { as: house, upstreamCa: certificates.ca } });
      });

      it('is refused and named by who issued its certificate, whether or not an authority was added', async () => {
        const before = server.connections();
        for (const client of [undefined, new HttpClient()]) {
          const error = await failure(client);
          assert.equal(error.reason, 'tlsUnknownCa');
          assert.equal(error.certificate?.issuer, 'CN=Exchange Migration Lab CA');
          assert.match(explainTransport(error).explanation, /issued by “CN=Exchange Migration Lab CA”/);
        }
        assert.ok(server.connections() > before, 'The proxy did connect to the server.');
        assert.ok(proxy.asked(host) > 1);
      });

      it('is refused even where http.proxyStrictSSL is off', async () => {
        await set('proxyStrictSSL', false);
        assert.equal((await failure()).reason, 'tlsUnknownCa');
      });

      it('is let through where its authority is added to the connection', async () => {
        assert.equal(await ask(new HttpClient(trustedCas(house.ca))), 'here');
        assert.equal(proxy.asked(host), 1);
      });
    });
  },
);
