import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as z from 'zod/mini';
import { AnswerError } from '../../../../src/ews/transport/answer.ts';
import { HttpClient } from '../../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../../src/ews/transport/trustedCas.ts';
import { GraphSession } from '../../../../src/identity/graph/graphSession.ts';
import { makeServerCertificates } from '../../../lab/certificates.ts';
import type { ServerCertificates } from '../../../lab/certificates.ts';
import { startScriptedServer } from '../../support/scriptedServer.ts';
import type { ScriptedServer } from '../../support/scriptedServer.ts';

describe('Pages of Graph', () => {
  let certificates: ServerCertificates;
  let client: HttpClient;
  let server: ScriptedServer;
  before(async () => {
    certificates = await makeServerCertificates();
    client = new HttpClient(trustedCas(certificates.ca));
  });
  afterEach(() => server.close());
  after(() => client.close());

  /** @param links of each page; ORIGIN stands for the server */
  const walk = async (links: readonly (string | undefined)[], mostPages = 10): Promise<readonly number[]> => {
    const bodies = links.map((link, at) => ({ value: [at], ...(link !== undefined && { '@odata.nextLink': link }) }));
    // The links have to name the server, whose port is known once it runs: it looks at these answers when it is asked.
    const answers = bodies.map((body) => ({ body: JSON.stringify(body) }));
    server = await startScriptedServer(certificates, answers);
    for (const answer of answers) answer.body = answer.body.replaceAll('ORIGIN', server.origin);
    const session = new GraphSession({
      ...{ http: client.within({ signal: new AbortController().signal }), origin: server.origin, token: 'token' },
      ...{ userAgent: 'test', pause: () => Promise.resolve() },
    });
    const seen: number[] = [];
    const pages = session.pages({ path: '/users', query: { $top: '1' }, operation: 'users' }, z.number(), mostPages);
    for await (const page of pages) seen.push(...page);
    return seen;
  };
  const refused = async (links: readonly string[], mostPages?: number): Promise<number> => {
    const error = await walk(links, mostPages).then(
      () => assert.fail('It was not refused.'),
      (each: unknown) => each,
    );
    assert.ok(error instanceof AnswerError && error.reason === 'unexpected', String(error));
    return server.requests.length;
  };

  it('are followed as their links are written', async () => {
    assert.deepEqual(
      await walk(['ORIGIN/v1.0/users?$top=1&$skiptoken=a%2Bb', '/v1.0/users?x=2', undefined]),
      [0, 1, 2],
    );
    assert.match(server.requests[1] ?? '', /^GET \/v1\.0\/users\?\$top=1&\$skiptoken=a%2Bb /);
    assert.match(server.requests[2] ?? '', /authorization: Bearer token/i);
  });

  for (const link of [
    'https://evil.example/v1.0/users?$skiptoken=x',
    'ORIGIN.evil.example/v1.0/users',
    'http://localhost/v1.0/users',
    'ORIGIN/elsewhere',
    '',
  ]) {
    it(`are not followed to ${link === '' ? 'itself' : link}`, async () => {
      assert.equal(await refused([link]), 1);
    });
  }

  it('do not lead in circles for ever', async () => {
    assert.equal(await refused(['ORIGIN/v1.0/users?a', 'ORIGIN/v1.0/users?b', 'ORIGIN/v1.0/users?a'], 3), 3);
  });
});
