import { parentPort } from 'node:worker_threads';

/** Stands in for the EWS worker: ends when it is asked for a page of one folder, crashes for two, and is silent else. */
parentPort?.on('message', ({ request }: { request?: { pageSize?: number } }) => {
  if (request?.pageSize === 1) process.exit(0);
  if (request?.pageSize === 2) throw new Error('crashed');
});
