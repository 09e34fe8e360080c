import { Worker } from 'node:worker_threads';
import { CertificateError } from './certificateError.ts';
import type { CertificateAnswer, CertificateJob } from './certificateWorker.ts';
import type { SigningCertificate } from './openKeyFile.ts';
import type { SelfSignedRequest } from './selfSigned.ts';

/** Opens and makes keys with their certificates, each in a worker thread of its own. */
export interface KeyWorkshop {
  /** Reads a PEM or PFX file. @param passphrase empty: none. @throws CertificateError */
  readonly open: (file: Uint8Array, passphrase: string) => Promise<SigningCertificate>;
  /** Makes a new key and a self-signed certificate. */
  readonly make: (request: SelfSignedRequest) => Promise<SigningCertificate>;
}

/** @param workerFile script of certificateWorker. */
export function keyWorkshop(workerFile: string | URL): KeyWorkshop {
  const run = (job: CertificateJob): Promise<SigningCertificate> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(workerFile, { workerData: job, env: {} });
      worker.once('message', (answer: CertificateAnswer) => {
        if ('certificate' in answer) resolve(answer.certificate);
        else reject(new CertificateError(answer.reason, answer.detail));
        void worker.terminate();
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new CertificateError('notACertificate')));
    });
  return {
    open: (file, passphrase) => run({ file, passphrase }),
    make: (selfSigned) => run({ selfSigned }),
  };
}
