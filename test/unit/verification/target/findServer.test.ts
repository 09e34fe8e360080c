import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import { findServer } from '../../../../src/verification/target/findServer.ts';
import type { FoundServer, ServerSearch } from '../../../../src/verification/target/findServer.ts';
import { makeServerCertificates } from '../../../lab/certificates.ts';
import type { ServerCertificates } from '../../../lab/certificates.ts';
import { httpAnswer, startRawServer } from '../../support/rawServer.ts';
import type { RawServer } from '../../support/rawServer.ts';
import { headerOf } from '../../support/scriptedServer.ts';

const password = 'Very-secret-1';
const elsewhere = 'https://mail.hoster.example/EWS/Exchange.asmx';
const pox = (ewsUrl: string): string =>
  `<Autodiscover><Response><Account><Action>settings</Action><Protocol><Type>EXPR</Type><EwsUrl>${ewsUrl}</EwsUrl></Protocol></Account></Response></Autodiscover>`;

describe('Finding the server of a mailbox', () => {
  let certificates: ServerCertificates;
  const servers: RawServer[] = [];
  before(async () => {
    certificates = await makeServerCertificates();
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map(async (server) => server.close()));
  });

  /** An Autodiscover that asks everybody to sign in, and then answers so. */
  async function serve(answer: (origin: string) => string): Promise<RawServer> {
    const server: RawServer = await startRawServer(certificates, (socket, { text }) => {
      const signedIn = headerOf(text, 'authorization') !== undefined;
      socket.write(signedIn ? answer(server.origin) : httpAnswer(401, { 'www-authenticate': 'Basic realm="x"' }));
    });
    servers.push(server);
    return server;
  }

  async function find(server: RawServer, changes: Partial<ServerSearch> = {}): Promise<FoundServer> {
    return findServer(
      {
        mailbox: `user@${new URL(server.origin).host}`,
        userName: 'CONTOSO\\migration',
        secret: { method: 'basic', password },
        additionalCa: certificates.ca,
        mayGoTo: () => Promise.reject(new Error('Nobody is to be asked.')),
        signal: new AbortController().signal,
        ...changes,
      },
      'test',
    );
  }

  it('asks nobody about hosts of the mailbox’s own domain', async () => {
    const server = await serve((origin) => httpAnswer(200, {}, pox(`${origin}/EWS/Exchange.asmx`)));
    assert.deepEqual(await find(server), { ews: `${server.origin}/EWS/Exchange.asmx` });
  });

  it('asks before it tells an address elsewhere, and takes no for an answer', async () => {
    const server = await serve(() => httpAnswer(200, {}, pox(elsewhere)));
    const asked: string[] = [];
    const answer = (yes: boolean): Promise<FoundServer> =>
      find(server, {
        mayGoTo: (host) => {
          asked.push(host);
          return Promise.resolve(yes);
        },
      });
    assert.deepEqual(await answer(true), { ews: elsewhere });
    const declined = await answer(false);
    assert.ok('finding' in declined);
    assert.equal(declined.finding.code, 'autodiscover-declined');
    assert.deepEqual(asked, ['mail.hoster.example', 'mail.hoster.example']);
  });

  it('asks before the password goes to a host that a redirect leads to', async () => {
    const other = await serve(() => httpAnswer(200, {}, pox(elsewhere)));
    const location = `${other.origin}/autodiscover/autodiscover.xml`;
    const server: RawServer = await startRawServer(certificates, (socket) =>
      socket.write(httpAnswer(302, { location })),
    );
    servers.push(server);
    const asked: string[] = [];
    const found = await find(server, {
      mayGoTo: (host) => {
        asked.push(host);
        return Promise.resolve(asked.length === 1);
      },
    });
    assert.deepEqual(asked, [new URL(other.origin).host, 'mail.hoster.example']);
    assert.ok('finding' in found && found.finding.code === 'autodiscover-declined');
  });

  it('says why nothing was found, without the password that a server repeats', async () => {
    const server = await serve(() => httpAnswer(401, { 'www-authenticate': `Basic realm="${password}"` }));
    const found = await find(server);
    assert.ok('finding' in found);
    assert.equal(found.finding.code, 'credentials-refused');
    assert.equal(JSON.stringify(found).includes(password), false);
  });

  it('ends with the search that was cancelled', async () => {
    const stop = new AbortController();
    const server = await startRawServer(certificates, () => stop.abort());
    servers.push(server);
    assert.deepEqual(await find(server, { signal: stop.signal }), { cancelled: true });
  });
});
