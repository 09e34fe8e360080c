import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, it } from 'mocha';
import { makeServerCertificates } from '../../lab/certificates.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const source = path.resolve(import.meta.dirname, '../../../src/ews/transport/trustedCas.ts');

describe('The authorities of a connection', () => {
  const folder = useTemporaryFolder();

  // Elsewhere OpenSSL's variable does not name the system's authorities.
  (process.platform === 'linux' ? it : it.skip)('are those of the system too where one was added', async () => {
    const { ca } = await makeServerCertificates();
    const file = path.join(folder(), 'system.pem');
    await writeFile(file, ca);
    const script = [
      `import { trustedCas } from ${JSON.stringify(pathToFileURL(source).href)};`,
      "process.stdout.write(JSON.stringify(trustedCas('added')));",
    ].join('\n');
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, SSL_CERT_FILE: file },
      maxBuffer: 16 * 1024 * 1024,
    });
    const trusted: unknown = JSON.parse(stdout);
    assert.ok(Array.isArray(trusted));
    assert.ok(trusted.includes(ca.trim()));
    assert.equal(trusted.at(-1), 'added');
  });
});
