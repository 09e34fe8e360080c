import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import { basic } from '../../../src/ews/authorization/basic.ts';
import { EwsError } from '../../../src/ews/ewsError.ts';
import { discoverServer, ServerDiscoveryError } from '../../../src/ews/onPremisesAutodiscover/discoverServer.ts';
import type { ServerDiscovery } from '../../../src/ews/onPremisesAutodiscover/discoverServer.ts';
import { readPox } from '../../../src/ews/onPremisesAutodiscover/pox.ts';
import { readSoap } from '../../../src/ews/onPremisesAutodiscover/soap.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { httpAnswer, startRawServer } from '../support/rawServer.ts';
import type { RawServer } from '../support/rawServer.ts';
import { headerOf } from '../support/scriptedServer.ts';

const ews = 'https://mail.contoso.com/EWS/Exchange.asmx';
const inside = 'https://ex01.contoso.local/EWS/Exchange.asmx';
const pox = (account: string): string =>
  `<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><User><DisplayName>U</DisplayName></User><Account>${account}</Account></Response></Autodiscover>`;
const protocol = (type: string, url: string): string =>
  `<Protocol><Type>${type}</Type><EwsUrl>${url}</EwsUrl></Protocol>`;
const settings = pox(
  `<Action>settings</Action>${protocol('EXCH', inside)}${protocol('WEB', 'https://x/')}${protocol('EXPR', ews)}`,
);
const poxError = (code: string): string =>
  `<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response><Error Time="1" Id="2"><ErrorCode>${code}</ErrorCode><Message>No.</Message></Error></Response></Autodiscover>`;
