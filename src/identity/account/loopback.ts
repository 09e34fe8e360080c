import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { errorCode } from '../../connections/storeError.ts';
import { SignInError, signInEvidence } from '../signInError.ts';
import { answerPage } from './answerPage.ts';

/** The sign-in page could not be given a way back to this machine. */
export class LoopbackError extends Error {
  /** The system's code, such as EADDRINUSE. */
  readonly code: string;

  constructor(cause: unknown) {
    super('No loopback address can be listened on.', { cause });
    this.name = 'LoopbackError';
    this.code = errorCode(cause) ?? '';
  }
}

/**
 * Waits on a loopback address for the browser to come back from the sign-in page (RFC 8252, 7.3). What does not carry
 * this sign-in's state is refused and changes nothing: any page can send a browser here.
 */
export class LoopbackReceiver {
  /** Where the browser shall be sent. Entra takes any port of http://localhost for a public client. */
  readonly redirectUri: string;
  readonly state = randomText();
  /** PKCE (RFC 7636): only who knows this can redeem the code. */
  readonly verifier = randomText();
  readonly #server: Server;
  /** The browser may be back before anybody waits for it. */
  readonly #answered: Promise<string>;
  #settle: { readonly resolve: (code: string) => void; readonly reject: (error: unknown) => void } | undefined;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.redirectUri = `http://localhost:${port}`;
    this.#answered = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#answered.catch(() => undefined); // Nobody may ever ask.
    server.on('request', (request, response) => this.#answer(request, response));
  }

  /** @param port 0: any free one. @throws LoopbackError */
  static async open(port = 0): Promise<LoopbackReceiver> {
    const server = createServer();
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    } catch (cause) {
      throw new LoopbackError(cause);
    }
    const address = server.address();
    if (address === null || typeof address === 'string') throw new LoopbackError(undefined);
    return new LoopbackReceiver(server, address.port);
  }

  /** S256 of the verifier. */
  get challenge(): string {
    return createHash('sha256').update(this.verifier).digest('base64url');
  }

  /**
   * The authorization code that the browser brings.
   * @throws SignInError when it brings a refusal; the signal's reason when that ends the waiting.
   */
  async code(signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    return new Promise<string>((resolve, reject) => {
      this.#answered.then(resolve, reject);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }); // Node's are errors.
    });
  }

  close(): void {
    this.#server.close();
    // The page has been delivered; a browser keeps its connection open for a while.
    this.#server.closeIdleConnections();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.redirectUri);
    const query = url.searchParams;
    if (request.method !== 'GET' || url.pathname !== '/') {
      answerPage(response, 'notFound');
      return;
    }
    if (!sameText(query.get('state') ?? '', this.state)) {
      answerPage(response, 'notOurs');
      return;
    }
    const code = query.get('code');
    if (code !== null) {
      answerPage(response, 'signedIn');
      this.#settle?.resolve(code);
      return;
    }
    answerPage(response, 'refused');
    this.#settle?.reject(refusalOf(query));
  }
}

function refusalOf(query: URLSearchParams): Error {
  const evidence = signInEvidence(
    { error: query.get('error'), error_description: query.get('error_description') ?? '' },
    0, // No HTTP answer: the browser carried it.
  );
  return evidence === undefined
    ? new Error('The sign-in page brought neither code nor error.')
    : new SignInError(evidence);
}

/** 256 bits: RFC 7636, 4.1 wants 43 characters at least. */
function randomText(): string {
  return randomBytes(32).toString('base64url');
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
