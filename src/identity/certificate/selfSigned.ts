import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';
import { openKeyFile } from './openKeyFile.ts';
import type { SigningCertificate } from './openKeyFile.ts';

export interface SelfSignedRequest {
  /** ASCII. */
  readonly commonName: string;
  /** How long it is valid, in calendar months. */
  readonly months: number;
}

const bits = 3072;
/** A server whose clock is behind would not accept it yet. In milliseconds. */
const clockTolerance = 5 * 60_000;

/** Makes a key and a certificate that vouches for itself, to sign in with. Takes a second or more: run it in a worker. */
export function makeSelfSigned({ commonName, months }: SelfSignedRequest, now: Date): SigningCertificate {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificate = forge.pki.createCertificate();
  const name = [{ name: 'commonName', value: commonName }];
  certificate.publicKey = forge.pki.publicKeyFromPem(
    createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  );
  certificate.serialNumber = serialNumber();
  certificate.validity.notBefore = new Date(now.getTime() - clockTolerance);
  certificate.validity.notAfter = monthsLater(now, months);
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true },
    { name: 'extKeyUsage', clientAuth: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(keyPem), forge.md.sha256.create());
  return openKeyFile(Buffer.from(keyPem + forge.pki.certificateToPem(certificate)), '', now);
}

/** Positive, and at most 20 octets: RFC 5280, 4.1.2.2. */
function serialNumber(): string {
  return `4${randomBytes(16).toString('hex').slice(1)}`;
}

/** The same day, or the month's last one where it has none such. */
function monthsLater(from: Date, months: number): Date {
  const later = new Date(from);
  later.setUTCMonth(later.getUTCMonth() + months);
  if (later.getUTCDate() !== from.getUTCDate()) later.setUTCDate(0);
  return later;
}
