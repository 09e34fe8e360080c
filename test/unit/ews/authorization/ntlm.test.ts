import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { afterEach, before, describe, it } from 'mocha';
import { ConnectionNotKeptError, NtlmAuthorization } from '../../../../src/ews/authorization/ntlm.ts';
import { EwsError } from '../../../../src/ews/ewsError.ts';
import { EwsSession } from '../../../../src/ews/ewsSession.ts';
import { avId } from '../../../../src/ews/ntlm/avPairs.ts';
import { channelBinding } from '../../../../src/ews/ntlm/channelBinding.ts';
import { AnswerError } from '../../../../src/ews/transport/answer.ts';
import type { ExchangeRecord } from '../../../../src/ews/transport/exchangeRecord.ts';
import { HttpClient } from '../../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../../src/ews/transport/trustedCas.ts';
import { TransportError } from '../../../../src/ews/transport/transportError.ts';
import { makeServerCertificates } from '../../../lab/certificates.ts';
import type { ServerCertificates } from '../../../lab/certificates.ts';
import { authenticateIn, ntlmMessageOf, sampleChallenge } from '../../support/ntlmMessages.ts';
import { httpAnswer, startRawServer } from '../../support/rawServer.ts';
import type { RawServer, Turn } from '../../support/rawServer.ts';
import { until } from '../../support/until.ts';

const xml = { 'content-type': 'text/xml' };
const good = httpAnswer(200, xml, '<answer/>');
const challenge = (scheme = 'NTLM'): string =>
  httpAnswer(401, { 'www-authenticate': `${scheme} ${sampleChallenge.toString('base64')}` });

