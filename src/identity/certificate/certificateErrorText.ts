import * as l10n from '@vscode/l10n';
import type { CertificateReason } from './certificateError.ts';

/** Why a certificate file cannot be used, and what to do. */
export function certificateErrorText(reason: CertificateReason, detail: string): string {
  switch (reason) {
    case 'notACertificate':
      return l10n.t('This is not a certificate file. Choose a PEM or PFX file with certificate and private key.');
    case 'noPrivateKey':
      return l10n.t(
        'The file has no private key. Export the certificate together with its key (PFX), or add the key to the PEM file.',
      );
    case 'noCertificate':
      return l10n.t('The file has a private key but no certificate. Choose a file with both.');
    case 'passphraseNeeded':
      return l10n.t('The file is protected. Enter its passphrase.');
    case 'wrongPassphrase':
      return l10n.t('The passphrase is wrong.');
    case 'keyMismatch':
      return l10n.t('The private key does not belong to the certificate in this file.');
    case 'notRsa':
      return l10n.t('The key is not RSA. Entra ID needs an RSA key of at least 2048 bits.');
    case 'tooShort':
      return l10n.t('The key has only {0} bits. At least 2048 are needed.', detail);
    case 'expired':
      return l10n.t('The certificate expired on {0}.', dateText(detail));
    case 'notYetValid':
      return l10n.t('The certificate is valid only from {0}.', dateText(detail));
  }
}

export function dateText(iso: string): string {
  return new Date(iso).toLocaleDateString(undefined, { dateStyle: 'long' });
}
