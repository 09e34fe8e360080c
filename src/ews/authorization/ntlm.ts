import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { channelBinding } from '../ntlm/channelBinding.ts';
import { authenticateMessage, MalformedChallengeError, negotiateMessage, readChallenge } from '../ntlm/ntlmMessages.ts';
import { identityOf } from '../ntlm/ntlmResponse.ts';
import type { NtlmIdentity } from '../ntlm/ntlmResponse.ts';
import { AnswerError, discard } from '../transport/answer.ts';
import { authenticationSchemes } from '../transport/authenticationSchemes.ts';
import { publicUrl } from '../transport/exchangeRecord.ts';
import { HeldConnection } from '../transport/heldConnection.ts';
import type { StreamedResponse } from '../transport/httpClient.ts';
import { StaleConnectionError } from '../transport/transportError.ts';
import type { Attempt, Authorization, Proof } from './authorization.ts';

export interface NtlmOptions {
  /** `DOMAIN\user` or a user principal name. */
  readonly userName: string;
  readonly password: string;
  /** Whether the sign-in is bound to its TLS connection; yes, unless it is to be seen what the server demands. */
  readonly bound?: boolean;
}

/** The server's challenge came, and something then ended the connection that the answer had to go by. */
export class ConnectionNotKeptError extends Error {
  readonly url: string;

  constructor(url: string) {
    super('The connection was not kept open.');
    this.name = 'ConnectionNotKeptError';
    this.url = publicUrl(url);
  }
}

type Scheme = 'NTLM' | 'Negotiate';

/** A NetBIOS name has no more characters. */
const longestMachineName = 15;

/**
 * By NTLM version 2 (MS-NLMP, MS-NTHT): a connection is signed in by two requests and then stays so. Those that wait
 * are used again, the last one first. How many there are is up to how much is asked at once.
 */
export class NtlmAuthorization implements Authorization {
  readonly #identity: NtlmIdentity;
  readonly #bound: boolean;
  readonly #waiting: HeldConnection[] = [];

  constructor({ userName, password, bound = true }: NtlmOptions) {
    this.#identity = identityOf(userName, password);
    this.#bound = bound;
  }

  /** @throws TransportError, ConnectionNotKeptError, AnswerError when what should be a challenge is none */
  async send(_: unknown, attempt: Attempt): Promise<StreamedResponse> {
    for (let kept = this.#waiting.pop(); kept !== undefined; kept = this.#waiting.pop()) {
      const response = await this.#again(kept, attempt);
      if (response !== undefined) return response;
    }
    const connection = new HeldConnection();
    return this.#onceDone(connection, await this.#signIn(connection, attempt));
  }

  /** @returns undefined: the connection is closed by now, or no longer signed in */
  async #again(connection: HeldConnection, attempt: Attempt): Promise<StreamedResponse | undefined> {
    if (!connection.isOpen) return undefined;
    try {
      const response = await attempt({ connection });
      if (response.status !== 401) return this.#onceDone(connection, response);
      await discard(response);
      connection.close();
      return undefined;
    } catch (error) {
      if (error instanceof StaleConnectionError) return undefined;
      throw error;
    }
  }

  async #signIn(connection: HeldConnection, attempt: Attempt): Promise<StreamedResponse> {
    const first = await attempt(opening(connection, 'NTLM'));
    // Raw NTLM goes by both names; where an administrator has removed the first, the second takes it as well.
    const second = first.status === 401 && challengeOf(first, 'NTLM') === undefined && offers(first, 'Negotiate');
    if (!second) return this.#goOn(connection, attempt, first, 'NTLM');
    await discard(first);
    await connection.idle;
    return this.#goOn(connection, attempt, await attempt(opening(connection, 'Negotiate')), 'Negotiate');
  }

  async #goOn(
    connection: HeldConnection,
    attempt: Attempt,
    response: StreamedResponse,
    scheme: Scheme,
  ): Promise<StreamedResponse> {
    const challenge = challengeOf(response, scheme);
    if (challenge !== undefined) {
      const authorization = header(scheme, this.#answer(connection, challenge, response));
      await this.#readToEnd(connection, response);
      return attempt({ connection, authorization });
    }
    if (response.status < 200 || response.status > 299) return response;
    await this.#readToEnd(connection, response); // It asked for nothing: anybody may.
    return attempt({ connection });
  }

  /** The next request has to go by the same connection. */
  async #readToEnd(connection: HeldConnection, response: StreamedResponse): Promise<void> {
    await discard(response);
    await connection.idle;
    if (!connection.isOpen) throw new ConnectionNotKeptError(response.url);
  }

  #answer(connection: HeldConnection, challenge: Buffer, response: StreamedResponse): Buffer {
    const { certificate } = connection;
    try {
      return authenticateMessage(readChallenge(challenge), {
        identity: this.#identity,
        workstation: (hostname().split('.')[0] ?? '').toUpperCase().slice(0, longestMachineName),
        servicePrincipalName: `HTTP/${new URL(response.url).hostname}`,
        channelBinding: this.#bound && certificate ? channelBinding(certificate) : undefined,
        clientChallenge: randomBytes(8),
        now: new Date(),
      });
    } catch (error) {
      if (error instanceof MalformedChallengeError) throw new AnswerError('unexpected', response);
      throw error;
    }
  }

  /** Keeps the connection for others once the answer has been read. */
  #onceDone(connection: HeldConnection, response: StreamedResponse): StreamedResponse {
    void connection.idle.then(() => {
      if (response.status === 401) connection.close();
      else if (connection.isOpen) this.#waiting.push(connection);
    });
    return { ...response, body: freeing(connection, response.body) };
  }
}

/** Ends when the connection is free as well, so that whoever has read an answer and asks again finds it. */
async function* freeing(connection: HeldConnection, body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  yield* body;
  await connection.idle;
}

/** The first of the two requests that sign a connection in. */
function opening(connection: HeldConnection, scheme: Scheme): Proof {
  return { connection, bodiless: true, authorization: header(scheme, negotiateMessage()) };
}

function header(scheme: Scheme, message: Buffer): string {
  return `${scheme} ${message.toString('base64')}`;
}

function challengesOf({ headers }: StreamedResponse): string {
  return headers['www-authenticate'] ?? '';
}

function offers(response: StreamedResponse, scheme: Scheme): boolean {
  return authenticationSchemes([challengesOf(response)]).includes(scheme);
}

/** @returns undefined: the server did not go into it */
function challengeOf(response: StreamedResponse, scheme: Scheme): Buffer | undefined {
  if (response.status !== 401) return undefined;
  const token = new RegExp(`(?:^|,)\\s*${scheme}\\s+([A-Za-z0-9+/]+=*)`, 'i').exec(challengesOf(response))?.[1];
  return token === undefined ? undefined : Buffer.from(token, 'base64');
}
