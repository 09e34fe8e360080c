import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { AgentOptions } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { startLab } from '../../../lab/lab.ts';
import type { Lab, LabOptions } from '../../../lab/lab.ts';
import type { DescribedApp, DescribedUser } from '../../../lab/description.ts';
import { readXml } from '../../../lab/ews/xmlReader.ts';
import type { XmlElement } from '../../../lab/ews/xmlReader.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface SendOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** Not over a connection that is kept open. */
  readonly anew?: boolean;
}

const exchangeScope = 'https://outlook.office365.com/.default';

/** A lab of a test's own, with a plain HTTPS client that trusts its authority, and goes through its proxy if it offers one. */
export class LabClient {
  readonly lab: Lab;
  readonly #agent: Agent;

  constructor(lab: Lab) {
    this.lab = lab;
    this.#agent = this.#newAgent({ keepAlive: true });
  }

  static async start(options: LabOptions = {}): Promise<LabClient> {
    return new LabClient(await startLab(options));
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await this.lab.close();
  }

  app(name: string): DescribedApp {
    const app = this.lab.description.apps.find((one) => one.name === name);
    assert.ok(app, `the lab has an app ${name}`);
    return app;
  }

  /** 0 is the administrator, 1 an ordinary user, the last with a mailbox is empty. */
  user(index: number): DescribedUser {
    const user = this.lab.description.users[index];
    assert.ok(user, `the lab has a user ${index}`);
    return user;
  }

  send(url: string, options: SendOptions = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const { method = 'GET', headers, body, signal, anew = false } = options;
      const agent = anew ? this.#newAgent() : this.#agent;
      const sent = request(url, { method, headers, agent, ...(signal ? { signal } : {}) }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  token(form: Readonly<Record<string, string>>, tenant = this.lab.description.tenant.id): Promise<Reply> {
    return this.send(`${this.lab.description.authority}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
  }

  #newAgent(options: AgentOptions = {}): Agent {
    const { ca, proxy } = this.lab.description;
    // As the variables of that name in the environment of any client: the lab's own address is asked directly.
    const proxyEnv = proxy === null ? {} : { proxyEnv: { HTTPS_PROXY: proxy, NO_PROXY: 'localhost' } };
    return new Agent({ ca: readFileSync(ca), ...proxyEnv, ...options });
  }

  /** An access token of the app Migration, or of another with a secret. */
  async appToken(name = 'Migration'): Promise<string> {
    const { clientId, secret } = this.app(name);
    return accessToken(
      await this.token({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret ?? '',
        scope: exchangeScope,
      }),
    );
  }

  async userToken(user: DescribedUser): Promise<string> {
    return accessToken(
      await this.token({
        grant_type: 'password',
        client_id: this.app('Public client').clientId,
        username: user.email,
        password: user.password,
        scope: 'https://outlook.office365.com/EWS.AccessAsUser.All',
      }),
    );
  }

  /** Sends an EWS request. @param impersonate address for the impersonation header; '' for none */
  ews(
    token: string,
    operation: string,
    impersonate: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    return this.send(this.lab.description.ews, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/xml; charset=utf-8', ...headers },
      body: soap(operation, impersonate),
    });
  }
}

function accessToken(reply: Reply): string {
  assert.equal(reply.status, 200, reply.body);
  const parsed: unknown = JSON.parse(reply.body);
  assert.ok(typeof parsed === 'object' && parsed !== null && 'access_token' in parsed);
  return String(parsed.access_token);
}

export function soap(operation: string, impersonate: string): string {
  const header =
    impersonate === ''
      ? ''
      : `<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>${impersonate}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`;
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><soap:Header><t:RequestServerVersion Version="Exchange2016"/>${header}</soap:Header><soap:Body>${operation}</soap:Body></soap:Envelope>`;
}

export const getFolder = (id: string, shape = 'IdOnly'): string =>
  `<m:GetFolder><m:FolderShape><t:BaseShape>${shape}</t:BaseShape></m:FolderShape><m:FolderIds>${id}</m:FolderIds></m:GetFolder>`;

export const inbox = '<t:DistinguishedFolderId Id="inbox"/>';

export const findItem = (view = '', shape = 'IdOnly', more = ''): string =>
  `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>${shape}</t:BaseShape></m:ItemShape>${view}${more}<m:ParentFolderIds>${inbox}</m:ParentFolderIds></m:FindItem>`;

export const idsIn = (body: string): string[] => [...body.matchAll(/<t:ItemId [^>]*\/>/g)].map(([id]) => id);

/** The response code of the first response message, or of the fault. */
export function codeOf(reply: Reply): string {
  return /<[me]:ResponseCode[^>]*>([^<]*)</.exec(reply.body)?.[1] ?? '';
}

/** All elements of a name within an answer. */
export function elements(body: string, name: string): XmlElement[] {
  const root = readXml(body);
  assert.ok(root, 'the answer is well-formed XML');
  const collect = (element: XmlElement): XmlElement[] => [
    ...(element.name === name ? [element] : []),
    ...element.children.flatMap(collect),
  ];
  return collect(root);
}
