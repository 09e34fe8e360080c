import { generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { makeCertificate } from './x509.ts';

const generate = promisify(generateKeyPair);
const dayMs = 86_400_000;

/** How the listener presents itself; everything but `valid` has to be refused by a careful client. */
export const tlsVariants = ['valid', 'selfSigned', 'wrongHost', 'expired', 'untrusted'] as const;
export type TlsVariant = (typeof tlsVariants)[number];

interface ServerIdentity {
  readonly cert: string;
  readonly key: string;
}

export interface ServerCertificates {
  /** The CA that clients are told to trust, PEM. */
  readonly ca: string;
  readonly identities: Readonly<Record<TlsVariant, ServerIdentity>>;
}

export interface AppCertificate {
  readonly certificate: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A 2048-bit RSA key: what Entra asks of app certificates and signs its own tokens with. */
export async function rsaKey(): Promise<KeyObject> {
  return (await generate('rsa', { modulusLength: 2048 })).privateKey;
}

/**
 * Makes the lab's authority and one server certificate for each way to present oneself.
 * @param names of machines that the server stands for, beside localhost
 */
export async function makeServerCertificates(names: Iterable<string> = []): Promise<ServerCertificates> {
  const [authorityKey, strangerKey, serverKey] = (
    await Promise.all([1, 2, 3].map(() => generate('ec', { namedCurve: 'P-256' })))
  ).map((pair) => pair.privateKey);
  if (!authorityKey || !strangerKey || !serverKey) throw new Error('Three keys were asked for.');
  const now = Date.now();
  const validity = { notBefore: new Date(now - dayMs), notAfter: new Date(now + 30 * dayMs) };
  const authority = { commonName: 'Exchange Migration Lab CA', key: authorityKey };
  const stranger = { commonName: 'A CA nobody trusts', key: strangerKey };
  const local = {
    commonName: 'localhost',
    key: serverKey,
    dnsNames: ['localhost', ...names],
    ipv4: ['127.0.0.1', '127.0.0.2'],
    ...validity,
  };
  const identity = (cert: string): ServerIdentity => ({ cert, key: pem(serverKey) });
  return {
    ca: makeCertificate({ ...authority, ...validity, isAuthority: true }),
    identities: {
      valid: identity(makeCertificate({ ...local, issuer: authority })),
      selfSigned: identity(makeCertificate(local)),
      wrongHost: identity(
        makeCertificate({
          commonName: 'mail.other.example',
          key: serverKey,
          dnsNames: ['mail.other.example'],
          ...validity,
          issuer: authority,
        }),
      ),
      expired: identity(
        makeCertificate({
          ...local,
          notBefore: new Date(now - 60 * dayMs),
          notAfter: new Date(now - dayMs),
          issuer: authority,
        }),
      ),
      untrusted: identity(makeCertificate({ ...local, issuer: stranger })),
    },
  };
}

/**
 * Makes the self-signed certificate that an administrator uploads to an app registration.
 * @param days from now until it ends
 */
export async function makeAppCertificate(commonName: string, days = 365): Promise<AppCertificate> {
  const key = await rsaKey();
  const now = Date.now();
  const certificate = makeCertificate({
    commonName,
    key,
    notBefore: new Date(now - dayMs),
    notAfter: new Date(now + days * dayMs),
  });
  return { certificate, privateKey: pem(key) };
}
