import { createHash, createPublicKey, randomBytes, sign, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { bits, boolean, explicit, integer, octets, oid, sequence, set, time, tlv, utf8 } from './der.ts';

export interface CertificateRequest {
  readonly commonName: string;
  readonly key: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Who signs; absent for a self-signed certificate. */
  readonly issuer?: { readonly commonName: string; readonly key: KeyObject };
  readonly isAuthority?: boolean;
  readonly dnsNames?: readonly string[];
  readonly ipv4?: readonly string[];
}

const critical = (id: string, value: Buffer): Buffer => sequence(oid(id), boolean(true), octets(value));
const plain = (id: string, value: Buffer): Buffer => sequence(oid(id), octets(value));
const name = (commonName: string): Buffer => sequence(set(sequence(oid('2.5.4.3'), utf8(commonName))));

/** ecdsa-with-SHA256, or sha256WithRSAEncryption with its NULL parameter. */
function signatureAlgorithm(key: KeyObject): Buffer {
  if (key.asymmetricKeyType === 'ec') return sequence(oid('1.2.840.10045.4.3.2'));
  return sequence(oid('1.2.840.113549.1.1.11'), tlv(0x05));
}

function publicKeyInfo(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

function extensions(request: CertificateRequest): Buffer {
  const keyId = (key: KeyObject): Buffer => createHash('sha1').update(publicKeyInfo(key)).digest();
  const list = [
    plain('2.5.29.14', octets(keyId(request.key))),
    plain('2.5.29.35', sequence(tlv(0x80, keyId(request.issuer?.key ?? request.key)))),
  ];
  if (request.isAuthority) {
    list.push(critical('2.5.29.19', sequence(boolean(true))), critical('2.5.29.15', bits(Buffer.of(0x06), 1)));
  }
  const names = [
    ...(request.dnsNames ?? []).map((dns) => tlv(0x82, Buffer.from(dns))),
    ...(request.ipv4 ?? []).map((ip) => tlv(0x87, Buffer.from(ip.split('.').map(Number)))),
  ];
  if (names.length > 0) {
    list.push(plain('2.5.29.17', sequence(...names)), plain('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))));
  }
  return explicit(3, sequence(...list));
}

/**
 * Makes a version 3 certificate (RFC 5280) with SHA-256.
 * @returns the certificate as PEM
 */
export function makeCertificate(request: CertificateRequest): string {
  const signer = request.issuer?.key ?? request.key;
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(serial),
    signatureAlgorithm(signer),
    name(request.issuer?.commonName ?? request.commonName),
    sequence(time(request.notBefore), time(request.notAfter)),
    name(request.commonName),
    publicKeyInfo(request.key),
    extensions(request),
  );
  const certificate = sequence(toBeSigned, signatureAlgorithm(signer), bits(sign('sha256', toBeSigned, signer)));
  return new X509Certificate(certificate).toString();
}
