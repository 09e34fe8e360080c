import { Worker } from 'node:worker_threads';
import { EwsError } from '../ewsError.ts';
import type { EwsSession } from '../ewsSession.ts';
import type { Http } from '../transport/httpClient.ts';
import type { Call, FromWorker, OperationName, Operations, ToWorker } from './messages.ts';

/** On whose behalf an operation runs, and where its request goes. */
export interface OperationContext {
  readonly http: Http;
  readonly session: EwsSession;
  /** Mailbox to act as; undefined: the token's own user. */
  readonly impersonate?: string;
  /** Ends the call even when the worker is stuck. */
  readonly signal: AbortSignal;
}

/** The library could not make sense of what Exchange answered. */
export class UnreadableAnswerError extends Error {
  constructor(message: string) {
    super(message.slice(0, 300));
    this.name = 'UnreadableAnswerError';
  }
}

interface PendingCall {
  readonly operation: OperationName;
  readonly context: OperationContext;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Why the request got no answer: the caller is told this, not what the library makes of it. */
  failure?: { readonly error: unknown };
}

/** Names of the requests that the operations send, for the record. */
const requestNames: { readonly [name in OperationName]: string } = { findFolders: 'FindFolder', findItems: 'FindItem' };

/** ews-javascript-api's typed operations, run in a worker thread that starts with the first call or `start`. */
export class EwsLibrary {
  readonly #workerFile: string | URL;
  readonly #calls = new Map<number, PendingCall>();
  #worker: Worker | undefined;
  #lastCall = 0;

  /** @param workerFile path of the worker's script. */
  constructor(workerFile: string | URL) {
    this.#workerFile = workerFile;
  }

  /** Loads the library ahead of its use. */
  start(): void {
    this.#worker ??= this.#spawn();
  }

  /** Ends the worker; calls under way reject. */
  dispose(): void {
    const worker = this.#worker;
    if (!worker) return;
    this.#lost(worker, new Error('The EWS worker was ended.'));
    void worker.terminate();
  }

  /**
   * Runs an operation.
   * @throws EwsError, UnreadableAnswerError, AnswerError, TransportError; the signal's reason when it ends first.
   */
  async run<Name extends OperationName>(
    operation: Name,
    request: Operations[Name]['request'],
    context: OperationContext,
  ): Promise<Operations[Name]['result']> {
    context.signal.throwIfAborted();
    const call = ++this.#lastCall;
    const { impersonate } = context;
    const message: Call = {
      type: 'call',
      call,
      operation,
      request,
      mailbox: context.session.mailbox,
      requestVersion: context.session.requestVersion,
      ...(impersonate !== undefined && { impersonate }),
    };
    const onAbort = (): void => this.#settle(call)?.reject(context.signal.reason);
    context.signal.addEventListener('abort', onAbort, { once: true });
    try {
      const result = await new Promise<unknown>((resolve, reject) => {
        this.#calls.set(call, { operation, context, resolve, reject });
        this.start();
        this.#worker?.postMessage(message);
      });
      return result as Operations[Name]['result']; // Our own worker made it, for this very operation.
    } finally {
      context.signal.removeEventListener('abort', onAbort);
    }
  }

  #spawn(): Worker {
    const worker = new Worker(this.#workerFile, { stdout: true, stderr: true, env: {} });
    // Its output is swallowed: the library logs answers, and those hold people's mail.
    worker.stdout.resume();
    worker.stderr.resume();
    worker.unref();
    worker.on('message', (message: FromWorker) => this.#receive(worker, message));
    worker.on('error', (error: unknown) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker, new Error('The EWS worker has ended.')));
    return worker;
  }

  #receive(worker: Worker, message: FromWorker): void {
    if (message.type === 'send') {
      void this.#send(worker, message.call, message.envelope);
      return;
    }
    const pending = this.#settle(message.call);
    if (pending === undefined) return; // Cancelled meanwhile.
    if (message.type === 'result') pending.resolve(message.result);
    else pending.reject(failureOf(pending, message));
  }

  /** The answer is for the worker that asked: when it is gone meanwhile, nobody waits for it. */
  async #send(worker: Worker, call: number, envelope: string): Promise<void> {
    const answer = (message: ToWorker): void => worker.postMessage(message);
    const pending = this.#calls.get(call);
    if (pending === undefined) return;
    const { session, http } = pending.context;
    try {
      const xml = await session.send(http, requestNames[pending.operation], envelope);
      answer({ type: 'answer', call, xml });
    } catch (error) {
      pending.failure = { error };
      answer({ type: 'answer', call });
    }
  }

  /** Takes a call off the list; undefined when it has been taken already. */
  #settle(call: number): PendingCall | undefined {
    const pending = this.#calls.get(call);
    this.#calls.delete(call);
    return pending;
  }

  /** The worker is gone: nothing it was asked will be answered; the next call starts another. */
  #lost(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const call of [...this.#calls.keys()]) this.#settle(call)?.reject(error);
  }
}

function failureOf(
  pending: PendingCall,
  { code, message, backOffMs }: Extract<FromWorker, { type: 'failed' }>,
): unknown {
  if (pending.failure !== undefined) return pending.failure.error;
  if (code === '') return new UnreadableAnswerError(message);
  return new EwsError({ kind: 'response', code, message, ...(backOffMs !== undefined && { backOffMs }) });
}
