import assert from 'node:assert/strict';
import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import type { AppCertificate } from '../../../lab/certificates.ts';
import { signJwt } from '../../../lab/jwt.ts';
import type { DescribedUser } from '../../../lab/description.ts';
import type { LabClient, Reply } from './labClient.ts';

export const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000';
export const graphAppId = '00000003-0000-0000-c000-000000000000';
export const fullAccessAsApp = 'dc890d15-9560-4a4c-9b7f-a736ec74ec40';
export const userReadAll = 'df021288-bdef-4463-88db-98f22de89214';

/** What an administrator consents to for the registration of an app. */
const registrationScopes = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'User.Read',
  'User.Read.All',
];

export interface GraphReply extends Reply {
  readonly json: unknown;
}

/** What stands at a place in a JSON document; undefined when there is no such place. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Object.entries(here).find(([name]) => name === String(step))?.[1];
  }
  return here;
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  assert.ok(typeof found === 'string', `a text at ${path.join('.')}`);
  return found;
}

/** The value of a list's answer. */
export function listed(reply: GraphReply): readonly unknown[] {
  const value = at(reply.json, 'value');
  assert.ok(Array.isArray(value), reply.body);
  return value;
}

/** A user's token for Graph with these delegated permissions. */
export async function graphToken(
  client: LabClient,
  scopes: readonly string[] = registrationScopes,
  user: DescribedUser = client.user(0),
): Promise<string> {
  const reply = await client.token({
    grant_type: 'password',
    client_id: client.app('Public client').clientId,
    username: user.email,
    password: user.password,
    scope: scopes.map((scope) => `https://graph.microsoft.com/${scope}`).join(' '),
  });
  assert.equal(reply.status, 200, reply.body);
  return textAt(JSON.parse(reply.body), 'access_token');
}

/** A plain client of Graph v1.0 with one token. */
export class GraphClient {
  readonly #client: LabClient;
  readonly #token: string;

  constructor(client: LabClient, token: string) {
    this.#client = client;
    this.#token = token;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<GraphReply> {
    return this.send('GET', path, undefined, headers);
  }

  /** @param path below /v1.0, or a whole address such as a nextLink; blanks and quotes need not be escaped */
  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<GraphReply> {
    const url = path.startsWith('https:') ? path : `${this.#client.lab.description.graph}/v1.0${path}`;
    const reply = await this.#client.send(url.replaceAll(' ', '%20').replaceAll('"', '%22'), {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { ...reply, json: reply.body === '' ? undefined : JSON.parse(reply.body) };
  }

  /** Creates an app. @returns its id and appId */
  async createApp(displayName: string, more: object = {}): Promise<{ readonly id: string; readonly appId: string }> {
    const { status, json, body } = await this.send('POST', '/applications', { displayName, ...more });
    assert.equal(status, 201, body);
    return { id: textAt(json, 'id'), appId: textAt(json, 'appId') };
  }

  /** Creates an app's service principal. @returns its id */
  async createPrincipal(appId: string): Promise<string> {
    const { status, json, body } = await this.send('POST', '/servicePrincipals', { appId });
    assert.equal(status, 201, body);
    return textAt(json, 'id');
  }

  async principalOf(appId: string): Promise<string> {
    const found = await this.get(`/servicePrincipals?$filter=appId eq '${appId}'&$select=id`);
    return textAt(listed(found)[0], 'id');
  }

  /** Grants an app of the tenant an app role. */
  async grant(principalId: string, resourceAppId: string, appRoleId: string): Promise<GraphReply> {
    const resourceId = await this.principalOf(resourceAppId);
    return this.send('POST', `/servicePrincipals/${principalId}/appRoleAssignments`, {
      principalId,
      resourceId,
      appRoleId,
    });
  }
}

/** A certificate as an entry of keyCredentials. */
export const keyCredential = ({ certificate }: AppCertificate): object => ({
  type: 'AsymmetricX509Cert',
  usage: 'Verify',
  key: new X509Certificate(certificate).raw.toString('base64'),
});

/** Asks the token endpoint for a token of Exchange by client assertion. */
export function signInByCertificate(client: LabClient, appId: string, identity: AppCertificate): Promise<Reply> {
  const { authority, tenant } = client.lab.description;
  const { raw } = new X509Certificate(identity.certificate);
  const now = Math.floor(Date.now() / 1000);
  const assertion = signJwt(
    { 'x5t#S256': createHash('sha256').update(raw).digest('base64url') },
    {
      aud: `${authority}/${tenant.id}/oauth2/v2.0/token`,
      iss: appId,
      sub: appId,
      jti: randomUUID(),
      nbf: now,
      exp: now + 600,
    },
    createPrivateKey(identity.privateKey),
  );
  return client.token({
    grant_type: 'client_credentials',
    client_id: appId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: 'https://outlook.office365.com/.default',
  });
}

/** The number behind AADSTS of a refusal. */
export const aadsts = (reply: Reply): unknown => at(JSON.parse(reply.body), 'error_codes', 0);
