import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { headersToKeep, publicUrl } from './exchangeRecord.ts';
import type { HttpRequest, HttpScope, StreamedResponse } from './httpClient.ts';
import { TransportError, transportError } from './transportError.ts';
import type { RequestPhase } from './transportError.ts';

const defaultMaxBytes = 8 * 1024 * 1024;

/** One request from its start to the end of its answer. */
export class Exchange {
  readonly #request: HttpRequest;
  readonly #scope: HttpScope;
  readonly #startedAt = performance.now();
  readonly #url: string;
  #incoming: Pick<IncomingMessage, 'statusCode' | 'headers'> | undefined;
  #phase: RequestPhase = 'connect';
  #recorded = false;

  constructor(request: HttpRequest, scope: HttpScope) {
    this.#request = request;
    this.#scope = scope;
    this.#url = publicUrl(request.url);
  }

  answered(incoming: IncomingMessage): void {
    this.#incoming = incoming;
    this.#phase = 'body';
  }

  /** The server asked for the body that was announced: that is all that was wanted. */
  continued(): StreamedResponse {
    this.#incoming = { statusCode: 100, headers: {} };
    this.#record();
    return { url: this.#request.url, status: 100, headers: {}, body: Readable.from([]) };
  }

  reached(phase: RequestPhase): void {
    this.#phase = phase;
  }

  async *read(incoming: IncomingMessage): AsyncGenerator<Buffer, void, undefined> {
    const limit = this.#request.maxBytes ?? defaultMaxBytes;
    let size = 0;
    try {
      for await (const chunk of incoming) {
        if (!Buffer.isBuffer(chunk)) continue; // Without an encoding set there are only buffers.
        size += chunk.length;
        if (size > limit) throw new TransportError('tooLarge', this.#url);
        yield chunk;
      }
    } catch (cause) {
      throw this.failed(cause);
    } finally {
      this.#record();
      if (!incoming.complete) incoming.destroy(); // The reader stopped early: the rest is not wanted.
    }
  }

  failed(cause: unknown): TransportError {
    const error = this.#classify(cause);
    this.#record(error.reason);
    return error;
  }

  #classify(cause: unknown): TransportError {
    if (cause instanceof TransportError) return cause;
    if (this.#scope.signal.aborted) {
      const reason: unknown = this.#scope.signal.reason;
      const timedOut = reason instanceof DOMException && reason.name === 'TimeoutError';
      return new TransportError(timedOut ? 'timeout' : 'cancelled', this.#url, { cause, phase: this.#phase });
    }
    const error = transportError(cause, this.#url);
    return this.#incoming !== undefined && error.reason === 'reset'
      ? new TransportError('truncated', this.#url, { cause, code: error.code })
      : error;
  }

  /** Once: a failure has recorded itself before the reader's clean-up comes by. */
  #record(failure?: string): void {
    if (this.#recorded) return;
    this.#recorded = true;
    this.#scope.onExchange?.({
      method: this.#request.method,
      url: this.#url,
      operation: this.#request.operation ?? '',
      ...(this.#incoming?.statusCode !== undefined && { status: this.#incoming.statusCode }),
      ...(failure !== undefined && { failure }),
      durationMs: Math.round(performance.now() - this.#startedAt),
      headers: this.#incoming === undefined ? {} : headersToKeep(this.#incoming.headers),
    });
  }
}