const soap = (response: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserSettingsResponseMessage xmlns="http://schemas.microsoft.com/exchange/2010/Autodiscover"><Response><ErrorCode>NoError</ErrorCode><UserResponses><UserResponse>${response}</UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`;
const setting = (name: string, value: string): string =>
  `<UserSetting><Name>${name}</Name><Value>${value}</Value></UserSetting>`;

describe('The answers of Autodiscover on premises', () => {
  it('name EWS for outside first', () => {
    assert.deepEqual(readPox(settings), { kind: 'ews', urls: [ews, inside] });
    const both = `<ErrorCode>NoError</ErrorCode><UserSettings>${setting('InternalEwsUrl', inside)}${setting('ExternalEwsUrl', ews)}</UserSettings>`;
    assert.deepEqual(readSoap(soap(both)), { kind: 'ews', urls: [ews, inside] });
    assert.deepEqual(readPox(pox(`<Action>settings</Action>${protocol('EXCH', ews)}${protocol('EXPR', ews)}`)), {
      ...{ kind: 'ews', urls: [ews] },
    });
  });

  it('lead elsewhere', () => {
    assert.deepEqual(readPox(pox('<Action>redirectAddr</Action><RedirectAddr>a@b.example</RedirectAddr>')), {
      ...{ kind: 'address', mailbox: 'a@b.example' },
    });
    assert.deepEqual(readPox(pox('<Action>redirectUrl</Action><RedirectUrl>https://b.example/x</RedirectUrl>')), {
      ...{ kind: 'url', url: 'https://b.example/x' },
    });
    assert.deepEqual(
      readSoap(soap('<ErrorCode>RedirectAddress</ErrorCode><RedirectTarget>a@b.example</RedirectTarget>')),
      {
        ...{ kind: 'address', mailbox: 'a@b.example' },
      },
    );
    assert.deepEqual(
      readSoap(soap('<ErrorCode>RedirectUrl</ErrorCode><RedirectTarget>https://b.example/</RedirectTarget>')),
      {
        ...{ kind: 'url', url: 'https://b.example/' },
      },
    );
  });

  it('know no such mailbox, or nothing of EWS', () => {
    assert.deepEqual(readPox(poxError('500')), { kind: 'unknownMailbox' });
    assert.deepEqual(readPox(poxError('600')), { kind: 'nothing', code: '600' });
    assert.deepEqual(readSoap(soap('<ErrorCode>InvalidUser</ErrorCode>')), { kind: 'unknownMailbox' });
    const unavailable =
      '<ErrorCode>NoError</ErrorCode><UserSettingErrors><UserSettingError><ErrorCode>SettingIsNotAvailable</ErrorCode><SettingName>ExternalEwsUrl</SettingName></UserSettingError></UserSettingErrors>';
    assert.deepEqual(readSoap(soap(unavailable)), { kind: 'nothing', code: 'NoError' });
    assert.deepEqual(readPox(pox(`<Action>settings</Action>${protocol('EXPR', 'http://unsafe.example/')}`)), {
      ...{ kind: 'nothing', code: '' },
    });
  });

  it('are not taken out of anything else', () => {
    for (const text of ['', '<html></html>', '{}', '<Autodiscover>', soap('').replace('UserResponse>', 'Other>')]) {
      assert.equal(readPox(text), undefined);
    }
    for (const text of ['', '<html></html>', settings]) assert.equal(readSoap(text), undefined);
  });
});

describe('Looking for the server of a mailbox', () => {
  let certificates: ServerCertificates;
  let server: RawServer;
  let client: HttpClient;
  let asked: string[];
  before(async () => {
    certificates = await makeServerCertificates();
  });
  afterEach(async () => {
    client.close();
    await server.close();
  });

  const challenge = httpAnswer(401, { 'www-authenticate': 'Basic realm="x"' });
  const xml = (body: string): string => httpAnswer(200, { 'content-type': 'text/xml' }, body);
  const redirect = (location: string): string => httpAnswer(302, { location });

  /** @param answer to a request with credentials; one without is asked for some */
  const look = async (
    answer: (path: string, text: string) => string | undefined,
    confirm: boolean | readonly string[] = true,
  ): Promise<ServerDiscovery> => {
    asked = [];
    server = await startRawServer(certificates, (socket, { text }) => {
      const [method = '', path = ''] = text.split(' ');
      const signedIn = headerOf(text, 'authorization') !== undefined;
      asked.push(`${method} ${path}${signedIn ? ' signed in' : ''}`);
      socket.write(answer(signedIn ? path : `bare ${path}`, text) ?? challenge);
    });
    client = new HttpClient(trustedCas(certificates.ca));
    const { host } = new URL(server.origin);
    return discoverServer(client.within({ signal: new AbortController().signal }), {
      mailbox: `user@${host}`,
      authorization: () => basic('CONTOSO\\admin', 'secret'),
      userAgent: 'test',
      confirmedHosts: new Set(confirm === true ? [host] : confirm === false ? [] : confirm),
    });
  };
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => assert.fail('it succeeded'),
      (error: unknown) => error,
    );
  const plain = '/autodiscover/autodiscover.xml';

  it('sends no credentials to a host that nobody has confirmed', async () => {
    const found = await look(() => undefined, false);
    const { host } = new URL(server.origin);
    assert.deepEqual(found, { kind: 'leadsTo', host, url: `${server.origin}${plain}` });
    assert.deepEqual(asked, [`GET ${plain}`]);
  });

  it('asks by plain XML once the host is confirmed', async () => {
    const found = await look((path) => (path === plain ? xml(settings) : undefined));
    assert.deepEqual(found, { kind: 'found', ewsUrls: [ews, inside], by: `${server.origin}${plain}` });
    assert.deepEqual(asked, [`GET ${plain}`, `POST ${plain} signed in`]);
  });

  it('asks by SOAP where there is no plain XML', async () => {
    const answer = soap(`<ErrorCode>NoError</ErrorCode><UserSettings>${setting('ExternalEwsUrl', ews)}</UserSettings>`);
    const found = await look((path) =>
      path.startsWith('bare') ? undefined : path.endsWith('.svc') ? xml(answer) : httpAnswer(404, {}),
    );
    assert.deepEqual(found.kind === 'found' && found.ewsUrls, [ews]);
    assert.equal(asked.at(-1), 'POST /autodiscover/autodiscover.svc signed in');
  });

  it('follows a redirect without credentials, and tells where it leads', async () => {
    const found = await look(
      (path) => (path.startsWith('bare') && !path.includes('2') ? redirect('/2/autodiscover.xml') : undefined),
      false,
    );
    assert.deepEqual(found.kind === 'leadsTo' && found.url, `${server.origin}/2/autodiscover.xml`);
  });

  it('asks again before credentials follow a redirect to another host', async () => {
    const found = await look((path) => {
      const elsewhere = `https://127.0.0.1:${new URL(server.origin).port}${plain}`;
      return path === plain ? redirect(elsewhere) : undefined;
    });
    assert.equal(found.kind === 'leadsTo' && found.host, `127.0.0.1:${new URL(server.origin).port}`);
    assert.equal(asked.filter((line) => line.endsWith('signed in')).length, 1);
  });

  it('does not go from https to http', async () => {
    const error = await failure(look(() => redirect('http://autodiscover.contoso.com/')));
    assert.ok(error instanceof ServerDiscoveryError && error.reason === 'nobody', String(error));
  });

  it('asks for the address by which the mailbox is known', async () => {
    let first = true;
    const found = await look((path, text) => {
      if (path.startsWith('bare')) return undefined;
      const host = headerOf(text, 'host') ?? '';
      const answer = first ? pox(`<Action>redirectAddr</Action><RedirectAddr>other@${host}</RedirectAddr>`) : settings;
      assert.ok(text.includes(first ? '<EMailAddress>user@' : '<EMailAddress>other@'), text);
      first = false;
      return xml(answer);
    });
    assert.equal(found.kind, 'found');
  });

  it('does not follow redirects for ever', async () => {
    const error = await failure(look((path) => (path.startsWith('bare') ? undefined : redirect(plain))));
    assert.ok(error instanceof ServerDiscoveryError && error.reason === 'tooManyRedirects', String(error));
  });

  it('tries a refused password once', async () => {
    const error = await failure(look(() => undefined));
    assert.ok(error instanceof EwsError, String(error));
    assert.equal(asked.filter((line) => line.endsWith('signed in')).length, 1);
  });

  for (const [what, body, reason] of [
    ['an unknown mailbox', poxError('500'), 'unknownMailbox'],
    ['a server without EWS', poxError('600'), 'nothing'],
  ] as const) {
    it(`tells of ${what}`, async () => {
      const error = await failure(look((path) => (path.startsWith('bare') ? undefined : xml(body))));
      assert.ok(error instanceof ServerDiscoveryError, String(error));
      assert.equal(error.reason, reason);
    });
  }

  it('tells whom it has asked when nobody answers as Autodiscover', async () => {
    const error = await failure(look(() => httpAnswer(404, {})));
    assert.ok(error instanceof ServerDiscoveryError && error.reason === 'nobody');
    const { host } = new URL(server.origin);
    assert.deepEqual(error.asked, [`https://${host}${plain}`, `https://autodiscover.${host}${plain}`]);
  });
});
