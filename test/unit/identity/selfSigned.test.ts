import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { keyWorkshop } from '../../../src/identity/certificate/keyWorkshop.ts';
import { makeSelfSigned } from '../../../src/identity/certificate/selfSigned.ts';

describe('A self-signed certificate', () => {
  it('is of RSA 3072, vouches for itself and holds the key that signs', async () => {
    const keys = keyWorkshop(new URL('../../../src/identity/certificate/certificateWorker.ts', import.meta.url));
    const made = await keys.make({ commonName: 'Exchange Migration', months: 12 });
    const certificate = new X509Certificate(made.certificate);
    const key = createPrivateKey(made.privateKey);
    assert.equal(key.asymmetricKeyDetails?.modulusLength, 3072);
    assert.ok(certificate.checkPrivateKey(key));
    assert.ok(certificate.verify(certificate.publicKey));
    assert.equal(certificate.subject, 'CN=Exchange Migration');
    assert.equal(certificate.ca, false);
    assert.equal(certificate.signatureAlgorithm, 'sha256WithRSAEncryption');
    assert.equal(made.notAfter, certificate.validToDate.toISOString());
    assert.match(certificate.serialNumber, /^4[0-9A-F]{31}$/);
  });

  for (const [from, months, until] of [
    ['2026-11-24T10:00:00Z', 12, '2027-11-24T10:00:00.000Z'],
    ['2027-10-31T10:00:00Z', 4, '2028-02-29T10:00:00.000Z'],
    ['2028-02-29T10:00:00Z', 12, '2029-02-28T10:00:00.000Z'],
  ] as const) {
    it(`made on ${from.slice(0, 10)} for ${months} months is good until ${until.slice(0, 10)}`, () => {
      const { notAfter, certificate } = makeSelfSigned({ commonName: 'Test', months }, new Date(from));
      assert.equal(notAfter, until);
      const { validFromDate } = new X509Certificate(certificate);
      assert.ok(validFromDate < new Date(from), 'a server whose clock is a little behind takes it too');
    });
  }
});
