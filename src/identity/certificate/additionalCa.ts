import { X509Certificate } from 'node:crypto';
import { longestPem } from '../../connections/settingForms.ts';
import { subjectText } from './subjectText.ts';

/**
 * Reads a file of certification authorities (PEM with one certificate or more, or one in DER).
 * @returns the certificates as PEM and their subjects; undefined when the file holds none, a broken one, or more than a definition may.
 */
export function readAdditionalCa(
  file: Buffer,
): { readonly pem: string; readonly subjects: readonly string[] } | undefined {
  const blocks = file.toString('latin1').match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  try {
    const certificates = (blocks ?? [file]).map((block) => new X509Certificate(block));
    const pem = certificates.map(String).join('');
    return pem.length > longestPem ? undefined : { pem, subjects: certificates.map(subjectText) };
  } catch {
    return undefined;
  }
}
