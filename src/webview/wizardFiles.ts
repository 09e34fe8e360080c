import * as l10n from '@vscode/l10n';
import type { ConnectionSecret } from '../connections/secret.ts';
import type { CertificateInfo } from '../connections/sourceConnection.ts';
import { CertificateError } from '../identity/certificate/certificateError.ts';
import type { SigningCertificate } from '../identity/certificate/openKeyFile.ts';
import { certificateInfoOf, certificateSecretOf } from '../identity/certificate/signingCertificate.ts';
import type { KeyWorkshop } from '../identity/certificate/keyWorkshop.ts';
import { dateText } from '../identity/certificate/certificateErrorText.ts';
import { AuthoritiesFile } from './authoritiesFile.ts';
import type { ChosenFile } from './protocol.ts';
import type { ValidationFacts } from './validateCredentials.ts';

export interface PickedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

interface ChosenCertificate extends PickedFile {
  readonly result: SigningCertificate | CertificateError;
}

/** The files a wizard holds: the certificate (in memory only) and the authorities to trust. */
export class WizardFiles {
  readonly authorities = new AuthoritiesFile();
  readonly #keys: KeyWorkshop;
  #certificate: ChosenCertificate | undefined;

  constructor(keys: KeyWorkshop) {
    this.#keys = keys;
  }

  async chooseCertificate(file: PickedFile, passphrase: string): Promise<void> {
    this.#certificate = { ...file, result: await this.#open(file, passphrase) };
  }

  /** Takes a certificate that was made here. @param fileName what to show in a file's place */
  takeCertificate(fileName: string, result: SigningCertificate): void {
    this.#certificate = { fileName, bytes: new Uint8Array(), result };
  }

  forgetCertificate(): void {
    this.#certificate = undefined;
  }

  /** Tries the certificate again if it is waiting for a passphrase, or for a better one. */
  async tryPassphrase(passphrase: string): Promise<void> {
    const chosen = this.#certificate;
    if (!chosen || !needsPassphrase(chosen) || passphrase === '') return;
    await this.chooseCertificate(chosen, passphrase);
  }

  get facts(): Pick<ValidationFacts, 'certificate' | 'additionalCaBroken'> {
    const result = this.#certificate?.result;
    const opened = result instanceof CertificateError ? { reason: result.reason, detail: result.detail } : 'opened';
    return { certificate: result ? opened : 'none', additionalCaBroken: this.authorities.broken };
  }

  /** For the definition, when a certificate has been chosen and opened. */
  get certificateInfo(): CertificateInfo | undefined {
    return this.#opened && certificateInfoOf(this.#opened);
  }

  /** For the vault, when a certificate has been chosen and opened. */
  get certificateSecret(): ConnectionSecret | undefined {
    return this.#opened && certificateSecretOf(this.#opened);
  }

  /** What the page shows of the certificate: the chosen one, else the stored one. */
  certificateView(stored: CertificateInfo | undefined): ChosenFile | undefined {
    const chosen = this.#certificate;
    if (chosen) {
      const { result, fileName } = chosen;
      const summary = result instanceof CertificateError ? '' : certificateSummary(result);
      return { fileName, summary, needsPassphrase: needsPassphrase(chosen) };
    }
    return stored && { fileName: l10n.t('Stored'), summary: certificateSummary(stored), needsPassphrase: false };
  }

  get #opened(): SigningCertificate | undefined {
    const result = this.#certificate?.result;
    return result instanceof CertificateError ? undefined : result;
  }

  async #open({ bytes }: PickedFile, passphrase: string): Promise<ChosenCertificate['result']> {
    try {
      return await this.#keys.open(bytes, passphrase);
    } catch (error) {
      if (error instanceof CertificateError) return error;
      throw error;
    }
  }
}

function needsPassphrase({ result }: ChosenCertificate): boolean {
  return (
    result instanceof CertificateError && (result.reason === 'passphraseNeeded' || result.reason === 'wrongPassphrase')
  );
}

function certificateSummary({ subject, notAfter, thumbprintSha256 }: CertificateInfo): string {
  return l10n.t('{0}, valid until {1}, thumbprint {2}…', subject, dateText(notAfter), thumbprintSha256.slice(0, 16));
}
