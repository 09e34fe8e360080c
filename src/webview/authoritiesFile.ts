import { Buffer } from 'node:buffer';
import { readAdditionalCa } from '../identity/certificate/additionalCa.ts';
import type { ChosenFile } from './protocol.ts';
import type { PickedFile } from './wizardFiles.ts';

/** As a definition holds them. */
interface AdditionalCa {
  readonly fileName: string;
  readonly pem: string;
}

/** The authorities to trust besides the machine's own, as a wizard holds them. */
export class AuthoritiesFile {
  #chosen: (AdditionalCa & { readonly subjects: readonly string[] }) | undefined;
  #broken: string | undefined;

  /** Takes over those of a connection that is edited or duplicated. */
  adopt(additionalCa: AdditionalCa | undefined): void {
    if (!additionalCa) return;
    const read = readAdditionalCa(Buffer.from(additionalCa.pem, 'latin1'));
    this.#chosen = { ...additionalCa, subjects: read?.subjects ?? [] };
  }

  choose({ fileName, bytes }: PickedFile): void {
    const read = readAdditionalCa(Buffer.from(bytes));
    this.#broken = read ? undefined : fileName;
    this.#chosen = read && { fileName, ...read };
  }

  remove(): void {
    this.#broken = undefined;
    this.#chosen = undefined;
  }

  /** Whether the file that was chosen last holds none. */
  get broken(): boolean {
    return this.#broken !== undefined;
  }

  /** For the definition. */
  get value(): AdditionalCa | undefined {
    return this.#chosen && { fileName: this.#chosen.fileName, pem: this.#chosen.pem };
  }

  /** What the page shows. */
  get view(): ChosenFile | undefined {
    if (this.#broken !== undefined) return { fileName: this.#broken, summary: '', needsPassphrase: false };
    return (
      this.#chosen && {
        fileName: this.#chosen.fileName,
        summary: this.#chosen.subjects.join('; '),
        needsPassphrase: false,
      }
    );
  }
}
