import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CertificateError } from './certificateError.ts';
import { openPfx } from './pfx.ts';
import type { KeyFile } from './pfx.ts';
import { subjectText } from './subjectText.ts';

/** A certificate with its private key, ready to sign in. */
export interface SigningCertificate {
  /** PKCS#8 PEM without a passphrase. */
  readonly privateKey: string;
  /** PEM: the certificate, then its chain. */
  readonly certificate: string;
  readonly subject: string;
  /** SHA-256, 64 upper-case hexadecimal digits. */
  readonly thumbprintSha256: string;
  /** ISO 8601. */
  readonly notAfter: string;
}

/** Microsoft recommends at least this many bits of RSA [facts]. */
const leastBits = 2048;

/**
 * Reads a PEM or PKCS#12 (PFX) file. Deriving a key from a passphrase can take a second: run it in a worker.
 * @param passphrase empty: none.
 * @throws CertificateError
 */
export function openKeyFile(file: Buffer, passphrase: string, now: Date): SigningCertificate {
  const { privateKey, certificates } = isPem(file)
    ? openPem(file.toString('latin1'), passphrase)
    : openDer(file, passphrase);
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'rsa') throw new CertificateError('notRsa');
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < leastBits) throw new CertificateError('tooShort', String(bits));
  return describe(key, certificates, now);
}

function describe(key: KeyObject, certificates: readonly string[], now: Date): SigningCertificate {
  if (certificates.length === 0) throw new CertificateError('noCertificate');
  const parsed = certificates.map(parseCertificate);
  const own = parsed.find((certificate) => certificate.checkPrivateKey(key));
  if (own === undefined) throw new CertificateError('keyMismatch');
  if (own.validToDate < now) throw new CertificateError('expired', own.validToDate.toISOString());
  if (own.validFromDate > now) throw new CertificateError('notYetValid', own.validFromDate.toISOString());
  return {
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: [own, ...parsed.filter((other) => other !== own)].map(String).join(''),
    subject: subjectText(own),
    thumbprintSha256: own.fingerprint256.replaceAll(':', ''),
    notAfter: own.validToDate.toISOString(),
  };
}

function isPem(file: Buffer): boolean {
  return file.includes('-----BEGIN ');
}

function openPem(text: string, passphrase: string): KeyFile {
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g)];
  const certificates = blocks.filter(([, label]) => label === 'CERTIFICATE').map(([block]) => block);
  const keyBlock = blocks.find(([, label]) => label?.endsWith('PRIVATE KEY'))?.[0];
  if (keyBlock === undefined) throw new CertificateError(certificates.length > 0 ? 'noPrivateKey' : 'notACertificate');
  const encrypted = /^-----BEGIN ENCRYPTED |Proc-Type: 4,ENCRYPTED/m.test(keyBlock);
  if (encrypted && passphrase === '') throw new CertificateError('passphraseNeeded');
  try {
    const key = createPrivateKey({ key: keyBlock, ...(encrypted && { passphrase }) });
    return { privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(), certificates };
  } catch {
    // OpenSSL and BoringSSL word it differently; with a passphrase in play it is the likely cause.
    throw new CertificateError(encrypted ? 'wrongPassphrase' : 'notACertificate');
  }
}

/** DER: a PKCS#12 file, or a bare certificate (.cer) that has no key to sign with. */
function openDer(file: Buffer, passphrase: string): KeyFile {
  if (isBareCertificate(file)) throw new CertificateError('noPrivateKey');
  return openPfx(file, passphrase);
}

function isBareCertificate(file: Buffer): boolean {
  try {
    new X509Certificate(file);
    return true;
  } catch {
    return false;
  }
}

function parseCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new CertificateError('notACertificate');
  }
}
