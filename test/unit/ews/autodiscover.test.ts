import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import { discoverEwsUrl, ForeignAddressError } from '../../../src/ews/autodiscover.ts';
import { AnswerError } from '../../../src/ews/transport/answer.ts';
import type { AnswerReason } from '../../../src/ews/transport/answer.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { headerOf, startScriptedServer } from '../support/scriptedServer.ts';
import type { ScriptedAnswer, ScriptedServer } from '../support/scriptedServer.ts';

const address = 'https://outlook.example/EWS/Exchange.asmx';
const found: ScriptedAnswer = { body: JSON.stringify({ Protocol: 'EWS', Url: address }) };
const redirect = (location: string, status = 302): ScriptedAnswer => ({ status, headers: { location } });

describe('Autodiscover', () => {
  let certificates: ServerCertificates;
  let server: ScriptedServer;
  const clients: HttpClient[] = [];
  before(async () => {
    certificates = await makeServerCertificates();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await server.close();
  });

  const discover = async (answers: readonly ScriptedAnswer[], mailbox = 'user@contoso.com'): Promise<string> => {
    server = await startScriptedServer(certificates, answers);
    const client = new HttpClient(trustedCas(certificates.ca));
    clients.push(client);
    return discoverEwsUrl(client.within({ signal: new AbortController().signal }), {
      base: `${server.origin}/autodiscover/autodiscover.json`,
      mailbox,
      userAgent: 'ExchangeMigration/test',
      allows: (url) => url.startsWith(server.origin) || url.startsWith('https://outlook.example/'),
    });
  };
  const failsWith = async (answers: readonly ScriptedAnswer[], reason: AnswerReason): Promise<AnswerError> => {
    const error = await discover(answers).then(
      () => assert.fail(),
      (cause: unknown) => cause,
    );
    assert.ok(error instanceof AnswerError, String(error));
    assert.equal(error.reason, reason);
    return error;
  };

  it('finds the address of a mailbox, without credentials', async () => {
    assert.equal(await discover([found], 'jörg+x@contoso.com'), address);
    const [request = ''] = server.requests;
    assert.match(
      request,
      /^GET \/autodiscover\/autodiscover\.json\/v1\.0\/j%C3%B6rg%2Bx@contoso\.com\?Protocol=EWS HTTP/,
    );
    assert.equal(headerOf(request, 'authorization'), undefined);
    assert.equal(headerOf(request, 'user-agent'), 'ExchangeMigration/test');
  });

  it('cannot be led astray by what stands in the address', async () => {
    await discover([found], '../../x?y#z@contoso.com');
    assert.match(
      server.requests[0] ?? '',
      /^GET \/autodiscover\/autodiscover\.json\/v1\.0\/[^/?#]*\?Protocol=EWS HTTP/,
    );
  });

  for (const status of [301, 302, 307, 308]) {
    it(`follows a redirect of this cloud (${status})`, async () => {
      assert.equal(await discover([redirect('/other/path?Protocol=EWS', status), found]), address);
      assert.match(server.requests[1] ?? '', /^GET \/other\/path\?Protocol=EWS HTTP/);
    });
  }

  it('follows three redirects, and no more', async () => {
    const again = redirect('/again');
    assert.equal(await discover([again, again, again, found]), address);
    await server.close();
    await failsWith([again], 'redirect');
    assert.equal(server.requests.length, 4);
  });

  it('follows none to http', async () => {
    const error = await failsWith([redirect('http://outlook.example/x?secret=1')], 'insecureRedirect');
    assert.equal(error.location, 'http://outlook.example/x');
    assert.equal(server.requests.length, 1);
  });

  it('follows none to a place that is none', async () => {
    await failsWith([redirect('https://')], 'redirect');
  });

  for (const [what, answer] of [
    ['a redirect', redirect('https://elsewhere.example/path?token=1')],
    ['an answer', { body: JSON.stringify({ Protocol: 'EWS', Url: 'https://elsewhere.example/path?token=1' }) }],
  ] as const) {
    it(`does not trust ${what} that names a foreign host`, async () => {
      await assert.rejects(
        discover([answer]),
        (error) => error instanceof ForeignAddressError && error.url === 'https://elsewhere.example/path',
      );
      assert.equal(server.requests.length, 1);
    });
  }

  it('does not trust an answer that names http', async () => {
    const answer = { body: JSON.stringify({ Protocol: 'EWS', Url: 'http://outlook.example/EWS/Exchange.asmx' }) };
    await assert.rejects(discover([answer]), ForeignAddressError);
  });

  const bad: readonly (readonly [string, ScriptedAnswer, AnswerReason])[] = [
    ['an unknown user', { status: 404, body: '{"ErrorCode":"UserNotFound"}' }, 'status'],
    ['a redirect to nowhere', { status: 302 }, 'status'],
    ['a web page', { body: '<!DOCTYPE html><html></html>', headers: { 'content-type': 'text/html' } }, 'html'],
    ['no JSON', { body: 'oops' }, 'notJson'],
    ['nothing', {}, 'notJson'],
    ['a list', { body: '[]' }, 'unexpected'],
    ['an answer without address', { body: '{"Protocol":"EWS"}' }, 'unexpected'],
    ['an address that is none', { body: '{"Protocol":"EWS","Url":"here"}' }, 'unexpected'],
  ];
  for (const [what, answer, reason] of bad) {
    it(`recognises ${what}`, async () => {
      await failsWith([answer], reason);
    });
  }
});
