import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as sendHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { ConnectionSettings } from '../../../src/connections/sourceConnection.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import { GraphClient, graphAppId, graphToken, userReadAll } from '../lab/support/graphClient.ts';
import { LabClient } from '../lab/support/labClient.ts';
import { startRawServer } from './rawServer.ts';
import type { RawServer } from './rawServer.ts';
import type { VerificationBench } from './verificationBench.ts';

/** Everything that a verification asks for, in no order. */
export const operations = [
  'discovery',
  'token',
  'graphToken',
  'autodiscover',
  'GetServerTimeZones',
  'FindFolder',
  'FindItem',
  'ExportItems',
  'getApplication',
  'users',
] as const;
export type Operation = (typeof operations)[number];

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** How the server misbehaves: gets the right answer and writes what it likes. */
export type Misbehaviour = (socket: TLSSocket, asked: Operation, right: Answer, request: string) => void;

const applicationReadAll = '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30';

/**
 * A tenant that answers a verification as the lab once did, but without looking at what it is asked: so any answer of it
 * can be bent, many times a second, and any secret signs in.
 */
export class RecordedTenant {
  readonly #server: RawServer;
  /** The authority that its certificate is of. */
  readonly ca: string;
  readonly #answers = new Map<Operation, Answer>();
  #misbehaviour: Misbehaviour | undefined;
  /** What it has been sent so far that is a secret: tokens, and the secrets of sign-ins. */
  readonly seen = new Set<string>();

  private constructor(server: RawServer, ca: string) {
    this.#server = server;
    this.ca = ca;
  }

  /** Records a verification of the lab. */
  static async record(bench: VerificationBench): Promise<RecordedTenant> {
    const certificates = await makeServerCertificates();
    const served: { tenant?: RecordedTenant } = {};
    const server = await startRawServer(certificates, (socket, { text }) => {
      void served.tenant?.serve(socket, text, bench);
    });
    const tenant = new RecordedTenant(server, certificates.ca);
    served.tenant = tenant;
    await tenant.#grantGraph(bench);
    const endpoints = { authority: tenant.origin, ews: tenant.origin, graph: tenant.origin };
    // By the worldwide cloud's resources, which the lab gives tokens for: the tenant's own address is unknown to it.
    const record = await bench.run({ settings: { cloud: 'worldwide', endpoints }, trust: tenant.ca });
    const missing = operations.filter((operation) => !tenant.#answers.has(operation));
    if (missing.length > 0) throw new Error(`Not recorded: ${missing.join(', ')}; ${JSON.stringify(record.checks)}`);
    tenant.seen.clear();
    return tenant;
  }

  get origin(): string {
    return this.#server.origin;
  }

  /** For a connection to this tenant. */
  get settings(): Partial<ConnectionSettings> {
    // Graph by another name of the same server, so that the tokens for it can be told from those for Exchange.
    const graph = this.origin.replace('localhost', '127.0.0.1');
    return { cloud: 'custom', endpoints: { authority: this.origin, ews: this.origin, graph } };
  }

  misbehave(how: Misbehaviour | undefined): void {
    this.#misbehaviour = how;
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async serve(socket: TLSSocket, text: string, bench: VerificationBench): Promise<void> {
    const asked = operationOf(text);
    for (const secret of secretsIn(text)) this.seen.add(secret);
    const known = this.#answers.get(asked);
    const right = known ?? (await this.#ask(bench, text));
    if (known === undefined) this.#answers.set(asked, right);
    if (this.#misbehaviour === undefined) socket.write(bytesOf(right));
    else this.#misbehaviour(socket, asked, right, text);
  }

  /** The lab's answer to this request, with this server's address for its own. */
  async #ask(bench: VerificationBench, text: string): Promise<Answer> {
    const { origin } = new URL(bench.lab.description.ews);
    const [head = '', body = ''] = text.split('\r\n\r\n');
    const [line = '', ...lines] = head.split('\r\n');
    const [method = '', path = ''] = line.split(' ');
    const headers: Record<string, string> = {};
    for (const each of lines) headers[each.slice(0, each.indexOf(':'))] = each.slice(each.indexOf(':') + 2);
    const outgoing = sendHttps(`${origin}${path}`, {
      method,
      ca: bench.ca,
      headers: { ...headers, host: new URL(origin).host, connection: 'close' },
    });
    outgoing.end(Buffer.from(body, 'latin1'));
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]; // As its documentation says.
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer); // Without an encoding there are only buffers.
    const whole = Buffer.concat(chunks).toString('latin1').replaceAll(origin, this.origin);
    const kept: Record<string, string> = {};
    for (const name of ['content-type', 'date', 'x-feserver']) {
      const value = incoming.headers[name];
      if (typeof value === 'string') kept[name] = value;
    }
    return { status: incoming.statusCode ?? 0, headers: kept, body: Buffer.from(whole, 'latin1') };
  }

  /** Lets the app ask Graph for all that a verification would ask. */
  async #grantGraph({ lab, app }: VerificationBench): Promise<void> {
    const client = new LabClient(lab);
    const graph = new GraphClient(client, await graphToken(client));
    const principal = await graph.principalOf(app.clientId);
    for (const role of [userReadAll, applicationReadAll]) await graph.grant(principal, graphAppId, role);
  }
}

function operationOf(request: string): Operation {
  const [line = ''] = request.split('\r\n');
  if (line.includes('openid-configuration')) return 'discovery';
  if (line.includes('/token'))
    return /scope=[^&]*(graph\.microsoft|127\.0\.0\.1)/.test(request) ? 'graphToken' : 'token';
  if (line.includes('/autodiscover/')) return 'autodiscover';
  if (line.includes('/applications')) return 'getApplication';
  if (line.includes('/users')) return 'users';
  const operation = operations.find((name) => request.includes(`<m:${name}`));
  return operation ?? 'GetServerTimeZones';
}

function secretsIn(request: string): readonly string[] {
  const token = /\r\nauthorization: Bearer ([^\r]+)/i.exec(request)?.[1];
  const form = new URLSearchParams(request.split('\r\n\r\n')[1]);
  const sent = ['client_secret', 'client_assertion', 'password', 'refresh_token'].map((name) => form.get(name));
  return [token, ...sent].filter((secret) => typeof secret === 'string');
}

/** An HTTP answer as it goes over the wire. A length that the headers tell is not corrected. */
export function bytesOf({ status, headers, body }: Answer): Buffer {
  const lines = Object.entries({ 'content-length': String(body.length), ...headers });
  const head = `HTTP/1.1 ${status} X\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
