/** Why a certificate file cannot be used to sign in. */
export type CertificateReason =
  | 'notACertificate'
  | 'noPrivateKey'
  | 'noCertificate'
  | 'passphraseNeeded'
  | 'wrongPassphrase'
  | 'keyMismatch'
  | 'notRsa'
  | 'tooShort'
  | 'expired'
  | 'notYetValid';

export class CertificateError extends Error {
  readonly reason: CertificateReason;
  /** Bits of a short key, or the date that makes the certificate invalid; may be empty. */
  readonly detail: string;

  constructor(reason: CertificateReason, detail = '') {
    super(reason);
    this.name = 'CertificateError';
    this.reason = reason;
    this.detail = detail;
  }
}
