import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeCertificate } from '../lab/x509.ts';
import { certificateValues, given, labApp, methods } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { Wizard } from './harness/wizard.ts';

const day = 86_400_000; // in milliseconds

/** Private key and self-signed certificate as PEM. */
function pem(bits: number, notAfter: Date): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const notBefore = new Date(Date.now() - 100 * day);
  const certificate = makeCertificate({ commonName: 'Migration', key: privateKey, notBefore, notAfter });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() + certificate;
}

describe('A certificate file', () => {
  const stage = useStage();
  let wizard: Wizard;
  before(async () => {
    wizard = await Wizard.openNew(stage.workbench);
    await wizard.method(methods.certificate).click();
  });

  async function choose(name: string, content: string): Promise<void> {
    const file = path.join(stage.workbench.folder, name);
    await writeFile(file, content);
    await wizard.chooseCertificate(file);
    await wizard.group('Certificate').getByText(name).waitFor();
  }

  it('that is none says so', async () => {
    await choose('notes.pem', 'Remember the milk.\n');
    await wizard.untilError('Certificate', /^This is not a certificate file\. Choose a PEM or PFX file/);
  });

  it('without a private key says so', async () => {
    await choose('public.pem', given(labApp(stage.lab, 'Migration').certificate));
    await wizard.untilError(
      'Certificate',
      /^The file has no private key\. Export the certificate together with its key/,
    );
  });

  it('that has expired says when', async () => {
    const yesterday = new Date(Date.now() - day);
    await choose('expired.pem', pem(2048, yesterday));
    await wizard.untilError('Certificate', new RegExp(`^The certificate expired on .*${yesterday.getFullYear()}`));
  });

  it('with a short key says how short', async () => {
    await choose('short.pem', pem(1024, new Date(Date.now() + day)));
    await wizard.untilError('Certificate', /^The key has only 1024 bits\. At least 2048 are needed\.$/);
  });

  it('asks for its passphrase, refuses a wrong one, and goes to the end with the right one', async () => {
    const app = labApp(stage.lab, 'Migration');
    await wizard.fill(certificateValues(stage.lab, 'Certificate file', given(app.pfxFile)));
    const passphrase = wizard.field('Passphrase');
    await passphrase.waitFor();
    assert.equal(await wizard.error('Certificate'), '', 'a protected file is no fault');

    await passphrase.fill('not-its-passphrase');
    await passphrase.press('Tab');
    await wizard.untilError('Passphrase', /^The passphrase is wrong\.$/);
    await wizard.button('Next').click();
    await wizard.content.locator('vscode-text-field:focus', { hasText: 'Passphrase' }).waitFor();

    await passphrase.fill(given(app.pfxPassphrase));
    await passphrase.press('Tab');
    await wizard
      .group('Certificate')
      .getByText(/^CN=Migration, valid until .*, thumbprint [0-9A-F]{16}…$/)
      .waitFor();
    await wizard.next();
    await wizard.configureAndFinish();
    await stage.workbench.row('Certificate file, tenant contoso-lab.onmicrosoft.com, Verified').waitFor();
  });
});
