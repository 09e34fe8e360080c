import type { X509Certificate } from 'node:crypto';

/** As much as a definition may hold, in characters. */
const longestSubject = 1024;

/** A certificate's subject on one line; the serial number of one that names nobody. */
export function subjectText(certificate: X509Certificate): string {
  // Node gives undefined for an empty subject, whatever its types say.
  const subject = certificate.subject as string | undefined;
  const text = subject === undefined ? `serialNumber=${certificate.serialNumber}` : subject.split('\n').join(', ');
  return text.slice(0, longestSubject);
}
