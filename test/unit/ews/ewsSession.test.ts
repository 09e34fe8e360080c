import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import { EwsError } from '../../../src/ews/ewsError.ts';
import { bearer } from '../../../src/ews/authorization/bearer.ts';
import { EwsSession } from '../../../src/ews/ewsSession.ts';
import { AnswerError } from '../../../src/ews/transport/answer.ts';
import type { ExchangeRecord } from '../../../src/ews/transport/exchangeRecord.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import type { Http } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { headerOf, startScriptedServer } from '../support/scriptedServer.ts';
import type { ScriptedAnswer, ScriptedServer } from '../support/scriptedServer.ts';

const xml = { 'content-type': 'text/xml; charset=utf-8' };
const good: ScriptedAnswer = { headers: xml, body: '\uFEFF<?xml version="1.0"?><answer/>' };

describe('A session with EWS', () => {
  let certificates: ServerCertificates;
  let server: ScriptedServer;
  let session: EwsSession;
  let asked: boolean[];
  let records: ExchangeRecord[];
  let client: HttpClient;
  let http: Http;
  before(async () => {
    certificates = await makeServerCertificates();
  });
  afterEach(async () => {
    client.close();
    await server.close();
  });

  const open = async (answers: readonly ScriptedAnswer[]): Promise<void> => {
    server = await startScriptedServer(certificates, answers);
    asked = [];
    records = [];
    client = new HttpClient(trustedCas(certificates.ca));
    http = client.within({ signal: new AbortController().signal, onExchange: (record) => records.push(record) });
    session = new EwsSession({
      url: `${server.origin}/EWS/Exchange.asmx`,
      authorization: bearer((_, fresh) => {
        asked.push(fresh);
        return Promise.resolve(fresh ? 'token-2' : 'token-1');
      }),
      anchorMailbox: 'user@contoso.com',
      userAgent: 'ExchangeMigration/test',
    });
  };
  const failure = async (): Promise<unknown> =>
    session.send(http, 'GetFolder', '<request/>').then(
      () => assert.fail(),
      (error: unknown) => error,
    );

  it('sends what Exchange asks for and gives the answer’s text', async () => {
    await open([good]);
    assert.equal(await session.send(http, 'GetFolder', '<request/>'), '<?xml version="1.0"?><answer/>');
    await session.send(http, 'GetFolder', '<request/>');
    const [first = '', second = ''] = server.requests;
    assert.match(first, /^POST \/EWS\/Exchange\.asmx HTTP[\s\S]*\r\n\r\n<request\/>$/);
    const expected = {
      authorization: 'Bearer token-1',
      'content-type': 'text/xml; charset=utf-8',
      'user-agent': 'ExchangeMigration/test',
      'x-anchormailbox': 'user@contoso.com',
      'return-client-request-id': 'true',
      cookie: undefined,
    };
    for (const [name, value] of Object.entries(expected)) assert.equal(headerOf(first, name), value);
    const ids = [first, second].map((request) => headerOf(request, 'client-request-id') ?? '');
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.notEqual(ids[0], ids[1]);
    assert.equal(records[0]?.operation, 'GetFolder');
  });

  it('keeps the cookies that hold it on one server, newest value, and no other', async () => {
    const cookie = (value: string): ScriptedAnswer => ({ ...good, headers: { ...xml, 'set-cookie': value } });
    await open([
      cookie('exchangecookie=one; path=/; HttpOnly'),
      cookie('X-BackEndOverrideCookie=two; path=/'),
      cookie('tracking=hidden'),
      cookie('ExchangeCookie=three'),
      good,
    ]);
    for (let turn = 0; turn < 5; turn++) await session.send(http, 'GetFolder', '');
    assert.deepEqual(
      server.requests.map((request) => headerOf(request, 'cookie')),
      [
        undefined,
        'exchangecookie=one',
        'exchangecookie=one; X-BackEndOverrideCookie=two',
        'exchangecookie=one; X-BackEndOverrideCookie=two',
        'ExchangeCookie=three; X-BackEndOverrideCookie=two',
      ],
    );
  });

  it('tries once more with a fresh token after 401', async () => {
    await open([{ status: 401, body: 'busy' }, good]);
    assert.match(await session.send(http, 'GetFolder', ''), /answer/);
    assert.deepEqual(asked, [false, true]);
    assert.equal(headerOf(server.requests[1] ?? '', 'authorization'), 'Bearer token-2');
    assert.equal(server.connections(), 1);
  });

  it('takes a second 401 as meant', async () => {
    const diagnostics = '2000001;reason="no";error_category="invalid_token"';
    await open([{ status: 401 }, { status: 401, headers: { 'x-ms-diagnostics': diagnostics } }]);
    const error = await failure();
    assert.ok(error instanceof EwsError);
    assert.deepEqual(error.evidence, {
      kind: 'http',
      status: 401,
      policyReason: '',
      diagnostics: { code: 2000001, reason: 'no', category: 'invalid_token' },
    });
    assert.equal(server.requests.length, 2);
  });

  const soapFault =
    '<s:Envelope xmlns:s="s"><s:Body><s:Fault><faultcode>a:ErrorAccessDenied</faultcode><faultstring>No.</faultstring></s:Fault></s:Body></s:Envelope>';
  const refusals: readonly (readonly [string, ScriptedAnswer, object])[] = [
    [
      'a fault',
      { status: 500, headers: xml, body: soapFault },
      { kind: 'fault', status: 500, code: 'ErrorAccessDenied', message: 'No.' },
    ],
    [
      'a policy',
      { status: 403, headers: { 'x-ews-policy-reason': 'EWS is disabled for this user or tenant' }, body: soapFault },
      { kind: 'http', status: 403, policyReason: 'EWS is disabled for this user or tenant' },
    ],
    ['500 without a fault', { status: 500, body: '<html>' }, { kind: 'http', status: 500, policyReason: '' }],
    [
      'being busy',
      { status: 503, headers: { 'retry-after': '7' } },
      { kind: 'http', status: 503, policyReason: '', retryAfterMs: 7000 },
    ],
    ['nothing', { status: 204 }, { kind: 'http', status: 204, policyReason: '' }],
  ];
  for (const [what, answer, evidence] of refusals) {
    it(`keeps the evidence of ${what}, and its exchange`, async () => {
      await open([answer]);
      const error = await failure();
      assert.ok(error instanceof EwsError);
      assert.deepEqual(error.evidence, evidence);
      assert.equal(records.length, 1);
      assert.equal(records[0]?.status, answer.status);
    });
  }

  const others: readonly (readonly [string, ScriptedAnswer, string])[] = [
    ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }, 'redirect'],
    ['a redirect to http', { status: 301, headers: { location: 'http://elsewhere.example/' } }, 'insecureRedirect'],
    ['a web page', { headers: { 'content-type': 'text/html' }, body: '<html></html>' }, 'html'],
    ['a web page that calls itself XML', { headers: xml, body: ' <!doctype HTML>' }, 'html'],
    ['JSON', { body: '{}' }, 'notXml'],
    ['nothing', { body: '' }, 'notXml'],
  ];
  for (const [what, answer, reason] of others) {
    it(`does not take ${what} for Exchange, sends nothing elsewhere, and keeps the exchange`, async () => {
      await open([answer]);
      const error = await failure();
      assert.ok(error instanceof AnswerError, String(error));
      assert.equal(error.reason, reason);
      assert.equal(server.requests.length, 1);
      assert.equal(records.length, 1);
    });
  }
});
