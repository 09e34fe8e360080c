import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { LabClient, Reply } from './labClient.ts';

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescape = (text: string): string =>
  text.replace(/&([#\w]+);/g, (whole, name: string) => entities[name] ?? whole);

/** What a page shows, without markup. */
export const textOf = (reply: Reply): string =>
  unescape(reply.body.replace(/<style>.*?<\/style>|<[^>]*>/gs, ' '))
    .replace(/\s+/g, ' ')
    .trim();

const attribute = (tag: string, name: string): string =>
  unescape(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

export interface Verifier {
  readonly verifier: string;
  readonly challenge: string;
}

export function newVerifier(): Verifier {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export const redirectUri = 'http://localhost:53682';
export const ewsScope = 'https://outlook.office365.com/EWS.AccessAsUser.All';
export const graphClient = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** A person in front of the lab's pages, without a browser: reads forms, fills them in and clicks. */
export class SignInWalk {
  readonly #client: LabClient;
  readonly #origin: string;
  page: Reply;

  private constructor(client: LabClient, url: string, page: Reply) {
    this.#client = client;
    this.#origin = new URL(url).origin;
    this.page = page;
  }

  static async open(client: LabClient, url: string): Promise<SignInWalk> {
    return new SignInWalk(client, url, await client.send(url));
  }

  /** Opens the authorize address of the app Public client. @param changes of its parameters; '' leaves one out */
  static authorize(client: LabClient, changes: Readonly<Record<string, string>> = {}): Promise<SignInWalk> {
    return SignInWalk.open(client, authorizeUrl(client, changes));
  }

  get text(): string {
    return textOf(this.page);
  }

  /** Clicks a button of the page, with these fields filled in by their names. */
  async click(button: string, fields: Readonly<Record<string, string>> = {}): Promise<this> {
    const { body } = this.page;
    const form = /<form[^>]*>/.exec(body)?.[0] ?? '';
    const tag = [...body.matchAll(/(<button[^>]*>)([^<]*)<\/button>/g)].find(([, , text]) => text === button)?.[1];
    assert.ok(tag !== undefined, `there is a button ${button}: ${this.text}`);
    const filled = new URLSearchParams();
    for (const [input] of body.matchAll(/<input[^>]*>/g)) {
      const name = attribute(input, 'name');
      if (attribute(input, 'type') !== 'checkbox') filled.set(name, attribute(input, 'value'));
    }
    for (const [name, value] of Object.entries(fields)) filled.set(name, value);
    if (attribute(tag, 'name') !== '') filled.set(attribute(tag, 'name'), attribute(tag, 'value'));
    this.page = await this.#client.send(`${this.#origin}${attribute(form, 'action')}`, {
      method: attribute(form, 'method').toUpperCase(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: filled.toString(),
    });
    return this;
  }

  signIn({ email, password }: { readonly email: string; readonly password: string }): Promise<this> {
    return this.click('Sign in', { email, password });
  }

  /** What the app was sent by the redirect. */
  get response(): URLSearchParams {
    assert.equal(this.page.status, 302, this.text);
    const { origin, searchParams } = new URL(this.page.headers.location ?? '');
    assert.equal(origin, redirectUri);
    return searchParams;
  }
}

function authorizeUrl(client: LabClient, changes: Readonly<Record<string, string>> = {}): string {
  const { authority, tenant } = client.lab.description;
  const parameters = {
    client_id: client.app('Public client').clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: `${ewsScope} openid profile offline_access`,
    state: 'state-1',
    ...changes,
  };
  const kept = Object.entries(parameters).filter(([, value]) => value !== '');
  return `${authority}/${tenant.id}/oauth2/v2.0/authorize?${new URLSearchParams(kept).toString()}`;
}

/** Signs a user in all through the pages. @returns the authorization code */
export async function authorizationCode(
  client: LabClient,
  user = client.user(1),
  changes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const walk = await (await SignInWalk.authorize(client, changes)).signIn(user);
  const code = walk.response.get('code');
  assert.ok(code !== null, walk.response.toString());
  return code;
}

/** A JSON answer's fields, all of which must be texts or numbers. */
export function fieldsOf({ body }: Reply): Readonly<Record<string, string>> {
  const parsed: unknown = JSON.parse(body);
  assert.ok(typeof parsed === 'object' && parsed !== null);
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
}

/** The claims of a token, unverified. */
export function claimsOf(token: string | undefined): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString('utf8'));
  assert.ok(typeof parsed === 'object' && parsed !== null);
  return Object.fromEntries(Object.entries(parsed));
}
