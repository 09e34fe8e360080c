import { SHARE_ENV, Worker } from 'node:worker_threads';

/** Node keeps what it has read for the whole process, so this does too. */
let reading: Promise<void> | undefined;

/**
 * Done when Node has read the system's authorities. Reading parses hundreds of certificates and stops the thread for 30 ms
 * and more, so another thread does it; for this one they are then a matter of 2 ms. If that thread cannot be had, the
 * first to ask for them waits, as it would without this. Never rejects.
 */
export function systemAuthoritiesRead(): Promise<void> {
  reading ??= new Promise((resolve) => {
    try {
      // Where they are is told by variables of the process, such as SSL_CERT_FILE.
      const worker = new Worker("require('node:tls').getCACertificates('system');", {
        ...{ eval: true, execArgv: [], stdout: true, stderr: true },
        env: SHARE_ENV,
      });
      worker.once('error', () => resolve());
      worker.once('exit', () => resolve());
    } catch {
      resolve();
    }
  });
  return reading;
}
