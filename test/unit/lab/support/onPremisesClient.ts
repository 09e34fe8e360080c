import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { TLSSocket } from 'node:tls';
import { startOnPremises } from '../../../lab/onPremises/onPremises.ts';
import type { OnPremises, OnPremisesDescription, OnPremisesOptions } from '../../../lab/onPremises/onPremises.ts';
import { channelBinding } from '../../../lab/onPremises/ntlm/computation.ts';
import type { Reply } from './labClient.ts';
import { authenticateMessage, negotiateMessage } from './ntlmClient.ts';
import type { NtlmHabits, NtlmIdentity } from './ntlmClient.ts';

export type DescribedAccount = OnPremisesDescription['accounts'][number];

export const basic = ({ logon, password }: DescribedAccount): string =>
  `Basic ${Buffer.from(`${logon}:${password}`).toString('base64')}`;

/** One TCP connection to the server, kept open. */
export class Connection {
  readonly #agent: Agent;
  readonly #url: string;

  constructor({ ca, ews }: OnPremisesDescription) {
    this.#agent = new Agent({ ca: readFileSync(ca), keepAlive: true, maxSockets: 1 });
    this.#url = ews;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** @param authorization undefined for none */
  send(body: string, authorization?: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.ask(this.#url, body, {
      'content-type': 'text/xml; charset=utf-8',
      ...(authorization === undefined ? {} : { authorization }),
      ...headers,
    });
  }

  ask(url: string, body: string, headers: Readonly<Record<string, string>>, method = 'POST'): Promise<Reply> {
    return new Promise((resolve, reject) => {
      // Node sends the head of a request that asks for leave at once, so the length has to be in it.
      const length = headers.expect === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const sent = request(url, { method, headers: { ...headers, ...length }, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      });
      sent.on('error', reject);
      if (headers.expect === undefined) {
        sent.end(body);
        return;
      }
      // The body is sent only when the server gives leave; without it, the connection is of no more use.
      sent.once('continue', () => sent.end(body));
      sent.once('response', (response) => response.once('end', () => sent.destroy()));
    });
  }

  /** The token of tls-server-end-point for the certificate that the server shows on this connection. */
  binding(): Buffer {
    const [socket] = [...Object.values(this.#agent.freeSockets), ...Object.values(this.#agent.sockets)].flat();
    assert.ok(socket instanceof TLSSocket);
    const certificate = socket.getPeerX509Certificate();
    assert.ok(certificate instanceof X509Certificate);
    return channelBinding(createHash('sha256').update(certificate.raw).digest());
  }

  /** The server's CHALLENGE message to a NEGOTIATE message. */
  async challenge(scheme = 'NTLM'): Promise<Buffer> {
    const reply = await this.send('', `${scheme} ${negotiateMessage().toString('base64')}`);
    assert.equal(reply.status, 401);
    const token = new RegExp(`^${scheme} (\\S+)$`).exec(reply.headers['www-authenticate'] ?? '')?.[1];
    assert.ok(token !== undefined, `a challenge: ${String(reply.headers['www-authenticate'])}`);
    return Buffer.from(token, 'base64');
  }

  /** Signs this connection in by NTLM and sends a request with the last message. */
  async ntlm(body: string, identity: NtlmIdentity, habits: NtlmHabits = {}): Promise<Reply> {
    const message = authenticateMessage(await this.challenge(), identity, habits);
    return this.send(body, `NTLM ${message.toString('base64')}`);
  }
}

/** A server of a test's own. */
export class OnPremisesClient {
  readonly server: OnPremises;
  readonly #connections: Connection[] = [];
  #shared: Connection | undefined;

  constructor(server: OnPremises) {
    this.server = server;
  }

  static async start(options: OnPremisesOptions = {}): Promise<OnPremisesClient> {
    return new OnPremisesClient(await startOnPremises(options));
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.close();
    await this.server.close();
  }

  connect(): Connection {
    const connection = new Connection(this.server.description);
    this.#connections.push(connection);
    return connection;
  }

  /** By its name: Administrator, Reception, …, Migration, Intern. */
  account(name: string): DescribedAccount {
    const account = this.server.description.accounts.find((one) => one.name === name);
    assert.ok(account, `there is an account ${name}`);
    return account;
  }

  /** What an account signs in with by NTLM. */
  identity(name: string): NtlmIdentity {
    const { logon, password } = this.account(name);
    const [domain = '', user = ''] = logon.split('\\');
    return { domain, user, password };
  }

  /** Sends one request as an account by Basic, over a connection for all of these. */
  as(name: string, body: string): Promise<Reply> {
    this.#shared ??= this.connect();
    return this.#shared.send(body, basic(this.account(name)));
  }
}
