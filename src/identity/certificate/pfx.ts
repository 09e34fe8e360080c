import forge from 'node-forge';
import { CertificateError } from './certificateError.ts';

/** PEM texts of what a key file holds. */
export interface KeyFile {
  /** Without a passphrase. */
  readonly privateKey: string;
  readonly certificates: readonly string[];
}

const { oids } = forge.pki;

/**
 * Opens a PKCS#12 file, with the old (3DES, RC2) and the new (AES) encryption; Node's crypto reads keys out of neither.
 * @throws CertificateError
 */
export function openPfx(der: Buffer, passphrase: string): KeyFile {
  const pfx = decrypt(der, passphrase);
  const certificates = bags(pfx, 'certBag').flatMap(({ cert }) => (cert ? [forge.pki.certificateToPem(cert)] : []));
  const keys = [...bags(pfx, 'pkcs8ShroudedKeyBag'), ...bags(pfx, 'keyBag')];
  if (keys.length === 0) throw new CertificateError('noPrivateKey');
  const key = keys.find((bag) => bag.key)?.key;
  if (!key) throw new CertificateError('notRsa'); // Forge knows RSA keys only.
  return { privateKey: forge.pki.privateKeyToPem(key), certificates };
}

function decrypt(der: Buffer, passphrase: string): forge.pkcs12.Pkcs12Pfx {
  let asn1: forge.asn1.Asn1;
  try {
    asn1 = forge.asn1.fromDer(der.toString('binary'));
  } catch {
    throw new CertificateError('notACertificate');
  }
  try {
    return forge.pkcs12.pkcs12FromAsn1(asn1, false, passphrase);
  } catch (error) {
    // Forge tells a wrong passphrase by its messages only; a file that is no PKCS#12 fails its schema first.
    if (String(error).includes('not an PKCS#12 PFX')) throw new CertificateError('notACertificate');
    throw new CertificateError(passphrase === '' ? 'passphraseNeeded' : 'wrongPassphrase');
  }
}

function bags(pfx: forge.pkcs12.Pkcs12Pfx, type: 'certBag' | 'pkcs8ShroudedKeyBag' | 'keyBag'): forge.pkcs12.Bag[] {
  const oid = oids[type];
  return oid === undefined ? [] : (pfx.getBags({ bagType: oid })[oid] ?? []);
}
