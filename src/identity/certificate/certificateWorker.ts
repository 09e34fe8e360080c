import { parentPort, workerData } from 'node:worker_threads';
import { CertificateError } from './certificateError.ts';
import type { CertificateReason } from './certificateError.ts';
import { openKeyFile } from './openKeyFile.ts';
import type { SigningCertificate } from './openKeyFile.ts';
import { makeSelfSigned } from './selfSigned.ts';
import type { SelfSignedRequest } from './selfSigned.ts';

export type CertificateJob =
  { readonly file: Uint8Array; readonly passphrase: string } | { readonly selfSigned: SelfSignedRequest };

export type CertificateAnswer =
  { readonly certificate: SigningCertificate } | { readonly reason: CertificateReason; readonly detail: string };

/** Opens or makes one key and ends: it takes a second of computing, which must not stop the extension host. */
function run(job: CertificateJob): CertificateAnswer {
  const now = new Date();
  if ('selfSigned' in job) return { certificate: makeSelfSigned(job.selfSigned, now) };
  try {
    return { certificate: openKeyFile(Buffer.from(job.file), job.passphrase, now) };
  } catch (error) {
    if (error instanceof CertificateError) return { reason: error.reason, detail: error.detail };
    return { reason: 'notACertificate', detail: '' };
  }
}

parentPort?.postMessage(run(workerData as CertificateJob)); // Our own code starts it, in keyWorkshop.ts.
