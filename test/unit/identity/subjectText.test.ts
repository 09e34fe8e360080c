import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'mocha';
import forge from 'node-forge';
import { readAdditionalCa } from '../../../src/identity/certificate/additionalCa.ts';
import { openKeyFile } from '../../../src/identity/certificate/openKeyFile.ts';
import { connectionSettings } from '../../../src/connections/sourceConnection.ts';
import { makeCertificate } from '../../lab/x509.ts';
import { days } from '../support/keyFiles.ts';
import { sampleSettings } from '../support/sampleSettings.ts';

describe('A certificate with an unusual subject', () => {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificateOf = (commonName: string): string =>
    makeCertificate({ commonName, key, notBefore: days(-1), notAfter: days(30) });

  /** Such a certificate in its definition. */
  const opens = (commonName: string): string => {
    const opened = openKeyFile(Buffer.from(privateKey + certificateOf(commonName)), '', new Date());
    const { subject, thumbprintSha256, notAfter } = opened;
    const clientId = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
    const signIn = {
      method: 'appCertificate',
      clientId,
      certificate: { subject, thumbprintSha256, notAfter },
    } as const;
    assert.ok(connectionSettings.safeParse(sampleSettings({ signIn })).success);
    return subject;
  };

  it('can be used: letters of all kinds', () => assert.equal(opens('Größe, 南'), 'CN=Größe\\, 南'));
  it('can be used: longer than a definition holds', () => assert.equal(opens('x'.repeat(3000)).length, 1024));

  it('can be used: none at all', () => {
    const nameless = namelessCertificate(privateKey);
    assert.match(openKeyFile(Buffer.from(privateKey + nameless), '', new Date()).subject, /^serialNumber=[0-9A-F]+$/);
    assert.equal(readAdditionalCa(Buffer.from(nameless))?.subjects.length, 1);
  });

  it('more authorities than a definition holds are refused', () => {
    const one = certificateOf('Authority');
    const many = one.repeat(Math.ceil(1_000_000 / one.length) + 1);
    assert.equal(readAdditionalCa(Buffer.from(many)), undefined);
  });
});

/** The lab's certificates have a name, and an empty one is none: forge makes one without. */
function namelessCertificate(privateKeyPem: string): string {
  const privateKey = forge.pki.privateKeyFromPem(privateKeyPem);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  certificate.serialNumber = '0a';
  certificate.validity.notBefore = days(-1);
  certificate.validity.notAfter = days(30);
  certificate.sign(privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
