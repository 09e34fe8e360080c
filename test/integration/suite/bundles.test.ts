import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import vscode from 'vscode';
import { EwsError } from '../../../src/ews/ewsError.ts';
import { bearer } from '../../../src/ews/authorization/bearer.ts';
import { EwsSession } from '../../../src/ews/ewsSession.ts';
import { EwsLibrary } from '../../../src/ews/library/ewsLibrary.ts';
import { TransportError } from '../../../src/ews/transport/transportError.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { CertificateError } from '../../../src/identity/certificate/certificateError.ts';
import { keyWorkshop } from '../../../src/identity/certificate/keyWorkshop.ts';

/** A port that nothing listens on: discard, which needs a privilege to be opened. */
const nobody = 'https://127.0.0.1:9/EWS/Exchange.asmx';

function bundle(name: string): string {
  const extension = vscode.extensions.getExtension('exchange-migration.exchange-migration');
  assert.ok(extension);
  return path.join(extension.extensionPath, 'dist', name);
}

describe('The bundles beside the extension’s own', () => {
  it('open a key file in a worker thread of the extension host', async () => {
    const read = keyWorkshop(bundle('certificateWorker.js')).open;
    await assert.rejects(
      read(Buffer.from('neither PEM nor DER'), ''),
      (error) => error instanceof CertificateError && error.reason === 'notACertificate',
    );
  });

  it('make a key with its certificate there, too', async () => {
    const made = await keyWorkshop(bundle('certificateWorker.js')).make({ commonName: 'Test', months: 12 });
    assert.equal(made.subject, 'CN=Test');
    assert.match(made.privateKey, /^-----BEGIN PRIVATE KEY-----/);
  });

  it('run ews-javascript-api in a worker thread and keep the evidence of a refused request', async () => {
    const library = new EwsLibrary(bundle('ewsWorker.js'));
    const client = new HttpClient();
    const { signal } = new AbortController();
    const session = new EwsSession({
      url: nobody,
      authorization: bearer(() => Promise.resolve('token')),
      anchorMailbox: 'user@contoso.example',
      userAgent: 'test',
    });
    try {
      const found = library.run(
        'findFolders',
        { offset: 0, pageSize: 1 },
        { http: client.within({ signal }), session, signal },
      );
      await assert.rejects(found, (error) => {
        assert.ok(!(error instanceof EwsError));
        return error instanceof TransportError && error.reason === 'refused';
      });
    } finally {
      library.dispose();
      client.close();
    }
  });

  it('hold apart what only a wizard, a verification or a registration needs', async () => {
    const [extension, later] = await Promise.all(['extension.js', 'later.js'].map((name) => withParts(bundle(name))));
    for (const text of [
      'Get-OrganizationConfig',
      'appRoleAssignments',
      'Connect-MgGraph',
      'ExportItemsResponseMessage',
    ]) {
      assert.ok(later?.includes(text), text);
      assert.ok(!extension?.includes(text), `${text} is loaded at activation`);
    }
  });

  it('hold MSAL apart, to be loaded at the first sign-in', () => {
    const load = createRequire(bundle('extension.js'));
    const signIn: unknown = load(bundle('signIn.js'));
    assert.ok(typeof signIn === 'object' && signIn !== null && 'signInWithMsal' in signIn);
  });
});

/** A bundle with all that it requires at once. */
async function withParts(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  const parts = [...text.matchAll(/require\("\.\/(part-\w+\.js)"\)/g)].map(([, name]) => name ?? '');
  const texts = await Promise.all(parts.map((name) => readFile(path.join(path.dirname(file), name), 'utf8')));
  return [text, ...texts].join('');
}
