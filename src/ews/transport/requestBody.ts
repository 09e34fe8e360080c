import type { ClientRequest } from 'node:http';

/** A body that is sent piece by piece and never held as a whole. */
export interface StreamedBody {
  /** All of its bytes, known before: servers refuse by this what is too large for them. */
  readonly length: number;
  /** Called once a try: a server may want a sign-in before it reads the body. */
  readonly pieces: () => AsyncIterable<Buffer>;
}

/** A body was shorter or longer than was announced: its source has changed. Nothing of it counts. */
export class BodyLengthError extends Error {
  constructor(announced: number, came: number) {
    super(`${came} bytes came where ${announced} were announced.`);
    this.name = 'BodyLengthError';
  }
}

/** Length in bytes; undefined: there is no body. */
export function lengthOf(body: Buffer | StreamedBody | undefined): number | undefined {
  return body?.length;
}

/** Sends the body and ends the request. What goes wrong at its source becomes the request's error. */
export function sendBody(outgoing: ClientRequest, body: Buffer | StreamedBody | undefined): void {
  if (body === undefined || Buffer.isBuffer(body)) {
    outgoing.end(body);
    return;
  }
  void sendPieces(outgoing, body); // What goes wrong ends the request and is told by it.
}

async function sendPieces(outgoing: ClientRequest, body: StreamedBody): Promise<void> {
  try {
    for await (const piece of measured(body)) {
      if (!outgoing.write(piece)) await drained(outgoing);
      if (outgoing.destroyed) return;
    }
    outgoing.end();
  } catch (error) {
    outgoing.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Resolves when more can be written, or nothing ever will. */
function drained(outgoing: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done).off('close', done);
      resolve();
    };
    outgoing.on('drain', done).on('close', done);
  });
}

async function* measured(body: StreamedBody): AsyncGenerator<Buffer, void, undefined> {
  let sent = 0;
  for await (const piece of body.pieces()) {
    sent += piece.length;
    if (sent > body.length) throw new BodyLengthError(body.length, sent);
    yield piece;
  }
  if (sent < body.length) throw new BodyLengthError(body.length, sent);
}
