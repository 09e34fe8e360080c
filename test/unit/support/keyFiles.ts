import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

export interface KeyFileOptions {
  readonly bits?: number;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** A self-signed certificate and its key, in the forms in which administrators have them. */
export class TestKey {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  readonly #keys: forge.pki.rsa.KeyPair;
  readonly #certificate: forge.pki.Certificate;

  constructor({ bits = 2048, notBefore = days(-1), notAfter = days(365) }: KeyFileOptions = {}) {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: bits,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    const key = forge.pki.privateKeyFromPem(privateKey);
    this.#keys = { privateKey: key, publicKey: forge.pki.setRsaPublicKey(key.n, key.e) };
    this.#certificate = selfSigned(this.#keys, notBefore, notAfter);
    this.certificatePem = forge.pki.certificateToPem(this.#certificate);
    this.privateKeyPem = createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
  }

  encryptedPrivateKeyPem(passphrase: string): string {
    return createPrivateKey(this.privateKeyPem)
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
      .toString();
  }

  /** @param algorithm 'aes256' as OpenSSL 3 and new Windows write it, '3des' as older ones do. */
  pfx(passphrase: string, algorithm: 'aes256' | '3des'): Buffer {
    const asn1 = forge.pkcs12.toPkcs12Asn1(this.#keys.privateKey, this.#certificate, passphrase, { algorithm });
    return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
  }

  /** Certificate alone, in DER, as in a .cer file. */
  get cer(): Buffer {
    return Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(this.#certificate)).getBytes(), 'binary');
  }
}

function selfSigned(keys: forge.pki.rsa.KeyPair, notBefore: Date, notAfter: Date): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = '01';
  certificate.validity.notBefore = notBefore;
  certificate.validity.notAfter = notAfter;
  const name = [{ name: 'commonName', value: 'Migration' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  return certificate;
}

/** So many days from now. */
export function days(count: number): Date {
  return new Date(Date.now() + count * 86_400_000);
}
