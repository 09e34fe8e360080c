import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './messages.ts';
import { runOperation, ServiceFailure } from './operations.ts';

/**
 * A worker thread around ews-javascript-api: loading it takes a quarter of a second and large answers take long to
 * parse, neither of which may stop the extension host. It never sees a token: the host's thread does the requests,
 * also because only there VS Code's proxy settings are in force.
 */
const port = parentPort;
if (port === null) throw new Error('Runs as a worker thread only.');

const waiting = new Map<number, (xml: string | undefined) => void>();
const tell = (message: FromWorker): void => port.postMessage(message);

port.on('message', (message: ToWorker) => {
  if (message.type === 'answer') {
    waiting.get(message.call)?.(message.xml);
    waiting.delete(message.call);
    return;
  }
  const { call } = message;
  const send = (envelope: string): Promise<string | undefined> =>
    new Promise((resolve) => {
      waiting.set(call, resolve);
      tell({ type: 'send', call, envelope });
    });
  runOperation(message, send).then(
    (result) => tell({ type: 'result', call, result }),
    (error: unknown) => {
      if (!(error instanceof ServiceFailure)) tell({ type: 'failed', call, code: '', message: String(error) });
      else tell({ type: 'failed', call, message: error.message, ...error.reason });
    },
  );
});