describe('NTLM over HTTP', () => {
  let certificates: ServerCertificates;
  let server: RawServer | undefined;
  let client: HttpClient | undefined;
  let turns: Turn[];
  let records: ExchangeRecord[];
  before(async () => {
    certificates = await makeServerCertificates();
  });
  afterEach(async () => {
    client?.close();
    await server?.close();
  });

  type Answer = (turn: Turn, socket: TLSSocket) => string | undefined;

  /** A server that lets in who sends the third message, and keeps the connection signed in. */
  const letIn: Answer = ({ text }) => (ntlmMessageOf(text) === 1 ? challenge() : good);

  const open = async (
    answer: Answer,
    bound = true,
  ): Promise<(operation: string, once?: boolean) => Promise<string>> => {
    turns = [];
    records = [];
    server = await startRawServer(certificates, (socket, turn) => {
      turns.push(turn);
      const text = answer(turn, socket);
      if (text !== undefined) socket.write(text);
    });
    client = new HttpClient(trustedCas(certificates.ca));
    const scope = {
      signal: new AbortController().signal,
      onExchange: (record: ExchangeRecord) => records.push(record),
    };
    const http = client.within(scope);
    const session = new EwsSession({
      url: `${server.origin}/EWS/Exchange.asmx`,
      authorization: new NtlmAuthorization({ userName: 'CONTOSO\\admin', password: 'Pa$$wörd-17', bound }),
      anchorMailbox: 'user@contoso.com',
      userAgent: 'test',
    });
    return async (operation, once = false) => {
      const response = await session.stream(http, operation, `<${operation}/>`, { once });
      const chunks: Buffer[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    };
  };
  const failure = (run: Promise<unknown>): Promise<unknown> =>
    run.then(
      () => assert.fail('it succeeded'),
      (error: unknown) => error,
    );
  /** Connection and message of each request so far. */
  const seen = (): string[] => turns.map(({ connection, text }) => `${connection}:${ntlmMessageOf(text)}`);

  it('signs a connection in once and goes on using it', async () => {
    const send = await open(letIn);
    for (const operation of ['One', 'Two', 'Three']) assert.equal(await send(operation), '<answer/>');
    assert.deepEqual(seen(), ['1:1', '1:3', '1:0', '1:0']);
    assert.match(turns[0]?.text ?? '', /content-length: 0\r\n/i);
    assert.match(turns[1]?.text ?? '', /\r\n\r\n<One\/>$/);
    const { domain, user } = authenticateIn(turns[1]?.text ?? '');
    assert.deepEqual([domain, user], ['CONTOSO', 'admin']);
    assert.match(turns[2]?.text ?? '', /\r\nhost: localhost:\d+\r\n/i);
    assert.deepEqual(
      records.map(({ status, operation }) => [status, operation]),
      [401, 200, 200, 200].map((status, index) => [status, ['One', 'One', 'Two', 'Three'][index]]),
    );
  });

  it('binds the sign-in to the certificate of the server and to its name, unless told not to', async () => {
    for (const bound of [true, false]) {
      const send = await open(letIn, bound);
      await send('One');
      const { target } = authenticateIn(turns[1]?.text ?? '');
      const expected = channelBinding(new X509Certificate(certificates.identities.valid.cert).raw);
      assert.deepEqual(target.get(avId.channelBindings), bound ? expected : undefined);
      assert.equal(target.get(avId.targetName)?.toString('utf16le'), 'HTTP/localhost');
      client?.close();
      await server?.close();
    }
  });

  it('has a connection for each of those who ask at once, and no more', async () => {
    const send = await open(letIn);
    await Promise.all(['One', 'Two', 'Three'].map((operation) => send(operation)));
    assert.equal(server?.connections(), 3);
    await Promise.all(['One', 'Two', 'Three'].map((operation) => send(operation)));
    assert.equal(server.connections(), 3);
  });

  it('leaves no connection behind when its client is closed', async () => {
    const send = await open(letIn);
    await Promise.all([send('One'), send('Two')]);
    assert.equal(server?.open(), 2);
    client?.close();
    await until('no connection is left', () => server?.open() === 0);
  });

  it('takes 401 for an answer after one try of the password', async () => {
    const refused = httpAnswer(401, { 'www-authenticate': 'Negotiate, NTLM' });
    const send = await open(({ text }) => (ntlmMessageOf(text) === 1 ? challenge() : refused));
    const error = await failure(send('One'));
    assert.ok(error instanceof EwsError);
    assert.equal(error.evidence.kind === 'http' && error.evidence.status, 401);
    assert.deepEqual(seen(), ['1:1', '1:3']);
    assert.doesNotMatch(JSON.stringify(error) + String(error), /Pa\$\$/);
    await until('no connection is left', () => server?.open() === 0);
  });

  it('signs another connection in when the server has forgotten one', async () => {
    const send = await open(({ request, text }) =>
      ntlmMessageOf(text) === 1 ? challenge() : request === 3 ? httpAnswer(401, { 'www-authenticate': 'NTLM' }) : good,
    );
    await send('One');
    assert.equal(await send('Two'), '<answer/>');
    assert.deepEqual(seen(), ['1:1', '1:3', '1:0', '2:1', '2:3']);
  });

  it('signs another connection in when one was closed while it waited', async () => {
    const send = await open((turn, socket) => {
      if (turn.request === 3) socket.destroy();
      return letIn(turn, socket);
    });
    await send('One');
    assert.equal(await send('Two'), '<answer/>');
    assert.deepEqual(seen(), ['1:1', '1:3', '1:0', '2:1', '2:3']);
  });

  it('does not repeat what must be done once', async () => {
    const send = await open((turn, socket) => {
      if (turn.request === 3) socket.destroy();
      return letIn(turn, socket);
    });
    await send('One');
    const error = await failure(send('Two', true));
    assert.ok(error instanceof TransportError && error.reason === 'reset', String(error));
    assert.equal(turns.length, 3);
  });

  it('says that something ends the connection between the messages', async () => {
    const send = await open(({ text }) => {
      const refusal = challenge().replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n');
      return ntlmMessageOf(text) === 1 ? refusal : good;
    });
    const error = await failure(send('One'));
    assert.ok(error instanceof ConnectionNotKeptError, String(error));
    assert.match(error.url, /^https:\/\/localhost:\d+\/EWS\/Exchange\.asmx$/);
    assert.equal(turns.length, 1);
  });

  it('goes by the name Negotiate where the server has no other', async () => {
    const send = await open(({ text }) => {
      if (ntlmMessageOf(text, 'Negotiate') === 1) return challenge('Negotiate');
      return ntlmMessageOf(text) === 1 ? httpAnswer(401, { 'www-authenticate': 'Negotiate' }) : good;
    });
    assert.equal(await send('One'), '<answer/>');
    assert.deepEqual(
      turns.map(({ text }) => ntlmMessageOf(text, 'Negotiate')),
      [0, 1, 3],
    );
    assert.equal(server?.connections(), 1);
  });

  it('sends no password to a server that does not offer it', async () => {
    const send = await open(() => httpAnswer(401, { 'www-authenticate': 'Basic realm="x"' }));
    assert.ok((await failure(send('One'))) instanceof EwsError);
    assert.deepEqual(seen(), ['1:1']);
  });

  it('does not take anything for a challenge', async () => {
    const send = await open(() => httpAnswer(401, { 'www-authenticate': 'NTLM AAAA' }));
    const error = await failure(send('One'));
    assert.ok(error instanceof AnswerError && error.reason === 'unexpected', String(error));
  });

  it('gives on what a server says before it wants to know who asks', async () => {
    const send = await open(() => httpAnswer(503, { 'retry-after': '7' }));
    const error = await failure(send('One'));
    assert.ok(error instanceof EwsError && error.evidence.kind === 'http');
    assert.equal(error.evidence.retryAfterMs, 7000);
  });

  it('asks again with the request itself where nobody has to sign in', async () => {
    const send = await open(({ request }) => (request === 1 ? httpAnswer(200, xml, '<empty/>') : good));
    assert.equal(await send('One'), '<answer/>');
    assert.deepEqual(seen(), ['1:1', '1:0']);
  });
});
