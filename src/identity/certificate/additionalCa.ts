import { X509Certificate } from 'node:crypto';

/**
 * Reads a file of certification authorities (PEM with one certificate or more, or one in DER).
 * @returns the certificates as PEM and their subjects; undefined when the file holds none or one is broken.
 */
export function readAdditionalCa(
  file: Buffer,
): { readonly pem: string; readonly subjects: readonly string[] } | undefined {
  const blocks = file.toString('latin1').match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  try {
    const certificates = (blocks ?? [file]).map((block) => new X509Certificate(block));
    return {
      pem: certificates.map(String).join(''),
      subjects: certificates.map(({ subject }) => subject.split('\n').join(', ')),
    };
  } catch {
    return undefined;
  }
}
