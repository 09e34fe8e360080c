import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, it } from 'mocha';
import { makeServerCertificates } from '../../lab/certificates.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { bestLongestSlice } from '../support/longestSlice.ts';
import { httpAnswer, startRawServer } from '../support/rawServer.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const source = path.resolve(import.meta.dirname, '../../../src/ews/transport/trustedCas.ts');

describe('The authorities of a connection', () => {
  const folder = useTemporaryFolder();

  /** What a process of its own, in which nothing was read before, writes about the authorities. */
  async function told(script: string, env: NodeJS.ProcessEnv = {}): Promise<unknown> {
    const lines = [
      `import { trustedCas } from ${JSON.stringify(pathToFileURL(source).href)};`,
      'let threads = 0;',
      "process.on('worker', () => threads++);",
      `process.stdout.write(JSON.stringify(${script}));`,
    ];
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', lines.join('\n')], {
      env: { ...process.env, ...env },
      maxBuffer: 16 * 1024 * 1024,
    });
    return JSON.parse(stdout);
  }

  // Elsewhere OpenSSL's variable does not name the system's authorities.
  (process.platform === 'linux' ? it : it.skip)('are those of the system too where one was added', async () => {
    const { ca } = await makeServerCertificates();
    const file = path.join(folder(), 'system.pem');
    await writeFile(file, ca);
    const trusted = await told("await trustedCas('added')", { SSL_CERT_FILE: file });
    assert.ok(Array.isArray(trusted));
    assert.ok(trusted.includes(ca.trim()));
    assert.equal(trusted.at(-1), 'added');
  });

  it('are read by another thread, once, and only where one was added', async () => {
    assert.equal(await told('[await trustedCas(undefined)].length + threads'), 1);
    const [first, second, third, threads] = await told(
      "[...(await Promise.all([trustedCas('1'), trustedCas('2')])), await trustedCas('3'), threads]",
    ).then((value) => (Array.isArray(value) ? (value as unknown[]) : []));
    assert.equal(threads, 1);
    assert.deepEqual(
      [first, second, third].map((list) => (Array.isArray(list) ? (list as unknown[]).at(-1) : undefined)),
      ['1', '2', '3'],
    );
  });

  it('are there even if no other thread can be had', async () => {
    const withoutThreads =
      'data:text/javascript,export const SHARE_ENV = 0; export class Worker { constructor() { throw Error() } }';
    const hook = `import { registerHooks } from 'node:module';
      registerHooks({ resolve: (name, context, next) =>
        name === 'node:worker_threads' ? { url: ${JSON.stringify(withoutThreads)}, shortCircuit: true } : next(name, context) });`;
    const file = path.join(folder(), 'hook.mjs');
    await writeFile(file, hook);
    const count = await told("[(await trustedCas('added')).at(-1), threads]", {
      NODE_OPTIONS: `--import=${pathToFileURL(file).href}`,
    });
    assert.deepEqual(count, ['added', 0]);
  });

  it('are taken in once for all connections of a client, which else would hold up everything else', async () => {
    const certificates = await makeServerCertificates();
    const server = await startRawServer(certificates, (socket) => socket.write(httpAnswer(200, {}, '')));
    const authorities = await trustedCas(certificates.ca);
    const longest = await bestLongestSlice(100, async () => {
      const client = new HttpClient(Promise.resolve(authorities), undefined, 20);
      const http = client.within({ signal: new AbortController().signal });
      const ask = () => http.request({ method: 'GET', url: server.origin });
      await ask();
      await Promise.all(Array.from({ length: 20 }, ask)); // Some 15 ms for each would be 300.
      client.close();
    });
    await server.close();
    assert.ok(longest < 150, `${Math.round(longest)} ms`);
  });
});
