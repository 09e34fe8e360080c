import type { AppSecret } from '../../connections/secret.ts';
import type { CertificateInfo } from '../../connections/sourceConnection.ts';
import type { SigningCertificate } from './openKeyFile.ts';

/** For the definition: what is public. */
export function certificateInfoOf({ subject, thumbprintSha256, notAfter }: SigningCertificate): CertificateInfo {
  return { subject, thumbprintSha256, notAfter };
}

/** For the vault, and for signing in. */
export function certificateSecretOf({ privateKey, certificate }: SigningCertificate): AppSecret {
  return { method: 'appCertificate', privateKey, certificate };
}
