import { parentPort } from 'node:worker_threads';

/**
 * Stands in for the EWS worker: ends when it is asked for a page of one folder, crashes for two, has a request sent for three
 * without ever answering, and is silent else.
 */
parentPort?.on('message', ({ call, request }: { call: number; request?: { pageSize?: number } }) => {
  if (request?.pageSize === 1) process.exit(0);
  if (request?.pageSize === 2) throw new Error('crashed');
  if (request?.pageSize === 3) parentPort?.postMessage({ type: 'send', call, envelope: '<x/>' });
});
