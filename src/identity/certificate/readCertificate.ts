import { Worker } from 'node:worker_threads';
import { CertificateError } from './certificateError.ts';
import type { CertificateAnswer, CertificateJob } from './certificateWorker.ts';
import type { SigningCertificate } from './openKeyFile.ts';

export type ReadCertificate = (file: Uint8Array, passphrase: string) => Promise<SigningCertificate>;

/**
 * Makes the function that reads a PEM or PFX file in a worker thread.
 * @param workerFile script of certificateWorker.
 * @returns a function that throws CertificateError.
 */
export function certificateReader(workerFile: string | URL): ReadCertificate {
  return (file, passphrase) =>
    new Promise((resolve, reject) => {
      const job: CertificateJob = { file, passphrase };
      const worker = new Worker(workerFile, { workerData: job, env: {} });
      worker.once('message', (answer: CertificateAnswer) => {
        if ('certificate' in answer) resolve(answer.certificate);
        else reject(new CertificateError(answer.reason, answer.detail));
        void worker.terminate();
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new CertificateError('notACertificate')));
    });
}
