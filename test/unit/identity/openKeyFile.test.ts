import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { CertificateError } from '../../../src/identity/certificate/certificateError.ts';
import type { CertificateReason } from '../../../src/identity/certificate/certificateError.ts';
import { openKeyFile } from '../../../src/identity/certificate/openKeyFile.ts';
import { keyWorkshop } from '../../../src/identity/certificate/keyWorkshop.ts';
import { readAdditionalCa } from '../../../src/identity/certificate/additionalCa.ts';
import { days, TestKey } from '../support/keyFiles.ts';

describe('Opening a key file', () => {
  const key = new TestKey();
  const other = new TestKey();
  const short = new TestKey({ bits: 1024 });
  const expired = new TestKey({ notBefore: days(-20), notAfter: days(-10) });
  const future = new TestKey({ notBefore: days(10), notAfter: days(20) });
  const ec = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
  const open = (file: Buffer | string, passphrase = ''): ReturnType<typeof openKeyFile> =>
    openKeyFile(Buffer.from(file), passphrase, new Date());

  const good: Record<string, [file: Buffer | string, passphrase: string]> = {
    'PEM, key first': [key.privateKeyPem + key.certificatePem, ''],
    'PEM, certificate first, with text between': [
      `Bag Attributes\n${key.certificatePem}\nKey:\n${key.privateKeyPem}`,
      '',
    ],
    'PEM with the chain before the certificate': [other.certificatePem + key.certificatePem + key.privateKeyPem, ''],
    'PEM with an encrypted key (PKCS#8)': [
      key.encryptedPrivateKeyPem('open sesame') + key.certificatePem,
      'open sesame',
    ],
    'PEM with Windows line ends': [(key.privateKeyPem + key.certificatePem).replaceAll('\n', '\r\n'), ''],
    'PFX with AES': [key.pfx('open sesame', 'aes256'), 'open sesame'],
    'PFX with 3DES': [key.pfx('open sesame', '3des'), 'open sesame'],
    'PFX with an empty passphrase': [key.pfx('', 'aes256'), ''],
  };
  for (const [what, [file, passphrase]] of Object.entries(good)) {
    it(`opens ${what}`, () => {
      const opened = open(file, passphrase);
      const certificate = new X509Certificate(opened.certificate);
      assert.equal(opened.thumbprintSha256, new X509Certificate(key.certificatePem).fingerprint256.replaceAll(':', ''));
      assert.equal(opened.subject, 'CN=Migration');
      assert.equal(opened.notAfter, certificate.validToDate.toISOString());
      assert.match(opened.privateKey, /^-----BEGIN PRIVATE KEY-----/);
      assert.ok(createPublicKey(opened.privateKey).equals(certificate.publicKey));
    });
  }

  const bad: Record<string, [file: Buffer | string, passphrase: string, reason: CertificateReason]> = {
    'an empty file': ['', '', 'notACertificate'],
    'a text': ['hello', '', 'notACertificate'],
    'a PEM block of something else': [
      '-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----',
      '',
      'notACertificate',
    ],
    'a broken key': [
      `${key.certificatePem}-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----`,
      '',
      'notACertificate',
    ],
    'a certificate without its key (PEM)': [key.certificatePem, '', 'noPrivateKey'],
    'a certificate without its key (.cer)': [key.cer, '', 'noPrivateKey'],
    'a key without a certificate (PEM)': [key.privateKeyPem, '', 'noCertificate'],
    'an encrypted key without a passphrase': [
      key.encryptedPrivateKeyPem('x') + key.certificatePem,
      '',
      'passphraseNeeded',
    ],
    'an encrypted key with a wrong passphrase': [
      key.encryptedPrivateKeyPem('x') + key.certificatePem,
      'y',
      'wrongPassphrase',
    ],
    'a PFX without a passphrase': [key.pfx('x', 'aes256'), '', 'passphraseNeeded'],
    'a PFX with a wrong passphrase (AES)': [key.pfx('x', 'aes256'), 'y', 'wrongPassphrase'],
    'a PFX with a wrong passphrase (3DES)': [key.pfx('x', '3des'), 'y', 'wrongPassphrase'],
    'a truncated PFX': [key.pfx('x', 'aes256').subarray(0, 500), 'x', 'notACertificate'],
    'a key of another certificate': [other.privateKeyPem + key.certificatePem, '', 'keyMismatch'],
    'an elliptic-curve key': [ec + key.certificatePem, '', 'notRsa'],
    'a key of 1024 bits': [short.privateKeyPem + short.certificatePem, '', 'tooShort'],
    'a certificate that has expired': [expired.privateKeyPem + expired.certificatePem, '', 'expired'],
    'a certificate of the future': [future.privateKeyPem + future.certificatePem, '', 'notYetValid'],
  };
  for (const [what, [file, passphrase, reason]] of Object.entries(bad)) {
    it(`refuses ${what}: ${reason}`, () => {
      assert.throws(
        () => open(file, passphrase),
        (error) => {
          assert.ok(error instanceof CertificateError, String(error));
          assert.equal(error.reason, reason);
          return true;
        },
      );
    });
  }

  it('tells the bits of a short key and the date of an expired certificate', () => {
    assert.throws(() => open(short.privateKeyPem + short.certificatePem), { detail: '1024' });
    assert.throws(() => open(expired.privateKeyPem + expired.certificatePem), {
      detail: new X509Certificate(expired.certificatePem).validToDate.toISOString(),
    });
  });

  it('works in a worker thread, reasons included', async () => {
    const read = keyWorkshop(new URL('../../../src/identity/certificate/certificateWorker.ts', import.meta.url)).open;
    assert.equal((await read(key.pfx('x', 'aes256'), 'x')).subject, 'CN=Migration');
    await assert.rejects(read(key.pfx('x', 'aes256'), 'y'), { name: 'CertificateError', reason: 'wrongPassphrase' });
  });
});

describe('Reading additional authorities', () => {
  const [first, second] = [new TestKey(), new TestKey()];

  it('reads one or more in PEM, and one in DER', () => {
    const two = readAdditionalCa(Buffer.from(first.certificatePem + second.certificatePem));
    assert.deepEqual(two?.subjects, ['CN=Migration', 'CN=Migration']);
    assert.equal(two.pem.match(/BEGIN CERTIFICATE/g)?.length, 2);
    assert.match(readAdditionalCa(first.cer)?.pem ?? '', /^-----BEGIN CERTIFICATE-----/);
  });

  it('never takes a private key along', () => {
    const read = readAdditionalCa(Buffer.from(first.privateKeyPem + first.certificatePem));
    assert.ok(read && !read.pem.includes('PRIVATE KEY'));
  });

  for (const file of ['', 'hello', '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----']) {
    it(`refuses ${JSON.stringify(file)}`, () => assert.equal(readAdditionalCa(Buffer.from(file)), undefined));
  }
});
