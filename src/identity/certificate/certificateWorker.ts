import { parentPort, workerData } from 'node:worker_threads';
import { CertificateError } from './certificateError.ts';
import type { CertificateReason } from './certificateError.ts';
import { openKeyFile } from './openKeyFile.ts';
import type { SigningCertificate } from './openKeyFile.ts';

export interface CertificateJob {
  readonly file: Uint8Array;
  readonly passphrase: string;
}

export type CertificateAnswer =
  { readonly certificate: SigningCertificate } | { readonly reason: CertificateReason; readonly detail: string };

/** Opens one key file and ends: deriving a key from a passphrase must not stop the extension host. */
function run({ file, passphrase }: CertificateJob): CertificateAnswer {
  try {
    return { certificate: openKeyFile(Buffer.from(file), passphrase, new Date()) };
  } catch (error) {
    if (error instanceof CertificateError) return { reason: error.reason, detail: error.detail };
    return { reason: 'notACertificate', detail: '' };
  }
}

parentPort?.postMessage(run(workerData as CertificateJob)); // Our own code starts it, in readCertificate.ts.
